"""Which runs there are under a path: each a name and the files that it is made of."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tutor.watching.points import printable
from tutor.watching.rank_files import rank_of

DEEPEST = 8
"""Folders within folders that are looked into."""
MOST_ENTRIES = 20_000
MOST_RUNS = 1_000
ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson")


class WatchError(Exception):
    """A path that cannot be watched, with the key of the sentence that says why."""

    def __init__(self, code: str, **details: str | int) -> None:
        """`code` is a key of the messages."""
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class RunFiles:
    """A run, and its files in the order in which they were written."""

    name: str
    files: tuple[Path, ...]
    changed: float
    """When the last of its files was last written, in seconds since 1970."""


def runs_of(path: Path) -> list[RunFiles]:
    """The runs under a path, that which was written last first.

    A file is one run. In a folder the event files of TensorBoard beside each other are one run,
    and so are `events.jsonl` and the files of several ranks: they are named by their folder; every
    other file is a run by itself.

    Raises:
        WatchError: there is nothing at the path, or nothing that could be read.
    """
    try:
        found = os.stat(path)
    except FileNotFoundError:
        raise WatchError("watch.missing", path=str(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise WatchError("watch.no-path", path=str(path), reason=reason) from None
    if stat.S_ISREG(found.st_mode):
        return [RunFiles(printable(path.name), (path,), found.st_mtime)]
    if not stat.S_ISDIR(found.st_mode):
        raise WatchError("watch.special", path=str(path))
    if not os.access(path, os.R_OK | os.X_OK):
        raise WatchError("watch.no-path", path=str(path), reason=os.strerror(13))
    return _in_folder(path)


def _in_folder(folder: Path) -> list[RunFiles]:
    grouped: dict[str, list[tuple[str, Path, float]]] = {}
    for path, changed in _files(folder):
        where = path.parent.relative_to(folder)
        shared = ".tfevents." in path.name or path.name == "events.jsonl"
        shared = shared or rank_of(path.name) is not None
        name = (where if shared else where / path.stem).as_posix()
        name = printable(folder.resolve().name if name == "." else name)
        if path.name == "events.jsonl" and name in grouped:
            name = printable((where / path.name).as_posix())
        grouped.setdefault(name, []).append((path.name, path, changed))
    runs = []
    for name, files in grouped.items():
        # Names of event files begin with the second in which they were begun.
        files.sort()
        changed = max(one[2] for one in files)
        runs.append(RunFiles(name, tuple(one[1] for one in files), changed))
    runs.sort(key=lambda run: (-run.changed, run.name))
    return runs[:MOST_RUNS]


def _files(folder: Path) -> Iterator[tuple[Path, float]]:
    """The files of a folder that may be a run's, with the time of their last change."""
    folders, seen = [(folder, 0)], 0
    while folders:
        at, depth = folders.pop()
        try:
            entries = sorted(os.scandir(at), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            seen += 1
            if seen > MOST_ENTRIES:
                return
            try:
                if entry.is_dir(follow_symlinks=False):
                    if depth < DEEPEST and not entry.name.startswith("."):
                        folders.append((Path(entry.path), depth + 1))
                elif _may_be_run(entry.name) and stat.S_ISREG(entry.stat().st_mode):
                    yield Path(entry.path), entry.stat().st_mtime
            except OSError:
                continue


def _may_be_run(name: str) -> bool:
    return ".tfevents." in name or name.lower().endswith(ENDINGS)
