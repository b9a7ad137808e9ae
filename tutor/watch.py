"""The command `tutor watch`: runs of any program on the screen, or their last values printed."""

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tutor.messages import say

if TYPE_CHECKING:
    from tutor.watching.points import Wishes
    from tutor.watching.reading import Reading
    from tutor.watching.step_curve import StepCurve

MISTAKES = 1
SLICE = 1 << 20
COLUMNS = ("run", "tag", "step", "last", "low", "high", "count")


def add_watch(app: typer.Typer, language: str) -> None:
    """Add the command, with its help in a language."""

    def about(name: str) -> str:
        return say(f"watch.{name}", language)

    @app.command(help=about("about"), epilog=about("statuses"))
    def watch(
        path: Annotated[
            Path | None, typer.Argument(help=about("path"), metavar="[PATH]", show_default=False)
        ] = None,
        x: Annotated[
            str | None, typer.Option("--x", help=about("x"), metavar="FIELD", show_default=False)
        ] = None,
        fields: Annotated[
            list[str] | None,
            typer.Option("--field", help=about("field"), metavar="NAME", show_default=False),
        ] = None,
        once: Annotated[bool, typer.Option("--once", help=about("once"))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=about("json"))] = False,
    ) -> None:
        from tutor.start import has_terminal
        from tutor.watching.points import Wishes
        from tutor.watching.runs import WatchError

        wishes = Wishes(x, tuple(fields or ()))
        printed = once or as_json or not has_terminal()
        try:
            at = path or lab_runs()
            if printed:
                raise typer.Exit(print_runs(at, wishes, language, as_json=as_json))
            raise typer.Exit(watch_screen(at, wishes, language))
        except WatchError as error:
            print(say(error.code, language, **error.details), file=sys.stderr)
            raise typer.Exit(MISTAKES) from None


def lab_runs() -> Path:
    """The folder of the lab's own runs; raises WatchError where none was kept."""
    from tutor.learner import places
    from tutor.watching.runs import WatchError, runs_of

    folder = places.runs_folder()
    if not folder.is_dir() or not runs_of(folder):
        raise WatchError("watch.no-lab-runs")
    return folder


def watch_screen(path: Path, wishes: "Wishes", language: str) -> int:
    """Show the runs of a path until the learner leaves; the status for the shell."""
    from tutor.learner import settings as settings_file
    from tutor.start import run_app
    from tutor.tui.watch.screen import WatchApp
    from tutor.watching.watcher import Watcher

    watcher = Watcher(path, wishes)
    # A thread that reads keeps the screen waiting for half as long as with Python's 5 ms.
    sys.setswitchinterval(0.001)
    settings, notices = settings_file.load()
    return run_app(WatchApp(watcher, settings, language, notices), language)


# Printed


def print_runs(path: Path, wishes: "Wishes", language: str, *, as_json: bool) -> int:
    """Print the last values of every tag of every run; the status for the shell."""
    from tutor.listing import table
    from tutor.tui.watch.words import said
    from tutor.watching.points import printable
    from tutor.watching.reading import Reading
    from tutor.watching.runs import WatchError, runs_of

    runs, told = runs_of(path), []
    if not runs:
        raise WatchError("watch.no-runs", path=printable(str(path)))
    for run in runs:
        reading = read_whole(Reading(run, wishes))
        told.append(summary(reading))
        told[-1]["remarks"] = [said(remark, language) for remark in reading.remarks()]
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    rows = [
        [one["run"], tag["tag"], *(cell(tag[name]) for name in COLUMNS[2:])]
        for one in told for tag in one["tags"]
    ]  # fmt: skip
    if rows and not as_json:
        print(table([say(f"watch.column-{name}", language) for name in COLUMNS], rows))
    for one in told:
        for sentence in one["remarks"]:
            print(f"{one['run']}: {sentence}" if len(told) > 1 else sentence, file=sys.stderr)
    if not rows:
        name = printable(path.name or str(path))
        print(say("watch.no-numbers", language, name=name), file=sys.stderr)
    return 0 if rows else MISTAKES


def read_whole(reading: "Reading") -> "Reading":
    """Read all that is there now, and take the last line as it is."""
    size = 1
    while size:
        items, size = reading.poll(SLICE)
        reading.add(items)
    reading.finish()
    return reading


def summary(reading: "Reading") -> dict[str, Any]:
    """What a run has measured: of each tag the last value, the extremes, and how many."""
    return {
        "run": reading.name,
        "format": reading.format,
        "tags": [tag_row(tag, curve) for tag, curve in sorted(reading.curves.items())],
    }


def tag_row(tag: str, curve: "StepCurve") -> dict[str, Any]:
    """A tag in numbers; what is not finite is null."""
    last = curve.last if curve.last is not None and math.isfinite(curve.last) else None
    return {
        "tag": tag,
        "step": whole(curve.last_step),
        "last": last,
        "low": curve.low,
        "high": curve.high,
        "count": curve.count,
    }


def whole(step: float) -> float:
    """A step as a whole number, where it is one."""
    return int(step) if step == int(step) else step


def cell(value: float | None) -> str:
    """A number of a table; a dash for none."""
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.7g}"
