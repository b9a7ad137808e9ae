"""The folder of runs: a new one for each run, a list of those that are there, the oldest go.

A run's folder holds what its child writes there, `experiment.json`, `events.jsonl` and `state.pt`
(docs/lab-protocol.md), and `in-use`, which is locked for as long as somebody works with the run.
"""

import contextlib
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedRandom
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from tutor.training import protocol
from tutor.training.experiments import Experiment, checked

if sys.platform != "win32":
    import fcntl

EXPERIMENT, EVENTS, STATE, IN_USE = "experiment.json", "events.jsonl", "state.pt", "in-use"
RANK_EVENTS = "rank-0.jsonl"
"""In place of events, of a run that several processes trained; docs/data-parallel.md."""

MOST_RUNS = 100
MOST_BYTES = 512 * 2**20

LARGEST_EXPERIMENT = 2**20
TAILS = (2**16, 2**20)
"""Bytes of the end of a run's events that are read to list it; more, when fewer tell nothing."""

NAMED = re.compile(r"(\d{8}-\d{6})-[\w-]{1,40}-[0-9a-f]{4}")
"""What the folder of a run is called; nothing else is listed, and nothing else is deleted."""

GOING = ".going-"

Standing: TypeAlias = Literal[
    "training", "paused", "finished", "diverged", "interrupted", "broken", "empty"
]
"""`interrupted` trained when its process went; a `broken` one cannot be read."""


class RunsError(Exception):
    """A run that is not there; the code and the details say why in any language."""

    def __init__(self, code: str, /, **details: str) -> None:
        """Keep what is to be said."""
        super().__init__(f"{code} {details}")
        self.code = code
        self.details = details


class Listed(NamedTuple):
    """One of the runs that are kept."""

    name: str
    folder: Path
    begun: datetime
    experiment: str
    """Its name; empty where that cannot be read."""
    standing: Standing
    step: int
    last_loss: float | None
    size: int
    """Bytes on disk."""


class Claim:
    """A run's folder for somebody who works with it: it is not deleted until `release`."""

    def __init__(self, folder: Path, held: BufferedRandom) -> None:
        """Hold what is locked already."""
        self.folder = folder
        self._held = held

    def release(self) -> None:
        """Let the folder be deleted when its turn comes; the end of the process does the same."""
        self._held.close()


def new(root: Path, experiment: str) -> Claim:
    """A fresh folder for a run of an experiment of that name; the oldest make room for it.

    Raises OSError where the disk refuses.
    """
    root.mkdir(parents=True, exist_ok=True)
    make_room(root, MOST_RUNS - 1)
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", experiment).strip("-")[:40] or "run"
    while True:
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{slug}-{secrets.token_hex(2)}"
        with contextlib.suppress(FileExistsError):
            (root / name).mkdir()
            return Claim(root / name, _locked(root / name, wait=True))


def take(folder: Path) -> Claim | None:
    """The claim on a run that is there, to go on with it; None while somebody else has it."""
    try:
        return Claim(folder, _locked(folder, wait=False))
    except BlockingIOError:
        return None


def runs(root: Path) -> list[Listed]:
    """The runs that are kept, the newest first; a broken one is listed as broken."""
    return [_listed(folder) for folder in reversed(_folders(root))]


