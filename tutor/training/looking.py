"""What is measured of a run besides its loss, when somebody looks."""

from collections.abc import Callable

import msgspec

from tutor.training import protocol
from tutor.training.trainee import Trainee

LOOK_SECONDS = 0.25
LOOK_SHARE = 0.1
"""Of the time, at most, that a run that trains spends on being looked at."""

BOARD_SECONDS = 1.0


class Looking:
    """What was asked for, and when it is due; where nothing is, it costs nothing."""

    def __init__(
        self, send: Callable[[protocol.Message], None], clock: Callable[[], float]
    ) -> None:
        """Nobody looks."""
        self._clock = clock
        self.asked = protocol.Look(0)
        self._send = send
        self._due = self._board_due = 0.0
        self._shown_step: int | None = None
        self._answers: tuple[str, ...] = ()
        self.turned_at: int | None = None
        """The step after which a knob was turned: what moved by it is not known any more."""

    @property
    def active(self) -> bool:
        """Whether anything is asked for."""
        asked = self.asked
        return asked.layers or asked.board or asked.picture is not None

    def ask(self, look: protocol.Look) -> None:
        """Look at something else from now on."""
        self.asked = look
        self._all_is_due()

    def begin(self) -> None:
        """Another run."""
        self.turned_at = None
        self._all_is_due()

    def _all_is_due(self) -> None:
        self._due = self._board_due = 0.0
        self._shown_step, self._answers = None, ()

    def rests_unshown(self, step: int) -> bool:
        """Whether a run at rest has not been shown as it stands."""
        return self.active and self._shown_step != step

    def show(self, trainee: Trainee, run: int, step: int, *, rests: bool) -> None:
        """Send what is due; at rest, all of it."""
        if not self.active:
            return
        began = self._clock()
        if rests or began >= self._due:
            self._shown_step = step
            self._show(trainee, run, step, began, rests=rests)
            ended = self._clock()
            self._due = ended + max(LOOK_SECONDS, (ended - began) / LOOK_SHARE)

    def _show(self, trainee: Trainee, run: int, step: int, now: float, *, rests: bool) -> None:
        if self.asked.layers and step != self.turned_at:
            self._send(protocol.Layers(run, step, trainee.layers, *trainee.moved()))
        if self.asked.picture is not None:
            drawn = trainee.picture(self.asked.picture)
            self._send(protocol.Picture(run, step, self.asked.picture, *drawn))
        if self.asked.board and (rests or now >= self._board_due):
            self._board_due = now + BOARD_SECONDS
            self._show_board(trainee, run, step)

    def _show_board(self, trainee: Trainee, run: int, step: int) -> None:
        samples = trainee.board()
        if not samples:
            return
        if self._answers:
            samples = tuple(
                msgspec.structs.replace(sample, before=before)
                for sample, before in zip(samples, self._answers, strict=True)
            )
        self._answers = tuple(sample.answer for sample in samples)
        self._send(protocol.Board(run, step, samples))
