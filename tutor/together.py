"""An experiment trained by several ranks on this machine: `tutor lab EXPERIMENT --parallel 2`."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tutor.lab import Misused
from tutor.learner import places
from tutor.messages import say
from tutor.training import store
from tutor.training.curves import Bin, joined
from tutor.training.experiments import Experiment
from tutor.training.parallel_run import MOST_RANKS, launch
from tutor.training.ranks import Ranks
from tutor.training.snapshot import Trouble
from tutor.watching.rank_files import remarks_of_ranks

FAILED = 1
INTERRUPTED = 130

LONGEST_DELAY = 1.0
"""Seconds; a process that says nothing for some of them counts as lost."""

LOOK_SECONDS = 0.1
LINE_SECONDS = 1.0
SLICE = 1 << 16


def begin_together(
    made: Experiment,
    ranks: int,
    slow: Iterable[str],
    language: str,
    *,
    headless: bool,
    as_json: bool,
) -> int:
    """Train by several processes, on the screen or in lines; the status for the shell.

    `slow` are words like 1:20, for process 1 and 20 ms more a step. Raises Misused.
    """
    from tutor.start import has_terminal

    if ranks > MOST_RANKS:
        raise Misused("ranks.too-many", most=str(MOST_RANKS))
    delayed = delays(slow, ranks)
    try:
        if headless or as_json or not has_terminal():
            return train(made, ranks, delayed, language, as_json=as_json)
        return show_run(made, ranks, delayed, language)
    except BrokenPipeError:
        raise  # whoever read has had enough
    except OSError as error:
        print(say("ranks.cannot-start", language, reason=str(error)), file=sys.stderr)
        return FAILED


def delays(slow: Iterable[str], ranks: int) -> dict[int, float]:
    """Seconds by which each step of some processes is made longer; raises Misused."""
    found = {}
    for typed in slow:
        rank, _, milliseconds = typed.partition(":")
        try:
            found[int(rank)] = seconds = float(milliseconds) / 1000
        except ValueError:
            raise Misused("ranks.rank-and-time", typed=typed) from None
        if not 0 <= seconds <= LONGEST_DELAY:
            raise Misused("ranks.rank-and-time", typed=typed)
        if not 0 <= int(rank) < ranks:
            raise Misused("ranks.no-such-rank", rank=rank, last=str(ranks - 1))
    return found


def train(
    experiment: Experiment, ranks: int, slow: Mapping[int, float], language: str, *, as_json: bool
) -> int:
    """Train to the end and tell how it goes; the status for the shell.

    `slow` are seconds by which each step of a rank is drawn out. Raises OSError where no folder
    can be made for the ranks' files.
    """
    experiment = msgspec.structs.replace(experiment, pace=0.0)
    claim = store.new(places.runs_folder(), experiment.name)
    front = Front(language, as_json=as_json)
    together = Together(experiment, ranks, slow, claim.folder, front)
    code = INTERRUPTED
    try:
        code = asyncio.run(together.to_its_end())
    except KeyboardInterrupt:
        pass
    finally:
        claim.release()
    state = "interrupted" if code == INTERRUPTED else together.state
    front.end(together.ranks, state, claim.folder, together.trouble)
    if code == INTERRUPTED:
        return INTERRUPTED
    return 0 if state == "finished" else FAILED


def show_run(experiment: Experiment, ranks: int, slow: Mapping[int, float], language: str) -> int:
    """Train, and watch it on the screen; the status for the shell."""
    from tutor.learner import settings as settings_file
    from tutor.start import run_app
    from tutor.tui.watch.together import TogetherApp
    from tutor.watching.watcher import Watcher

    claim = store.new(places.runs_folder(), experiment.name)
    settings, notices = settings_file.load()
    starting = launch(experiment, ranks, claim.folder, slow=slow)
    try:
        app = TogetherApp(Watcher(claim.folder), settings, language, notices, starting)
        return run_app(app, language)
    finally:
        starting.close()
        claim.release()


class Together:
    """One run, its files followed from their beginning to their end."""

    def __init__(
        self,
        experiment: Experiment,
        ranks: int,
        slow: Mapping[int, float],
        folder: Path,
        front: Front,
    ) -> None:
        """Nothing started yet."""
        self.ranks = Ranks()
        self.trouble: Trouble | None = None
        """Why it ended, where the ranks themselves say nothing of it."""
        self._experiment = experiment
        self._count = ranks
        self._slow = slow
        self._folder = folder
        self._front = front
        self._read = [0] * ranks
        self._held: Bin | None = None

    @property
    def state(self) -> str:
        """In what state the run stands."""
        now = time.monotonic()
        states = {one.state for one in self.ranks.standings(now)}
        if self.ranks.lost(now) or len(states) != 1:
            return "failed"
        return states.pop() or "failed"

    async def to_its_end(self) -> int:
        """Train; the exit code of the ranks."""
        run = await launch(self._experiment, self._count, self._folder, slow=self._slow)
        try:
            ended = asyncio.create_task(run.wait())
            due = time.monotonic() + LINE_SECONDS
            while not ended.done():
                await asyncio.wait((ended,), timeout=LOOK_SECONDS)
                self._look()
                if time.monotonic() >= due:
                    self._tell()
                    due += LINE_SECONDS
            self._look()
            self._tell()
            return ended.result()
        finally:
            await run.end()
            self._look()
            self.trouble = run.trouble

    def _look(self) -> None:
        """Read what is new in all files."""
        more = True
        while more:
            more = False
            for rank in range(self._count):
                data = self._new(rank)
                more = more or bool(data)
                for one in self.ranks.feed(rank, data, time.monotonic()):
                    self._held = one.held if self._held is None else joined(self._held, one.held)

    def _new(self, rank: int) -> bytes:
        try:
            with (self._folder / f"rank-{rank}.jsonl").open("rb") as file:
                file.seek(self._read[rank])
                data = file.read(SLICE)
        except FileNotFoundError:
            return b""
        self._read[rank] += len(data)
        return data

    def _tell(self) -> None:
        if self._held is not None:
            self._front.tell(self.ranks, self._held)
        self._held = None


class Front:
    """A line a second, for people or for programs."""

    def __init__(self, language: str, *, as_json: bool) -> None:
        """Nothing told yet."""
        self._language = language
        self._as_json = as_json
        self._remarks: list[str] = []
        self._told = 0
        """Steps whose losses have been told."""

    def tell(self, ranks: Ranks, held: Bin) -> None:
        """How the ranks stand, and their losses since the last line."""
        now = time.monotonic()
        if self._as_json:
            self._write({"kind": "together", **summary(ranks, now), **band(held)})
            return
        loss = {name: f"{value:.4f}" for name, value in band(held).items()}
        first, self._told = self._told + 1, self._told + held.size
        print(say("ranks.step", self._language, first=first, step=self._told, **loss), flush=True)
        self._remark(ranks)

    def end(self, ranks: Ranks, state: str, folder: Path, trouble: Trouble | None) -> None:
        """How it went."""
        told = summary(ranks, time.monotonic())
        if self._as_json:
            if state == "failed" and not told["lost"]:
                self._say_why(trouble)
            self._write({"kind": "summary", "state": state, **told, "folder": str(folder)})
            return
        self._remark(ranks)
        if state == "failed" and not told["lost"]:
            self._say_why(trouble)
        for one in told["ranks"]:
            if one["computing"] is not None:
                times = {name: f"{1000 * one[name]:.2f}" for name in ("computing", "waiting")}
                print(say("ranks.times", self._language, rank=one["rank"], **times))
        alike = ranks.alike()
        if alike is not None:
            print(say("ranks.alike" if alike else "ranks.apart", self._language))
        word = say(f"run.state-{state}", self._language)
        print(say("ranks.ended", self._language, state=word, step=ranks.step, name=folder.name))

    def _say_why(self, trouble: Trouble | None) -> None:
        if trouble is not None:
            print(say(trouble.code, self._language, **trouble.details), file=sys.stderr)

    def _remark(self, ranks: Ranks) -> None:
        """Whatever has not been said yet; seconds that change say nothing new."""
        for remark in remarks_of_ranks(ranks, time.monotonic()):
            if remark.code + str(remark.details["rank"]) not in self._remarks:
                self._remarks.append(remark.code + str(remark.details["rank"]))
                print(say(remark.code, self._language, **remark.details), flush=True)

    def _write(self, told: Mapping[str, Any]) -> None:
        print(json.dumps(told, ensure_ascii=False), flush=True)


def band(held: Bin) -> dict[str, float]:
    """The losses of some steps: their mean, and the least and the largest of any rank."""
    return {"loss": held.total / held.size, "low": held.low, "high": held.high}


def summary(ranks: Ranks, now: float) -> dict[str, Any]:
    """How the ranks stand, for programs."""
    straggler = ranks.straggler()
    standings = ranks.standings(now)
    return {
        "step": ranks.step,
        "ranks": [
            {"rank": one.rank, "state": one.state, "step": one.step,
             "computing": one.computing, "waiting": one.waiting}
            for one in standings
        ],
        "alike": ranks.alike(),
        "straggler": None if straggler is None else straggler._asdict(),
        "lost": [one._asdict() for one in ranks.lost(now)],
    }  # fmt: skip
