"""What the lab's pane says, as lines of a width: pure functions of what is known of the run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from tutor.messages import say
from tutor.training.snapshot import Snapshot
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.sheet import clipped, to_left, to_right
from tutor.tui.lab.beside import Beside
from tutor.tui.plot.body import Part
from tutor.tui.plot.scale import count_text, short
from tutor.tui.wrapping import Item, flow, wrapped

Line = tuple[Part, ...]

COLUMN = 7
"""Cells for a loss or an accuracy."""
LONGEST_NAME = 12
"""Cells for the name of an answer."""
BESIDE = 4
"""Lines for guesses beside a lesson."""
LARGEST = 32
"""Rows of the largest matrix that stands there cell by cell."""


@dataclass(frozen=True, slots=True)
class LabWords:
    """The words for one look at a run."""

    snapshot: Snapshot
    rate: float
    pace: float
    beside: Sequence[Beside]
    watches: bool
    """Whether the lesson sets answers beside torch's numbers at all."""
    language: str
    glyphs: Glyphs
    width: int
    full: bool = False
    here: bool = False
    """Whether keys go to the pane."""
    cursor: int | None = None
    """The step at which the curve is read."""
    title: str = ""
    """Of the experiment."""
    about: str = ""
    """What to watch for, where there is room for it."""
    noticed: Sequence[str] = ()
    """What is wrong with the run, or remarkable."""
    validates: bool = True
    """Whether the plot has a curve for the validation losses."""
    guesses: Sequence[tuple[str, str]] = ()
    """What was predicted, each with the kind of its line."""

    def say(self, key: str, /, **values: object) -> str:
        """A sentence in the learner's language."""
        return say(f"lab.{key}", self.language, **values)

    def _lines(self, texts: Iterable[str], kind: str) -> list[Line]:
        return [(Part(text, kind),) for text in texts]

    def _wrapped(self, text: str, kind: str) -> list[Line]:
        return self._lines(wrapped(text, self.width), kind)

    # Above the plot

    def head(self) -> list[Line]:
        """What is trained, how it stands, and what is wrong with it."""
        shot = self.snapshot
        lines = self._wrapped(self.title or self.say("pane-title"), "title")
        if self.about:
            lines += self._wrapped(self.about, "label")
        if shot.ready is not None and (self.full or self.width > 40):
            lines += self._lines(flow(self._model(), self.width), "label")
        lines += self._lines(flow(self._standing(), self.width), "figure")
        return lines + self._notes()

    def _model(self) -> Iterator[Item]:
        ready = self.snapshot.ready
        assert ready is not None
        yield Item(self.say("pane-parameters", count=ready.parameters))
        if ready.train > 1:
            yield Item(f"{self.say('word-batch')} {ready.batch}")
            yield Item(self.say("pane-examples", train=ready.train, validation=ready.validation))

    def _standing(self) -> Iterator[Item]:
        """The state in a word, then how far and how fast."""
        shot = self.snapshot
        yield Item(self.say(f"state-{shot.state}"))
        if shot.ready is None:
            return
        until = str(max(shot.until, shot.step))
        step = self.say("pane-step", step=to_right(str(shot.step), len(until)), until=shot.until)
        yield Item(step)
        if shot.ready.batches_per_epoch > 1:
            yield Item(f"{self.say('word-epoch')} {shot.epoch}")
        yield Item(f"{self.say('word-learning-rate')} {self.rate:g}")
        yield Item(self._speed(), cell_len(self._speed("00000")))

    def _speed(self, now: str | None = None) -> str:
        if now is None:
            now = speed_text(self.snapshot.steps_per_second)
        if self.pace:
            return self.say("pane-speed", now=now, pace=f"{self.pace:g}")
        return self.say("pane-full-speed", now=now)

    def _notes(self) -> list[Line]:
        """What is wrong or takes time, in sentences."""
        shot, lines = self.snapshot, []
        if shot.state == "starting":
            lines += self._wrapped(self.say("pane-starting"), "label")
        ready = shot.ready
        if ready is not None and ready.step and ready.forked_from is None:
            lines += self._wrapped(self.say("pane-gone-on", step=ready.step), "label")
        # What a divergence means stands among what is noticed.
        if shot.trouble is not None and shot.state != "diverged":
            said = say(shot.trouble.code, self.language, **shot.trouble.details)
            lines += self._wrapped(said, "note")
        if shot.state in ("failed", "missing-torch", "stopped") and shot.experiment is not None:
            key = "pane-again-here" if self.here else "pane-again"
            lines += self._wrapped(self.say(key), "note")
        done = shot.acknowledged
        if done is not None and done.refused is not None:
            lines += self._wrapped(self.say(f"refused-{done.refused}"), "note")
        if shot.warning is not None:
            said = say(shot.warning.code, self.language, **shot.warning.details)
            lines += self._wrapped(said, "note")
        if shot.bad_lines:
            lines += self._wrapped(self.say("bad-lines", lines=shot.bad_lines), "note")
        return lines

    # Below the plot

    def foot(self, room: int) -> list[Line]:
        """The figures, and the learner's own numbers beside torch's, on at most so many lines."""
        lines = self._figures()
        lines += self._noticed(room - len(lines))
        lines += self._guesses(room - len(lines))
        return lines + self._own(room - len(lines))

    def _noticed(self, room: int) -> list[Line]:
        """All of it on the full screen; beside a lesson what matters most, on a line."""
        said = self.noticed if self.full else self.noticed[:1]
        lines: list[Line] = []
        for one in said:
            more = self._wrapped(f"{self.glyphs.broken} {one}", "note")
            if lines and len(lines) + len(more) > room:
                break
            lines += more
        return lines

    def _guesses(self, room: int) -> list[Line]:
        """As many as there is room for, but the learner's own numbers have some, too."""
        room = min(room, len(self.guesses) * 3) if self.full else min(room, BESIDE)
        lines: list[Line] = []
        for text, kind in self.guesses:
            more = self._wrapped(text, kind)
            if len(lines) + len(more) > room:
                break
            lines += more
        return lines

    def _figures(self) -> list[Line]:
        shot = self.snapshot
        lines: list[Line] = []
        if self.cursor is not None and shot.curve.count:
            lines += self._wrapped(self._at_cursor(self.cursor), "figure")
        elif shot.last_loss is not None and shot.least_loss is not None:
            last = self.say("pane-batch-loss", loss=loss_text(shot.last_loss))
            least = self.say("pane-least-loss", loss=loss_text(shot.least_loss))
            items = (Item(last, cell_len(self.say("pane-batch-loss", loss="0.000"))), Item(least))
            lines += self._lines(flow(items, self.width), "figure")
        if shot.ready is None or shot.ready.train <= 1:
            # Of a single sample the batch has said it all.
            return lines
        names = [Part(self._legend("train"), "mean")]
        losses, accuracies = [loss_text(shot.train_loss)], [part_text(shot.train_accuracy)]
        if shot.ready.validation:
            names.append(Part(self._legend("validation"), "second"))
            losses.append(loss_text(shot.validation_loss))
            accuracies.append(part_text(shot.validation_accuracy))
        widths = [max(COLUMN, cell_len(name.text)) + 2 for name in names]
        lines.append(
            tuple(
                Part(to_left(name.text, width), name.kind)
                for name, width in zip(names, widths, strict=True)
            )
        )
        words = (self.say("word-loss"), self.say("word-accuracy"))
        if sum(widths) + max(map(cell_len, words)) > self.width:
            widths[-1] = COLUMN + 1
        for cells, word in zip((losses, accuracies), words, strict=True):
            row = "".join(map(to_left, cells, widths))
            lines.append((Part(row, "figure"), Part(word, "label")))
        return lines

    def _at_cursor(self, step: int) -> str:
        """The loss of the step where the cursor stands, or of the steps that are kept together."""
        index = min(max(step - self.snapshot.start - 1, 0), self.snapshot.curve.count - 1)
        begin, held = self.snapshot.curve.at(index)
        first = self.snapshot.start + begin + 1
        if held.lost == held.size:
            return self.say("at-lost", step=first)
        if held.size == 1:
            return self.say("at-step", step=first, loss=f"{held.total:.6g}")
        mean = held.total / (held.size - held.lost)
        return self.say(
            "at-steps", first=first, last=first + held.size - 1, mean=f"{mean:.6g}",
            low=f"{held.low:.6g}", high=f"{held.high:.6g}",
        )  # fmt: skip

    def _legend(self, name: str) -> str:
        solid, dashed = ("⠤⠤⠤", "⠤ ⠤") if self.glyphs.braille else ("***", "o o")
        if name != "train" and not self.validates:
            return self.say(f"pane-{name}")
        sample = solid if name == "train" else dashed
        return f"{sample} {self.say(f'pane-{name}')}"

    # The learner's own numbers

    def _own(self, room: int) -> list[Line]:
        if not self.watches:
            return []
        if not self.beside:
            lines = self._wrapped(self.say("pane-own-later"), "label")
            return lines if len(lines) <= room else []
        heading = self._wrapped(self.say("pane-own"), "title")
        left = room - len(heading)
        # With less and less detail, until all have room.
        for tallest in (LARGEST, 1, 0) if self.full else (0,):
            rows = [row for one in self.beside for row in self._row(one, tallest)]
            if len(rows) <= left:
                return heading + rows
        if left < 1:
            return []
        key = "pane-more-still" if self.full else "pane-more"
        more = self.say(key, count=len(rows) - left + 1)
        return [*heading, *rows[: left - 1], (Part(more, "label"),)]

    def _row(self, one: Beside, tallest: int) -> list[Line]:
        """An answer beside torch's; cell by cell up to so many rows, else how many cells agree."""
        whole = one.agreeing == len(one.own)
        sign, kind = (self.glyphs.right, "right") if whole else (self.glyphs.wrong, "wrong")
        widest = min(max(cell_len(each.name) for each in self.beside), LONGEST_NAME)
        text = to_left(f"{sign} {clipped(one.name, widest, self.glyphs.cut)}", widest + 4)
        if len(one.own) == 1:
            torch = one.torch[0] if one.torch else self.say("pane-differs")
            return [(Part(text, kind), Part(f"{to_left(one.own[0], 8)}{torch}", "figure"))]
        rows = self._cells(one) if one.torch else []
        if 0 < len(rows) <= tallest and all(
            cell_len(text) + cell_len(row) <= self.width for row in rows
        ):
            names = [Part(text, kind)] + [Part(" " * cell_len(text), "space")] * (len(rows) - 1)
            return [(name, Part(row, "figure")) for name, row in zip(names, rows, strict=True)]
        count = self.say("pane-agree", count=one.agreeing, total=len(one.own))
        return [(Part(text, kind), Part(count, "figure"))]

    def _cells(self, one: Beside) -> list[str]:
        """Each row of the learner's cells, marked where they part, and torch's row beside it."""
        signs = [" " if agrees else self.glyphs.wrong for agrees in one.agrees]
        own = [text + sign for text, sign in zip(one.own, signs, strict=True)]
        wide = max(map(cell_len, (*own, *one.torch))) + 1
        return [
            "".join(
                to_right(text, wide)
                for text in (
                    *own[start : start + one.columns],
                    "  ",
                    *one.torch[start:][: one.columns],
                )
            )
            for start in range(0, len(own), one.columns)
        ]


def loss_text(loss: float | None) -> str:
    """A loss in at most seven cells."""
    if loss is None:
        return "-"
    if abs(loss) < 0.001:
        return short(loss, 2)
    text = f"{loss:.3f}"
    return text if len(text) <= COLUMN else short(loss)


def part_text(part: float | None) -> str:
    """A share of 1 in percent."""
    return "-" if part is None else f"{100 * part:.1f} %"


def speed_text(steps: float) -> str:
    """Steps a second: 3.9, 40, 12k."""
    return f"{steps:.1f}" if 0 < steps < 10 else count_text(round(steps))
