"""The commands of the lab: `tutor lab`, on the screen or without one, and `tutor export`."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tutor.kept_runs import Form, show_experiments, show_runs, write
from tutor.messages import say

if TYPE_CHECKING:
    from tutor.training.catalog import Chosen
    from tutor.training.experiments import Experiment

MISTAKES = 1
MISUSED = 2


def add_lab(app: typer.Typer, language: str) -> None:
    """Add both commands, with their help in a language."""

    def option(*names: str, about: str, **more: Any) -> Any:
        return typer.Option(*names, help=say(f"run.about-{about}", language), **more)

    @app.command(
        help=say("run.about-lab", language), epilog=say("run.about-lab-statuses", language)
    )
    def lab(
        name: Annotated[
            str, typer.Argument(help=say("run.about-experiment", language), metavar="[EXPERIMENT]")
        ] = "",
        headless: Annotated[bool, option("--headless", about="headless")] = False,
        steps: Annotated[
            int | None,
            option("--steps", about="steps", metavar="N", min=1, max=10**9, show_default=False),
        ] = None,
        seed: Annotated[
            int | None,
            option("--seed", about="seed", metavar="N", min=0, max=2**31 - 1, show_default=False),
        ] = None,
        knobs: Annotated[
            list[str] | None,
            option("--set", about="set", metavar="KNOB=VALUE", show_default=False),
        ] = None,
        data: Annotated[
            Path | None, option("--data", about="data", metavar="FOLDER", show_default=False)
        ] = None,
        as_json: Annotated[bool, option("--json", about="json")] = False,
        listed: Annotated[bool, option("--list", about="list")] = False,
        kept: Annotated[bool, option("--runs", about="runs")] = False,
        resume: Annotated[
            str, option("--resume", about="resume", metavar="RUN", show_default=False)
        ] = "",
        ranks: Annotated[
            int | None,
            typer.Option(
                "--parallel",
                help=say("ranks.about-parallel", language),
                metavar="N",
                min=1,
                show_default=False,
            ),
        ] = None,
        slow: Annotated[
            list[str] | None,
            typer.Option(
                "--slow",
                help=say("ranks.about-slow", language),
                metavar="PROCESS:MILLISECONDS",
                show_default=False,
            ),
        ] = None,
    ) -> None:
        with told(language):
            if slow and not ranks:
                raise Misused("ranks.slow-alone")
            if listed:
                show_experiments(language, as_json=as_json)
            elif kept:
                show_runs(language, as_json=as_json)
            elif resume:
                if name or steps or seed or knobs or data or ranks:
                    raise Misused("run.resume-alone")
                raise typer.Exit(go_on(resume, language, headless=headless, as_json=as_json))
            elif ranks:
                from tutor.together import begin_together

                made = shared_out(name, steps, seed, knobs or [], data)
                raise typer.Exit(
                    begin_together(
                        made, ranks, slow or [], language, headless=headless, as_json=as_json
                    )
                )
            elif not name:
                if headless or steps or seed or knobs or data:
                    raise Misused("run.which-experiment")
                from tutor.start import has_terminal, start_screen

                if has_terminal() and not as_json:
                    raise typer.Exit(start_screen(language=language, experiments=True))
                show_experiments(language, as_json=as_json)
                if not as_json:
                    print(say("run.which-experiment", language), file=sys.stderr)
            else:
                chosen = wanted(name, steps, seed, knobs or [], data)
                raise typer.Exit(begin(chosen, language, headless=headless, as_json=as_json))

    @app.command(
        help=say("run.about-export", language), epilog=say("run.about-export-statuses", language)
    )
    def export(
        run: Annotated[str, typer.Argument(help=say("run.about-run", language), metavar="RUN")],
        form: Annotated[Form, option("--as", about="form", metavar="csv|jsonl|script")] = "csv",
        out: Annotated[
            Path | None, option("-o", "--out", about="out", metavar="FILE", show_default=False)
        ] = None,
    ) -> None:
        with told(language):
            write(run, form, out, language)


class Misused(Exception):
    """A call that cannot be meant; its message is a key of the sentences."""

    def __init__(self, code: str, **details: str) -> None:
        """Keep what is to be said."""
        super().__init__(code)
        self.code = code
        self.details = details


@contextmanager
def told(language: str) -> Iterator[None]:
    """Say what is wrong with what was asked for, and end with the status for it."""
    from tutor.course.catalog import CatalogError
    from tutor.course.problem import LessonError
    from tutor.training.idx import IdxError
    from tutor.training.refusal import ExperimentError
    from tutor.training.store import RunsError

    try:
        yield
    except LessonError as error:
        for one in error.problems:
            print(f"{one.place}: {say(one.code, language, **one.details)}", file=sys.stderr)
    except OSError as error:
        if error.filename is None:
            raise  # our own output, which is told of wherever it is lost
        reason = f"{error.filename}: {error.strerror}"
        print(say("run.not-done", language, reason=reason), file=sys.stderr)
    except (CatalogError, ExperimentError, IdxError, RunsError) as error:
        print(say(error.code, language, **error.details), file=sys.stderr)
    except Misused as error:
        print(say(error.code, language, **error.details), file=sys.stderr)
        raise typer.Exit(MISUSED) from None
    else:
        return
    raise typer.Exit(MISTAKES)


# What to train


def wanted(
    name: str, steps: int | None, seed: int | None, knobs: Iterable[str], data: Path | None
) -> "Chosen":
    """The experiment of a name, and what of it is to be trained."""
    from tutor.training.catalog import Chosen, find, on_folder, turned
    from tutor.training.refusal import refuse

    found = find(name)
    made = found.experiment()
    if data is not None:
        made = on_folder(made, data)
    elif made.data.kind == "idx":
        refuse("run.needs-images", name=found.name)
    return Chosen(found, turned(made, _typed(steps, seed, knobs)))


def shared_out(
    name: str, steps: int | None, seed: int | None, knobs: Iterable[str], data: Path | None
) -> "Experiment":
    """The same for several processes, who have an experiment of their own where none is named."""
    from tutor.training.catalog import on_folder, turned
    from tutor.training.parallel_run import DIGITS

    if name:
        return wanted(name, steps, seed, knobs, data).experiment
    made = DIGITS if data is None else on_folder(DIGITS, data)
    return turned(made, _typed(steps, seed, knobs))


def _typed(steps: int | None, seed: int | None, knobs: Iterable[str]) -> dict[str, str]:
    typed = dict(_pair(one) for one in knobs)
    for field, value in (("steps", steps), ("seed", seed)):
        if value is not None:
            typed[field] = str(value)
    return typed


def _pair(typed: str) -> tuple[str, str]:
    knob, equals, value = typed.partition("=")
    if not (knob.strip() and equals and value.strip()):
        raise Misused("run.knob-and-value", typed=typed)
    return knob.strip(), value.strip()


def begin(chosen: "Chosen", language: str, *, headless: bool, as_json: bool) -> int:
    """Train on the screen, or without one; the status for the shell."""
    if on_screen(headless=headless, as_json=as_json):
        from tutor.start import start_screen

        return start_screen(language=language, chosen=chosen)
    from tutor.headless import train

    return train(chosen.experiment, language, as_json=as_json)


def on_screen(*, headless: bool, as_json: bool) -> bool:
    """Whether it is to be drawn; raises Misused where there is no terminal to draw on."""
    if headless or as_json:
        return False
    from tutor.start import has_terminal

    if not has_terminal():
        raise Misused("run.no-terminal")
    return True


def go_on(run: str, language: str, *, headless: bool, as_json: bool) -> int:
    """Take up a run that is kept where it was left; the status for the shell."""
    from tutor.learner import places
    from tutor.training.catalog import Chosen, find
    from tutor.training.store import RunsError, experiment_of, of_ranks, take
    from tutor.training.store import find as find_run

    folder = find_run(run, places.runs_folder())
    made = experiment_of(folder)
    if of_ranks(folder):
        raise RunsError("ranks.not-alone", name=folder.name)
    drawn = on_screen(headless=headless, as_json=as_json)
    claim = take(folder)
    if claim is None:
        raise RunsError("run.in-use", name=folder.name)
    if drawn:
        from tutor.start import start_screen

        return start_screen(language=language, chosen=Chosen(find(made.name), made, claim))
    from tutor.headless import train

    return train(made, language, as_json=as_json, claim=claim)
