"""The handle on what is trained: start, watch, command, stop, and survive the child's death."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

from tutor.training import protocol
from tutor.training.child import COMMAND, Child, Ears, Patience
from tutor.training.experiments import Experiment
from tutor.training.kept import kept_with
from tutor.training.snapshot import Snapshot, Trouble, begun, heard

MOST_BAD_LINES = 1000

NO_MEMORY = ("memoryerror", "allocate memory", "not enough memory", "out of memory")
"""What Python, torch and the system say of it, in small letters."""


class Run:
    """One experiment at a time, in a child that is replaced when it fails.

    `snapshot` is all that a screen needs to read, whenever it draws. All methods are for the
    thread of the event loop; those without `async` leave a command in a pipe and return its id,
    which comes back in `snapshot.acknowledged`.
    """

    def __init__(
        self,
        *,
        listener: Callable[[protocol.AnyMessage], None] | None = None,
        patience: Patience | None = None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """No child yet; `listener` is told each message, the other arguments are for tests."""
        self.snapshot = Snapshot()
        self.kept: tuple[Snapshot, ...] = ()
        """How earlier runs stood when the present one took their place."""
        self._listener = listener
        self._patience = patience or Patience()
        self._command = command
        self._child: Child | None = None
        self._folder: Path | None = None
        self._changing = asyncio.Lock()
        self._last_id = 0
        self._before_silence: Snapshot | None = None

    @property
    def process_id(self) -> int | None:
        """The child's, while there is one."""
        return self._child.process_id if self._child is not None else None

    @property
    def warm_child(self) -> bool:
        """Whether a child waits, with torch imported."""
        return self._child is not None and self._child.alive and self._child.greeted

    async def warm(self) -> None:
        """Have a child import torch, so that a later `start` begins at once."""
        async with self._changing:
            if not self._usable:
                await self._replace_child()

    async def start(
        self,
        experiment: Experiment,
        folder: Path | None = None,
        *,
        keep: bool = False,
        resume: bool = False,
    ) -> None:
        """Train an experiment from its beginning, in the living child if that is well.

        The child writes the run into the folder, if there is one; to `resume` is to go on from the
        state there. Earlier runs are kept to be laid under this one, or forgotten.
        """
        async with self._changing:
            self.kept = kept_with(self.kept, self.snapshot) if keep else ()
            if not self._usable:
                await self._replace_child()
            self._folder = folder
            await self._begin(experiment, resume=resume)

    async def restart(self) -> None:
        """Train the same experiment in a new child, whatever the present one is doing.

        It goes on from the last state in the run's folder, where there is one.
        """
        async with self._changing:
            if self._folder is not None:
                # What was drawn before is not in the state that is gone on from.
                self.kept = kept_with(self.kept, self.snapshot)
            await self._replace_child()
            if self.snapshot.experiment is not None:
                await self._begin(self.snapshot.experiment, resume=self._folder is not None)

    async def stop(self) -> None:
        """End the child; takes no longer than twice the grace, however the child is."""
        async with self._changing:
            if self._child is not None:
                await self._child.end()
                self._child = None
            self.snapshot = self.snapshot.changed(
                state="stopped", trouble=None, steps_per_second=0.0
            )

    def kill(self) -> None:
        """End the child at once and wait for nothing: for a screen that is going down."""
        if self._child is not None:
            self._child.kill()
        self.snapshot = self.snapshot.changed(state="stopped", steps_per_second=0.0)

    def pause(self) -> int:
        """Take no further step."""
        return self._send(protocol.Pause(self._next_id()))

    def resume(self) -> int:
        """Go on; a finished run goes on for as many steps again."""
        return self._send(protocol.Resume(self._next_id()))

    def forget_kept(self) -> None:
        """Lay nothing under the present run any more."""
        self.kept = ()

    def step(self, count: int = 1) -> int:
        """Take some steps, then rest."""
        return self._send(protocol.Step(self._next_id(), count))

    def run_to(self, step: int | None = None, loss: float | None = None) -> int:
        """Train, then rest at a step, or after the first loss that is low enough."""
        return self._send(protocol.RunTo(self._next_id(), step, loss))

    def reset(self, seed: int | None = None) -> int:
        """Begin the same run again with the knobs as they stand, or with another seed."""
        return self._send(protocol.Reset(self._next_id(), seed))

    def rewind(self, step: int) -> int:
        """Stand again at an earlier step, and rest there."""
        return self._send(protocol.Rewind(self._next_id(), step))

    def set(self, knob: str, value: float | str) -> int:
        """Turn a knob; it acts from the next step on."""
        return self._send(protocol.Set(self._next_id(), knob, value))

    def look(self, *, layers: bool = False, board: bool = False, picture: str | None = None) -> int:
        """What to measure besides the loss from now on."""
        return self._send(protocol.Look(self._next_id(), layers, board, picture))

    def set_pace(self, steps_per_second: float) -> int:
        """Take so many steps a second; 0 is as fast as it goes."""
        return self._send(protocol.Pace(self._next_id(), steps_per_second))

    # The child

    @property
    def _usable(self) -> bool:
        alive = self._child is not None and self._child.alive
        return alive and self.snapshot.state not in ("failed", "missing-torch")

    async def _replace_child(self) -> None:
        if self._child is not None:
            await self._child.end()
        ears = Ears(self._hear, self._count_garbled, self._overhear, self._end, self._miss)
        self._child = Child(ears, self._patience)
        self._before_silence = None
        self.snapshot = self.snapshot.changed(
            state="stopped", trouble=None, bad_lines=0, said=(), steps_per_second=0.0
        )
        try:
            await self._child.begin(self._command)
        except (OSError, ValueError) as error:
            self._fail("lab.cannot-start", reason=str(error))

    async def _begin(self, experiment: Experiment, *, resume: bool = False) -> None:
        run = self._next_id()
        trouble = self.snapshot.trouble if not self._usable else None
        self.snapshot = begun(self.snapshot, experiment, run)
        if trouble is not None:
            self.snapshot = self.snapshot.changed(state="failed", trouble=trouble)
        folder = None if self._folder is None else str(self._folder)
        self._send(protocol.Start(run, experiment, folder, resume))

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _send(self, command: protocol.Command) -> int:
        if self._child is not None:
            self._child.send(command)
        return command.id

    # What is heard of it

    def _hear(self, message: protocol.AnyMessage) -> None:
        if self._before_silence is not None:
            # It was only slow, or stopped for a while.
            before, self._before_silence = self._before_silence, None
            self.snapshot = self.snapshot.changed(state=before.state, trouble=before.trouble)
        match message:
            case protocol.Hello(protocol=version):
                if version != protocol.VERSION:
                    self._fail("lab.protocol", theirs=version, ours=protocol.VERSION)
            case protocol.Problem(code="missing-torch", text=text):
                self._fail("lab.missing-torch", reason=text)
                self.snapshot = self.snapshot.changed(state="missing-torch")
            case protocol.Problem(reason=str() as reason, details=details):
                self._fail(reason, **details)
            case protocol.Problem(code=code, text=text):
                self._fail(f"lab.{code}", reason=text)
            case _ if self.snapshot.state != "failed":
                before = self.snapshot
                self.snapshot = heard(before, message)
                if self.snapshot.run != before.run:
                    self.kept = kept_with(self.kept, before)
        if self._listener is not None:
            self._listener(message)

    def _count_garbled(self, lines: int) -> None:
        self.snapshot = self.snapshot.changed(bad_lines=self.snapshot.bad_lines + lines)
        if self.snapshot.bad_lines > MOST_BAD_LINES:
            self._fail("lab.garbage", lines=self.snapshot.bad_lines)

    def _overhear(self, lines: tuple[str, ...]) -> None:
        self.snapshot = self.snapshot.changed(said=lines)

    def _miss(self, seconds: float) -> None:
        before = self.snapshot
        if before.state not in ("failed", "missing-torch"):
            self.snapshot = before.changed(
                state="failed", trouble=Trouble("lab.silent", {"seconds": seconds})
            )
            self._before_silence = before

    def _end(self, code: int) -> None:
        """The child is gone; what it said before tells more than how it went."""
        if self.snapshot.state in ("failed", "missing-torch") and self._before_silence is None:
            return
        said = self.snapshot.said[-1] if self.snapshot.said else ""
        if any(word in said.lower() for word in NO_MEMORY):
            self._fail("lab.no-memory", said=said)
        elif code < 0:
            killed = _signal_name(-code)
            # So the system ends a process when memory runs out, and says nothing to it.
            self._fail(
                "lab.killed-outright" if killed == "SIGKILL" else "lab.killed", signal=killed
            )
        elif said:
            self._fail("lab.exited", code=code, said=said)
        else:
            self._fail("lab.exited-silently", code=code)

    def _fail(self, code: str, /, **details: str | int | float) -> None:
        """Tell why there is nothing to watch, and leave nothing behind that could go on."""
        self._before_silence = None
        self.snapshot = self.snapshot.changed(
            state="failed", trouble=Trouble(code, details), steps_per_second=0.0
        )
        if self._child is not None:
            self._child.kill()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
