"""What the commands print: lessons, progress, mistakes in lesson files, places on disk."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from tutor.learner import places
from tutor.learner.journal import Journal, Progress
from tutor.messages import say

Rows = list[dict[str, Any]]


def standings() -> dict[str, Progress]:
    """How every lesson stands, by its name."""
    with Journal.open(places.journal_path()) as journal:
        return {one.lesson: one for one in journal.summary()}


def lesson_rows(language: str) -> Rows:
    """Every lesson of the course: id, title, summary, needs, steps and how it stands."""
    from tutor.course.catalog import entries
    from tutor.course.load import load_head
    from tutor.course.problem import LessonError

    stood = standings()
    rows = []
    for path in entries():
        try:
            head = load_head(path)
        except LessonError:
            print(say("screen.broken-lesson", language), path, file=sys.stderr)
            continue
        progress = stood.get(head.id)
        rows.append(
            {
                "id": head.id,
                "title": head.title.in_language(language),
                "summary": head.summary.in_language(language),
                "needs": list(head.needs),
                "steps": head.steps,
                "done": progress.done if progress else 0,
                "finished": progress.finished if progress else 0,
                "order": head.order,
            }
        )
    return sorted(rows, key=lambda row: int(row.pop("order")))


def progress_rows(language: str) -> Rows:
    """Every lesson that was begun: steps done, rounds finished, and when it was last worked."""
    titles = {row["id"]: row["title"] for row in lesson_rows(language)}
    return [
        {
            "id": one.lesson,
            "title": titles.get(one.lesson, one.lesson),
            "done": one.done,
            "steps": one.total,
            "finished": one.finished,
            "at": one.at,
        }
        for one in standings().values()
    ]


def lesson_table(rows: Rows, language: str) -> str:
    """The lessons as lines of columns."""
    cells = [
        [row["id"], row["title"], f"{row['done']}/{row['steps']}", row["summary"]] for row in rows
    ]
    return table([say(f"command.column-{name}", language) for name in LESSON_COLUMNS], cells)


LESSON_COLUMNS = ("id", "title", "done", "summary")
PROGRESS_COLUMNS = ("id", "title", "done", "finished", "at")


def progress_table(rows: Rows, language: str) -> str:
    """What was begun, as lines of columns."""
    if not rows:
        return say("command.nothing-begun", language)
    cells = [
        [
            row["id"],
            row["title"],
            f"{row['done']}/{row['steps']}",
            str(row["finished"]),
            local(row["at"]),
        ]
        for row in rows
    ]
    return table([say(f"command.column-{name}", language) for name in PROGRESS_COLUMNS], cells)


def local(at: str) -> str:
    """A moment of the journal as the clock on the wall showed it."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def table(heading: list[str], rows: list[list[str]]) -> str:
    """Columns as wide as their widest cell, Chinese counted as two."""
    widths = [max(cell_len(row[at]) for row in [heading, *rows]) for at in range(len(heading))]
    lines = []
    for row in [heading, *rows]:
        padded = zip(row, widths, strict=True)
        lines.append("  ".join(cell + " " * (width - cell_len(cell)) for cell, width in padded))
    return "\n".join(line.rstrip() for line in lines)


def check_files(files: list[Path], language: str) -> bool:
    """Check files of lessons and of experiments (all, if none is named); True when all are good.

    The lessons of the course are also held against each other: ids, orders and needs.
    """
    from tutor.course.catalog import entries, together
    from tutor.course.load import load
    from tutor.training.catalog import experiment_files
    from tutor.training.lab_check import check_file

    paths = files or [*entries(), *experiment_files()]
    problems = {path: check_file(path) for path in paths}
    good = [path for path in paths if not problems[path]]
    found = [problem for path in paths for problem in problems[path]]
    if not files:
        found += together([load(path) for path in good if path in entries()])
    for problem in found:
        print(f"{problem.place}: {say(problem.code, language, **problem.details)}")
    broken = {problem.file for problem in found}
    for path in good:
        if str(path) not in broken:
            print(say("command.lesson-good", language, path=path))
    return not found


def erase(lesson: str | None, language: str, *, sure: bool) -> bool:
    """Move what was done aside, asked first; True when it is erased.

    A lesson's slips go with it. Raises CatalogError for a lesson that nobody knows.
    """
    with Journal.open(places.journal_path()) as journal:
        names = [] if lesson is None else _names_of(lesson, journal)
    what = "command.reset-everything" if lesson is None else "command.reset-question"
    if not sure:
        if not sys.stdin.isatty():
            print(say("command.reset-needs-yes", language), file=sys.stderr)
            return False
        print(say(what, language, lesson=lesson), end=" ", flush=True)
        if sys.stdin.readline().strip().lower() not in ("y", "yes", "是"):
            print(say("command.reset-left", language))
            return False
    with Journal.open(places.journal_path()) as journal:
        erased = journal.erase(*names)
        if erased is None:
            _tell(journal, language)
            return False
        if erased.kept is None:
            print(say("command.reset-nothing", language))
        else:
            print(say("command.reset-done", language, kept=erased.kept))
    return True


def _names_of(lesson: str, journal: Journal) -> list[str]:
    """What a lesson is called in the journal, also one that is no longer in the course."""
    from tutor.course.catalog import find
    from tutor.learner.bookmark import journal_key
    from tutor.learner.guess_bookmark import guess_key
    from tutor.learner.own_bookmark import own_key
    from tutor.learner.spot_bookmark import spot_key

    keys = (lesson, journal_key(Path(lesson)))
    beside = (spot_key, own_key, guess_key)
    names = [name for key in keys for name in (key, *(named(key) for named in beside))]
    if any(journal.rounds(name) for name in names):
        return names
    find(lesson)
    return names


def restore(language: str) -> bool:
    """Bring back what the last reset took away."""
    with Journal.open(places.journal_path()) as journal:
        events = journal.restore_erased()
        _tell(journal, language)
        if events:
            print(say("command.restored", language))
        elif journal.notice is None:
            print(say("command.restored-nothing", language), file=sys.stderr)
    return events > 0


def _tell(journal: Journal, language: str) -> None:
    if journal.notice is not None:
        print(say(journal.notice.code, language, **journal.notice.details), file=sys.stderr)


def path_lines(language: str) -> list[str]:
    """Where everything is kept, a line each."""
    from tutor.course.catalog import lesson_folder

    rows = {
        "lessons": lesson_folder(),
        "journal": places.journal_path(),
        "settings": places.settings_path(),
        "runs": places.runs_folder(),
    }
    names = {key: say(f"command.path-{key}", language) for key in rows}
    width = max(cell_len(name) for name in names.values())
    return [f"{name}{' ' * (width - cell_len(name))}  {rows[key]}" for key, name in names.items()]
