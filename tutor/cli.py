"""The commands, in the learner's language."""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tutor import usage
from tutor.lab import add_lab
from tutor.learner import settings as settings_file
from tutor.messages import LANGUAGES, say
from tutor.watch import add_watch

if TYPE_CHECKING:
    from tutor.course.problem import Problem

MISTAKES = 1
"""The status when something asked for is wrong: a lesson file, an unknown lesson."""
MISUSED = 2
"""The status when a command is not used like this."""


def spoken_language(arguments: list[str]) -> str:
    """The language of this call: it must be known before the help is written."""
    asked = None
    for place, one in enumerate(arguments):
        if one == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        elif one.startswith("--lang="):
            asked = one.removeprefix("--lang=")
    chosen = asked if asked in LANGUAGES else None
    return settings_file.language(chosen, settings_file.load().settings, os.environ)


def run(arguments: list[str]) -> None:
    """Run a command; exits with its status."""
    language = spoken_language(arguments)
    usage.run(commands(language), arguments, language)


def fail(sentence: str, status: int = MISTAKES) -> typer.Exit:
    """Say what is wrong where errors are said, and end with the status for it."""
    print(sentence, file=sys.stderr)
    return typer.Exit(status)


def lesson_path(name: str, language: str) -> Path:
    """The file of a lesson that was named, or an end with what could be meant."""
    from tutor.course.catalog import CatalogError, find

    try:
        return find(name)
    except CatalogError as error:
        raise fail(say(error.code, language, **error.details)) from None


def own_numbers(file: Path, lesson: Path, seed: int | None, language: str) -> dict[str, Any]:
    """The learner's own numbers for a lesson, or an end with all that is wrong with them."""
    from tutor.course import own_numbers
    from tutor.course.load import load
    from tutor.course.numbers import NumbersError
    from tutor.course.problem import LessonError

    try:
        return own_numbers.own_numbers(file, load(lesson).lesson, seed)
    except LessonError as error:
        raise fail("\n".join(problem_lines(error.problems, language))) from None
    except NumbersError:
        raise fail(say("screen.lesson-check-advice", language, path=lesson)) from None


def problem_lines(problems: "Iterable[Problem]", language: str) -> list[str]:
    """Mistakes in files, each with its place as editors understand it."""
    return [f"{one.place}: {say(one.code, language, **one.details)}" for one in problems]


