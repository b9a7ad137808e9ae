"""What will the run do? One question after another, before it begins."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tutor.course.experiment import Outcome
from tutor.course.lab_texts import exact_loss, lab_words
from tutor.training.guessing import Answer
from tutor.tui.lab.guess import COMPARED, LOSSES, Asked, Guessing
from tutor.tui.page import Page
from tutor.tui.prose import Prose

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

LONGEST_ANSWER = 60


def read(text: str) -> float | None:
    """A loss as it was typed, be it worked out: 2.3, 2,3 or ln(10); None for what is none."""
    bare = text.strip().replace("，", ",")
    try:
        value: float | None = float(bare.replace(",", "."))
    except ValueError:
        value = exact_loss(bare, {}) if bare else None
    return value if value is not None and math.isfinite(value) else None


class GuessPage(Page[bool]):
    """True when everything was answered, False when the learner would rather see it at once."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "pass_over", show=False)]

    app: TutorApp

    def __init__(self, guessing: Guessing) -> None:
        """Ask what is open."""
        super().__init__()
        self.guessing = guessing
        self.questions = guessing.waiting
        self.place = 0

    @property
    def question(self) -> Asked:
        """What is asked now."""
        return self.questions[self.place]

    def compose(self) -> ComposeResult:
        """What the experiment is, the question, and where to answer."""
        language = self.language = self.app.language
        bench, guess = self.guessing.bench, self.question.guess
        many = len(self.questions) > 1
        title = self.app.say(
            "guess.title-of" if many else "guess.title",
            number=self.place + 1, total=len(self.questions),
        )  # fmt: skip
        with VerticalScroll(id="guess", can_focus=False):
            yield Static(title, classes="page-title", markup=False)
            yield Prose(bench.lab.title.in_language(language))
            yield Prose(lab_words(bench.lab.about, language, bench.numbers), id="guess-about")
            yield Prose(lab_words(guess.ask, language, bench.numbers), id="guess-asked")
            if guess.kind in LOSSES:
                yield Input(compact=True, max_length=LONGEST_ANSWER, id="guess-line")
            else:
                yield OptionList(*self._options(), id="guess-options", markup=False, compact=True)
            yield Prose(id="guess-said")
            about = "guess.about-number" if guess.kind in LOSSES else "guess.about-choice"
            yield Prose(self._margin() + self.app.say(about), id="guess-keys")

    def _margin(self) -> str:
        guess = self.question.guess
        if guess.kind not in LOSSES:
            return ""
        said = self.app.say("guess.margin", margin=guess.margin)
        return said if self.language == "zh" else f"{said} "

    def _options(self) -> list[Option]:
        guess, lab = self.question.guess, self.guessing.bench.lab
        if guess.kind in COMPARED:
            titles = [variant.title.in_language(self.language) for variant in lab.variants]
        else:
            titles = [self.app.say(f"guess.{one}") for one in OUTCOMES]
        return [Option(title) for title in titles]

    @on(Input.Submitted)
    async def _typed(self, event: Input.Submitted) -> None:
        value = read(event.value)
        if value is None:
            self.query_one("#guess-said", Prose).say(self.app.say("guess.unreadable"))
            return
        await self._take(value)

    @on(OptionList.OptionSelected)
    async def _chosen(self, event: OptionList.OptionSelected) -> None:
        of_variants = self.question.guess.kind in COMPARED
        await self._take(event.option_index if of_variants else OUTCOMES[event.option_index])

    async def _take(self, answer: Answer) -> None:
        """Write it down, then ask the next, if there is one."""
        self.guessing.say(self.question, answer)
        self.app.tell_journal()
        if self.place + 1 == len(self.questions):
            self.dismiss(True)
            return
        self.place += 1
        await self.recompose()
        self.query_one("#guess-line, #guess-options").focus()

    def action_pass_over(self) -> None:
        """See the run at once."""
        self.guessing.pass_over()
        self.dismiss(False)


OUTCOMES = get_args(Outcome)[::-1]
"""From the commonest: a loss falls."""
