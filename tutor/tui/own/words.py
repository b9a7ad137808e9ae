"""What is said of own numbers: of each given, and of whether the lesson can be worked with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutor.course.hiding import Hides
from tutor.course.labels import with_labels_for
from tutor.course.lesson import ZERO, Label, Lesson
from tutor.course.own_check import Misfit, Remarks
from tutor.course.own_draft import Written
from tutor.messages import say
from tutor.telling import titled

EXAMPLES = ("0.5", "1 2 3", "1 2; 3 4", "[[[1 2] [3 4]] [[5 6] [7 8]]]")
"""A number, a vector, a matrix and channels as text."""

TOLD = 2
"""How many remarks of a kind are said."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The words for the own numbers of a lesson, in a language."""

    lesson: Lesson
    language: str

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the program."""
        return say(key, self.language, **values)

    def title(self, name: str) -> str:
        """The title of a given, with its name."""
        return titled(name, self.lesson.givens[name].title.in_language(self.language))

    def heading(self, name: str, written: Written, *, own: bool) -> str:
        """The title of a given and its shape, and whether its numbers are the learner's."""
        shape = " x ".join(map(str, written.shape))
        kinds = ("number", "vector", "matrix")
        kind = kinds[min(len(written.shape), 2)]
        said = self.say(f"own.heading-{kind}", title=self.title(name), shape=shape)
        return self.say("own.heading-yours", heading=said) if own else said

    def as_text(self, name: str, axes: int) -> str:
        """How a given may be written on one line."""
        example = EXAMPLES[min(axes, len(EXAMPLES) - 1)]
        return self.say("own.as-text", title=self.title(name), example=example)

    def computed(self, name: str) -> str:
        """The title of a given that is computed, and how."""
        formula = self.lesson.givens[name].formula
        return self.say("own.heading-computed", title=self.title(name), formula=formula)

    def labels(self, name: str, shape: tuple[int, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the rows and the columns of a given in a shape, where they fit."""
        given = with_labels_for(self.lesson.givens[name], shape)
        return self._said(given.rows), self._said(given.columns)

    def _said(self, labels: tuple[Label, ...]) -> tuple[str, ...]:
        return tuple(
            one if isinstance(one, str) else one.in_language(self.language) for one in labels
        )

    def step(self, step_id: str) -> str:
        """The title of a step."""
        step = next(one for one in self.lesson.steps if one.id == step_id)
        title = step.title.in_language(self.language)
        return self.say("own.step-title", title=title)

    def source(self, seed: int | None, *, own: bool) -> str:
        """Where the numbers come from that are not changed."""
        if own:
            return self.say("own.source-yours")
        return self.say("own.source-lesson") if seed is None else self.say("screen.seed", seed=seed)

    def faults(
        self, faults: Sequence[Misfit], where: str, shapes: Mapping[str, tuple[int, ...]]
    ) -> str:
        """Why the numbers cannot be worked with, after the place that they are due to."""
        lines = []
        for one in faults:
            details = dict(one.details)
            if "step" in details:
                details["step"] = self.step(str(details["step"]))
            lines.append(self.say(one.code, **details))
        uses = str(faults[-1].details.get("uses", "")).split()
        if faults[0].code == "formula.shapes" and len(uses) > 1:
            lines.append(self._together({name: shapes[name] for name in uses if name in shapes}))
        said = "\n".join(lines)
        return self.say("own.fault", place=where, said=said) if where else said

    def _together(self, shapes: Mapping[str, tuple[int, ...]]) -> str:
        """The shapes that stand in one formula."""
        each = [
            self.say("own.of-shape", name=name, shape=" x ".join(map(str, shape)) or "1")
            for name, shape in shapes.items()
        ]
        return self.say("own.together", shapes=self.say("screen.list-join").join(each))

    def remarks(self, remarks: Remarks) -> list[str]:
        """What the numbers do not meet, and what they hide: none of it forbids them."""
        lines = [self.say("own.other-shapes")] if remarks.other_shapes else []
        if remarks.unmet:
            whys = [one.why.in_language(self.language) for one in remarks.unmet]
            lines.append(self.say("own.unmet", whys=self._some(whys)))
        hidden = remarks.hidden
        zero = {one.step for one in hidden if one.slip == ZERO}
        told = [one for one in hidden if one.slip == ZERO or one.step not in zero]
        lines += [self._hidden(one) for one in told[:TOLD]]
        if len(told) > TOLD:
            lines.append(self.say("own.hidden-more", count=len(told) - TOLD))
        return lines

    def _some(self, sentences: list[str]) -> str:
        said = self.say("own.why-join").join(sentences[:TOLD])
        return said if len(sentences) <= TOLD else said + self.say("own.why-more")

    def _hidden(self, hides: Hides) -> str:
        step = self.step(hides.step)
        if hides.slip == ZERO:
            return self.say("own.hidden-zero", step=step)
        return self.say("own.hidden", step=step, slip=self.say(f"slip.{hides.slip}", at=""))