def commands(language: str) -> typer.Typer:
    """All commands, with their help in a language."""

    def about(name: str) -> str:
        return say(f"command.{name}", language)

    app = typer.Typer(
        help=about("about"), epilog=about("statuses"), rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], **usage.UNBROKEN},
    )  # fmt: skip
    lesson_argument = typer.Argument(help=about("lesson"), metavar="LESSON", show_default=False)
    seed_option = typer.Option("--seed", help=about("seed"), metavar="N", show_default=False)
    given_option = typer.Option(
        "--given", help=about("own-given"), metavar="FILE", show_default=False, dir_okay=False
    )
    json_option = typer.Option("--json", help=about("json"))

    @app.callback(invoke_without_command=True)
    def tutor(
        context: typer.Context,
        lang: Annotated[str, typer.Option("--lang", help=about("lang"), metavar="en|zh")] = "",
        version: Annotated[bool, typer.Option("--version", help=about("version"))] = False,
    ) -> None:
        if lang and lang not in LANGUAGES:
            raise fail(say("command.unknown-language", language, name=lang), MISUSED)
        if version:
            from tutor import __version__

            print(f"tutor {__version__}")
        elif context.invoked_subcommand is None:
            from tutor.start import start_screen

            raise typer.Exit(start_screen(language=language))

    @app.command("run", help=about("run"), epilog=about("run-statuses"))
    def run_lesson(
        lesson: Annotated[str, lesson_argument],
        seed: Annotated[int | None, seed_option] = None,
        given: Annotated[Path | None, given_option] = None,
    ) -> None:
        from tutor.start import start_screen

        path = lesson_path(lesson, language)
        own = None if given is None else own_numbers(given, path, seed, language)
        raise typer.Exit(start_screen(path, language, seed, own))

    @app.command(help=about("practice"), epilog=about("practice-statuses"))
    def practice(
        lesson: Annotated[str, lesson_argument],
        seed: Annotated[int | None, seed_option] = None,
        given: Annotated[Path | None, given_option] = None,
        spot: Annotated[bool, typer.Option("--spot", help=about("spot"))] = False,
    ) -> None:
        if spot:
            from tutor.spotting import spot_slips

            if given is not None:
                raise fail(say("command.spot-or-given", language), MISUSED)
            raise typer.Exit(spot_slips(lesson_path(lesson, language), language, seed))
        from tutor.practice import practise

        path = lesson_path(lesson, language)
        own = None if given is None else own_numbers(given, path, seed, language)
        raise typer.Exit(practise(path, language, seed, own))

    @app.command(help=about("lessons"))
    def lessons(as_json: Annotated[bool, json_option] = False) -> None:
        from tutor.listing import lesson_rows, lesson_table

        rows = lesson_rows(language)
        print(_as_json(rows) if as_json else lesson_table(rows, language))

    @app.command(help=about("progress"))
    def progress(as_json: Annotated[bool, json_option] = False) -> None:
        from tutor.listing import progress_rows, progress_table

        rows = progress_rows(language)
        print(_as_json(rows) if as_json else progress_table(rows, language))

    @app.command(help=about("check"), epilog=about("check-statuses"))
    def check(
        files: Annotated[
            list[Path] | None, typer.Argument(help=about("files"), metavar="[FILE]...")
        ] = None,
    ) -> None:
        from tutor.listing import check_files

        if not check_files(files or [], language):
            raise typer.Exit(MISTAKES)

    @app.command(help=about("grade"), epilog=about("grade-statuses"))
    def grade() -> None:
        from tutor.grade import grade_stream

        if not grade_stream(language):
            raise typer.Exit(MISTAKES)

    @app.command(help=about("reset"), epilog=about("reset-statuses"))
    def reset(
        lesson: Annotated[str, typer.Argument(help=about("reset-lesson"), metavar="[LESSON]")] = "",
        yes: Annotated[bool, typer.Option("--yes", "-y", help=about("yes"))] = False,
        undo: Annotated[bool, typer.Option("--undo", help=about("undo"))] = False,
    ) -> None:
        from tutor.course.catalog import CatalogError
        from tutor.listing import erase, restore

        try:
            done = restore(language) if undo else erase(lesson or None, language, sure=yes)
        except CatalogError as error:
            raise fail(say(error.code, language, **error.details)) from None
        if not done:
            raise typer.Exit(MISTAKES)

    @app.command(help=about("explain"), epilog=about("explain-statuses"))
    def explain(
        formula: Annotated[
            list[str],
            typer.Argument(help=about("formula"), metavar="FORMULA...", show_default=False),
        ],
        decimals: Annotated[
            int | None,
            typer.Option(help=about("decimals"), metavar="N", min=0, max=8, show_default=False),
        ] = None,
        figures: Annotated[
            int | None,
            typer.Option(help=about("figures"), metavar="N", min=1, max=8, show_default=False),
        ] = None,
        given: Annotated[
            Path | None, typer.Option(help=about("given"), metavar="FILE", show_default=False)
        ] = None,
        unfold: Annotated[bool, typer.Option("--unfold", help=about("unfold"))] = False,
    ) -> None:
        from tutor.engine.precision import Precision
        from tutor.explain import explain as explain_formula

        if decimals is not None and figures is not None:
            raise fail(say("command.decimals-or-figures", language), MISUSED)
        asked = 3 if decimals is None and figures is None else decimals
        precision = Precision(decimals=asked, figures=figures)
        raise typer.Exit(explain_formula(formula, language, precision, given, unfolded=unfold))

    add_lab(app, language)
    add_watch(app, language)

    @app.command(help=about("paths"))
    def paths() -> None:
        from tutor.listing import path_lines

        print("\n".join(path_lines(language)))

    return app


def _as_json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2)
