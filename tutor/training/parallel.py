"""One rank of a data-parallel run: `torchrun --nproc-per-node 2 -m tutor.training.parallel`.

Every rank holds the whole model, takes its own samples of each batch, and writes its own file;
docs/data-parallel.md has the command for one machine and for many, and the lines of the files.
The gradients are added up by an all-reduce that stands in the open, as in the lesson, and not
within DistributedDataParallel: so it can be read, and what it waits can be measured.
"""

import argparse
import os
import signal
import socket
import sys
from pathlib import Path
from threading import Event

import msgspec

from tutor.training import protocol
from tutor.training.experiments import Experiment, checked
from tutor.training.parallel_file import File, Living
from tutor.training.parallel_lines import Rank, RankLostError
from tutor.training.parallel_loop import Training
from tutor.training.parallel_run import DIGITS
from tutor.training.refusal import ExperimentError
from tutor.training.worker import BROKEN_TORCH, MISSING_TORCH, be_modest

MISUSED = 2
LOST = 5
"""Exit codes of a rank: what it was asked for cannot be; it lost another one."""

PATIENCE = 5.0


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """What was asked for; ends the process for what cannot be understood."""
    parser = argparse.ArgumentParser(
        prog="torchrun --nproc-per-node 2 -m tutor.training.parallel", description=__doc__
    )
    parser.add_argument("experiment", nargs="?", type=Path, help="an experiment.json of a run")
    parser.add_argument("--folder", type=Path, required=True, help="for rank-0.jsonl and so on")
    parser.add_argument("--steps", type=int, help="how many; the experiment's own if left out")
    parser.add_argument(
        "--patience", type=float, default=PATIENCE, metavar="SECONDS",
        help="after which a silent rank is given up (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--slow", action="append", default=[], type=milliseconds, metavar="RANK:MILLISECONDS",
        help="draw out each step of a rank, to see a straggler",
    )  # fmt: skip
    return parser.parse_args(words)


def wanted(asked: argparse.Namespace) -> Experiment:
    """The experiment that was asked for."""
    made = DIGITS
    if asked.experiment is not None:
        made = msgspec.json.decode(asked.experiment.read_bytes(), type=Experiment)
    return made if asked.steps is None else msgspec.structs.replace(made, steps=asked.steps)


def milliseconds(word: str) -> tuple[int, float]:
    """A rank, and by how much each of its steps is drawn out; ValueError for another word."""
    rank, _, much = word.partition(":")
    return int(rank), float(much)


def slowed(asked: argparse.Namespace, rank: int) -> float:
    """Seconds by which a rank's steps are drawn out."""
    told: dict[int, float] = dict(asked.slow)
    return told.get(rank, 0.0) / 1000


def asked_to_stop() -> Event:
    """Set by ctrl+C or a request to end: from now on all ranks end together, after a step."""
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    return stop


def main() -> int:
    """Live one rank's life; the exit code."""
    asked = arguments()
    try:
        experiment = checked(wanted(asked))
    except (OSError, msgspec.DecodeError, ExperimentError) as error:
        print(f"{asked.experiment}: {error}", file=sys.stderr)
        return MISUSED
    # Until there is something to end in order: also within torch, where Python hears no signal.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_DFL)
    be_modest()
    try:
        import torch

        from tutor.training.parallel_group import Group
        from tutor.training.parallel_share import Share
    except (ImportError, OSError) as error:
        print(error, file=sys.stderr)
        return MISSING_TORCH if isinstance(error, ModuleNotFoundError) else BROKEN_TORCH
    # Several threads in each of several ranks take the processor from one another.
    torch.set_num_threads(1)
    asked.folder.mkdir(parents=True, exist_ok=True)
    rank, ranks = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
    try:
        file = File(asked.folder / f"rank-{rank}.jsonl")
    except FileExistsError as error:
        print(f"{error.filename}: there is a run already; name another folder", file=sys.stderr)
        return MISUSED
    file.say(
        protocol.Hello(protocol.VERSION, str(torch.__version__), process=os.getpid()),
        Rank(rank, ranks, socket.gethostname()),
    )
    living = Living(file)
    try:
        group = Group(asked.patience)
        share = Share(experiment, group, slowed(asked, rank))
        Training(experiment, share, file, living, asked_to_stop(), leads=rank == 0).train()
    except RankLostError as lost:
        print(f"rank {rank}: {lost}", file=sys.stderr)
        return LOST
    finally:
        living.end()
        file.close()
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    # The group's threads would wait for ranks that are gone.
    os._exit(code)