def find(name: str, root: Path) -> Path:
    """The folder of a run, said by its name, the beginning of it, `last`, or a path."""
    path = Path(name)
    for folder in (path, path.parent):
        if (folder / EVENTS).is_file() and (folder is path or path.name == EVENTS):
            return folder
    folders = _folders(root)
    found = folders[-1:] if name == "last" else [one for one in folders if one.name == name]
    found = found or [one for one in folders if name and one.name.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise RunsError("run.several", name=name, known=", ".join(one.name for one in found[:3]))
    raise RunsError("run.unknown", name=name, folder=str(root))


def make_room(root: Path, most_runs: int = MOST_RUNS, most_bytes: int = MOST_BYTES) -> None:
    """Delete the oldest runs beyond a number and a size, but none that somebody works with."""
    for leftover in root.glob(f"{GOING}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    folders = _folders(root)
    sizes = [_size(folder) for folder in folders]
    count, total = len(folders), sum(sizes)
    for folder, size in zip(folders, sizes, strict=True):
        if count <= most_runs and total <= most_bytes:
            return
        if _delete(folder):
            count, total = count - 1, total - size


def _folders(root: Path) -> list[Path]:
    """Where runs are, the oldest first."""
    try:
        found = [one for one in root.iterdir() if NAMED.fullmatch(one.name) and one.is_dir()]
    except OSError:
        return []
    return sorted(found, key=lambda folder: folder.name)


def _delete(folder: Path) -> bool:
    claim = None
    try:
        claim = take(folder)
        if claim is None:
            return False
        # One step, so that nobody finds half a run; Windows refuses it while a file is open.
        if sys.platform == "win32":
            claim.release()
        folder = folder.rename(folder.with_name(f"{GOING}{folder.name}"))
    except OSError:
        return False
    finally:
        if claim is not None:
            claim.release()
    shutil.rmtree(folder, ignore_errors=True)
    return True


def _locked(folder: Path, *, wait: bool) -> BufferedRandom:
    """The lock of a run; BlockingIOError while another has it and we are not to wait."""
    held = (folder / IN_USE).open("a+b")
    if sys.platform != "win32":
        try:
            fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            held.close()
            raise
    return held


def in_use(folder: Path) -> bool:
    """Whether somebody works with a run; always False where the system has no such lock."""
    try:
        if not (folder / IN_USE).exists():
            return False
        claim = take(folder)
    except OSError:
        return False
    if claim is not None:
        claim.release()
    return claim is None


def _size(folder: Path) -> int:
    total = 0
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            total += file.stat().st_size
    return total


# What a run's files tell


class _Named(msgspec.Struct):
    name: str


class _End(NamedTuple):
    step: int | None = None
    last_loss: float | None = None
    state: protocol.TrainingState | None = None


def _listed(folder: Path) -> Listed:
    stamp = folder.name[:15]
    try:
        begun = datetime.strptime(stamp, "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        begun = datetime.fromtimestamp(0, UTC)
    experiment, end = "", _End()
    standing: Standing = "broken"
    try:
        experiment = experiment_name(folder)
        end = _end(folder / (RANK_EVENTS if of_ranks(folder) else EVENTS))
        standing = _standing(folder, end)
    except FileNotFoundError:
        standing = "empty" if _size(folder) == 0 else "broken"
    except (OSError, ValueError, RecursionError):
        pass
    return Listed(
        folder.name, folder, begun, experiment, standing, end.step or 0, end.last_loss,
        _size(folder),
    )  # fmt: skip


def of_ranks(folder: Path) -> bool:
    """Whether several processes trained a run together."""
    return (folder / RANK_EVENTS).is_file() and not (folder / EVENTS).exists()


def experiment_name(folder: Path) -> str:
    """What is trained in a run; OSError or ValueError where its experiment cannot be read."""
    with (folder / EXPERIMENT).open("rb") as file:
        return msgspec.json.decode(file.read(LARGEST_EXPERIMENT), type=_Named).name


def experiment_of(folder: Path) -> Experiment:
    """What a run trains, as it began; RunsError where that cannot be read."""
    try:
        with (folder / EXPERIMENT).open("rb") as file:
            made = msgspec.json.decode(file.read(LARGEST_EXPERIMENT), type=Experiment)
        return checked(made)
    except (OSError, ValueError, RecursionError) as error:
        raise RunsError("run.unreadable", name=folder.name, reason=str(error)[:200]) from None


def _standing(folder: Path, end: _End) -> Standing:
    if end.step is None:
        return "broken"
    if end.state in ("finished", "diverged", "paused"):
        return end.state
    return "training" if in_use(folder) else "interrupted"


def _end(events: Path) -> _End:
    """The last step, loss and state of a run, from the end of its events."""
    end = _End()
    for size in TAILS:
        end = _End()
        for message in _backwards(events, size):
            if isinstance(message, protocol.State) and end.state is None:
                end = end._replace(state=message.state)
            if isinstance(message, protocol.State | protocol.Metrics | protocol.Ready):
                end = end._replace(step=message.step if end.step is None else end.step)
            if isinstance(message, protocol.Metrics):
                return end._replace(last_loss=message.last)
            if isinstance(message, protocol.Ready):
                return end
    return end


def _backwards(events: Path, size: int) -> Iterator[protocol.AnyMessage]:
    """The lines within the last bytes of a file that can be read, the last one first."""
    with events.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(length - size, 0))
        lines = file.read(size).split(b"\n")
    for line in reversed(lines if length <= size else lines[1:]):
        message = protocol.read_message(line)
        if message is not None:
            yield message
