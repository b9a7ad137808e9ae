"""What is printed of the lab: its experiments, the runs that are kept, and runs in other forms."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

from tutor.messages import say

if TYPE_CHECKING:
    from tutor.training.export import Exported

Form = Literal["csv", "jsonl", "script"]

EXPERIMENT_COLUMNS = ("experiment", "title")
RUN_COLUMNS = ("name", "begun", "experiment", "state", "step", "loss")


def show_experiments(language: str, *, as_json: bool) -> None:
    """Print every experiment of the course, for programs or as a table."""
    show(experiment_rows(language), EXPERIMENT_COLUMNS, language, as_json=as_json)


def show_runs(language: str, *, as_json: bool) -> None:
    """Print every run that is kept, for programs or as a table."""
    show(run_rows(), RUN_COLUMNS, language, as_json=as_json)


def experiment_rows(language: str) -> list[dict[str, Any]]:
    """Every experiment of the course."""
    from tutor.training.catalog import every

    return [
        {"experiment": one.name, "title": one.lab.title.in_language(language)} for one in every()
    ]


def run_rows() -> list[dict[str, Any]]:
    """Every run that is kept, the newest first."""
    from tutor.learner import places
    from tutor.training.store import runs

    return [
        {
            "name": one.name,
            "begun": one.begun.astimezone().isoformat(" ", "seconds"),
            "experiment": one.experiment,
            "state": one.standing,
            "step": one.step,
            "loss": one.last_loss,
            "bytes": one.size,
            "folder": str(one.folder),
        }
        for one in runs(places.runs_folder())
    ]


def show(
    rows: list[dict[str, Any]], columns: tuple[str, ...], language: str, *, as_json: bool
) -> None:
    """Print rows for programs, or as a table."""
    from tutor.listing import table

    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif not rows:
        print(say("run.none", language))
    else:
        heading = [say(f"run.column-{name}", language) for name in columns]
        print(table(heading, [[_cell(row[name], name, language) for name in columns]
                              for row in rows]))  # fmt: skip


def _cell(value: Any, column: str, language: str) -> str:
    if column == "state":
        return say(f"run.state-{value}", language)
    if column == "begun":
        return str(value)[:19]
    if isinstance(value, float):
        return f"{value:.4f}"
    return "-" if value is None else str(value)


def write(run: str, form: Form, out: Path | None, language: str) -> None:
    """A run in another form, into a file or to standard output."""
    from tutor.training.export import to_file

    writing = _writing(run, form)
    exported = writing(sys.stdout) if out is None else to_file(out, writing)
    if exported.unread:
        print(say("run.unread", language, lines=exported.unread), file=sys.stderr)


def _writing(run: str, form: Form) -> Callable[[TextIO], Exported]:
    from tutor.learner import places
    from tutor.training.catalog import find as find_experiment
    from tutor.training.export import write_csv, write_jsonl, write_script
    from tutor.training.store import RunsError, experiment_of, find, of_ranks

    try:
        folder = find(run, places.runs_folder())
    except RunsError:
        if form != "script":
            raise
        made = find_experiment(run).experiment()
        return lambda stream: write_script(made, stream)
    if form == "script":
        made = experiment_of(folder)
        return lambda stream: write_script(made, stream)
    if of_ranks(folder):
        raise RunsError("ranks.not-alone", name=folder.name)
    writer = write_csv if form == "csv" else write_jsonl
    return lambda stream: writer(folder, stream)
