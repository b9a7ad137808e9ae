"""An experiment trained without a screen: lines for people, or JSON lines for programs."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Any, Protocol

import msgspec

from tutor.learner import places
from tutor.messages import say
from tutor.training import protocol, store
from tutor.training.experiments import Experiment
from tutor.training.run import Run
from tutor.training.snapshot import Snapshot

FAILED = 1
"""The status after a run that diverged, or that could not be trained to its end."""
INTERRUPTED = 130

LOOK_SECONDS = 0.05
"""Between two looks at how the run stands."""

TOLD = (
    protocol.Ready, protocol.Metrics, protocol.Evaluation, protocol.State, protocol.Numbers,
    protocol.Trouble,
)  # fmt: skip
"""What is passed on of what a child says."""


def train(
    experiment: Experiment, language: str, *, as_json: bool, claim: store.Claim | None = None
) -> int:
    """Train an experiment to its end, as fast as it goes; the status for the shell.

    With the claim on a run that is kept, that run goes on. Raises OSError when nobody reads any
    more, or what is said finds no room; the child is gone by then.
    """
    experiment = msgspec.structs.replace(experiment, pace=0.0)
    resumed = claim is not None
    if claim is None:
        claim = _claim(experiment, language)
    front: Front = JsonLines() if as_json else Words(language)
    folder = claim.folder if claim is not None else None
    training = Training(experiment, front, folder, resumed=resumed)
    interrupted = False
    try:
        asyncio.run(training.to_its_end())
    except KeyboardInterrupt:
        interrupted = True
    finally:
        if claim is not None:
            claim.release()
    front.end(training.summary(interrupted=interrupted))
    if interrupted:
        return INTERRUPTED
    trouble = training.last.trouble
    if trouble is not None:
        print(say(trouble.code, language, **trouble.details), file=sys.stderr)
    return 0 if training.last.state == "finished" else FAILED


def _claim(experiment: Experiment, language: str) -> store.Claim | None:
    """A folder for the run; it trains without one too."""
    try:
        return store.new(places.runs_folder(), experiment.name)
    except OSError as error:
        reason = error.strerror or str(error)
        print(say("run.not-kept", language, reason=reason), file=sys.stderr)
        return None


class Front(Protocol):
    """Who tells what happens."""

    def tell(self, message: protocol.AnyMessage) -> None:
        """One thing that the child says of its run."""

    def end(self, summary: dict[str, Any]) -> None:
        """How it went."""


class Training:
    """One run, listened to from its beginning to its end."""

    def __init__(
        self, experiment: Experiment, front: Front, folder: Path | None, *, resumed: bool
    ) -> None:
        """Nothing started yet."""
        self.last = Snapshot()
        """How the run stood when its child was last there."""
        self._experiment = experiment
        self._front = front
        self._folder = folder
        self._resumed = resumed
        self._began = time.monotonic()
        self._awaited: int | None = None
        """The command that has to be obeyed before an end is one."""
        self._unheard: OSError | None = None

    async def to_its_end(self) -> None:
        """Train; raises OSError when what is said cannot be written."""
        run = Run(listener=self._hear)
        try:
            await run.start(self._experiment, self._folder, resume=self._resumed)
            if self._resumed:
                # A run stands as it stood, at its own pace; a finished one has another end then.
                run.set_pace(0)
                self._awaited = run.resume()
            while not self._ended(run.snapshot) and self._unheard is None:
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self.last = run.snapshot
            await run.stop()
        if self._unheard is not None:
            raise self._unheard

    def summary(self, *, interrupted: bool) -> dict[str, Any]:
        """How it went."""
        run = self.last
        measured = run.evaluated_step == run.step and run.state != "diverged"
        return {
            "experiment": self._experiment.name,
            "state": "interrupted" if interrupted else run.state,
            "trouble": None if run.trouble is None else run.trouble.code,
            "step": run.step,
            "first_loss": run.first_loss,
            "last_loss": run.last_loss,
            "least_loss": run.least_loss,
            "train_loss": run.train_loss if measured else None,
            "train_accuracy": run.train_accuracy if measured else None,
            "validation_loss": run.validation_loss if measured else None,
            "validation_accuracy": run.validation_accuracy if measured else None,
            "seconds": round(time.monotonic() - self._began, 3),
            "folder": None if self._folder is None else str(self._folder),
        }

    def _ended(self, run: Snapshot) -> bool:
        """Whether nothing more will be said; what is measured at the end comes last."""
        if run.state == "finished":
            answer = run.acknowledged
            awaited = self._awaited is not None
            obeyed = answer is not None and answer.command == self._awaited
            return (obeyed or not awaited) and run.evaluated_step == run.step
        return run.state in ("diverged", "failed", "missing-torch")

    def _hear(self, message: protocol.AnyMessage) -> None:
        if isinstance(message, TOLD) and self._unheard is None:
            try:
                self._front.tell(message)
            except OSError as error:
                self._unheard = error


class JsonLines:
    """The child's own lines, as docs/lab-protocol.md has them, and a summary."""

    def tell(self, message: protocol.AnyMessage) -> None:
        """The line itself."""
        sys.stdout.write(protocol.encode(message).decode())
        sys.stdout.flush()

    def end(self, summary: dict[str, Any]) -> None:
        """The last line."""
        line = msgspec.json.encode({"kind": "summary", **summary})
        sys.stdout.write(line.decode() + "\n")
        sys.stdout.flush()


class Words:
    """A line whenever all examples are measured, about once a second."""

    def __init__(self, language: str) -> None:
        """Nothing told yet."""
        self._language = language
        self._kept = True

    def tell(self, message: protocol.AnyMessage) -> None:
        """What one wants to see go by."""
        match message:
            case protocol.Ready():
                self._say("run.begins", experiment=message.experiment,
                          parameters=message.parameters, train=message.train)  # fmt: skip
            case protocol.Evaluation():
                self._measured(message)
            case protocol.Trouble():
                self._kept = self._kept and message.code != "not-recorded"
                self._say(f"lab.{message.code}", reason=message.text)

    def end(self, summary: dict[str, Any]) -> None:
        """In what state, after how many steps, and how long it took."""
        name = "" if summary["folder"] is None else Path(summary["folder"]).name
        kept = self._kept and name and summary["first_loss"] is not None
        if kept:
            self._say("run.kept-as", name=name)
        state = summary["state"]
        word = say(f"run.state-{state}", self._language)
        self._say("run.ended", state=word, step=summary["step"], seconds=summary["seconds"],
                  loss=_number(summary["last_loss"]))  # fmt: skip
        if kept and state in ("failed", "interrupted"):
            self._say("run.goes-on", name=name)

    def _measured(self, one: protocol.Evaluation) -> None:
        told = [say("run.step", self._language, step=one.step, loss=_number(one.train_loss))]
        if one.train_accuracy is not None:
            told.append(say("run.accuracy", self._language, share=one.train_accuracy))
        if one.validation_loss is not None:
            loss = _number(one.validation_loss)
            told.append(say("run.validation", self._language, loss=loss))
        if one.validation_accuracy is not None:
            told.append(say("run.accuracy", self._language, share=one.validation_accuracy))
        print("  ".join(told), flush=True)

    def _say(self, key: str, **values: object) -> None:
        print(say(key, self._language, **values), flush=True)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"
