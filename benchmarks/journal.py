"""What remembering costs: an answer on its way to the disk, and the home screen's question."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.rows import Row, compared
from tutor.learner.journal import Journal

EVENTS = 5000
PAYLOAD = {"step": "probabilities", "cells": ["0.154", "0.251", "0.595"]}


def median_ms(action: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        before = time.perf_counter()
        action()
        took.append(time.perf_counter() - before)
    return 1000 * statistics.median(took)


def bare_insert(folder: Path) -> float:
    with closing(sqlite3.connect(folder / "bare.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, payload TEXT)")
        query = "INSERT INTO events (payload) VALUES (?)"
        return median_ms(lambda: connection.execute(query, ("x" * 80,)), EVENTS)


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = bare_insert(folder)
        with Journal.open(folder / "journal.sqlite") as journal:
            number = journal.begin_round("softmax")
            standing = ("working", 1, 7)
            append = median_ms(
                lambda: journal.append("softmax", number, "typed", PAYLOAD, progress=standing),
                EVENTS,
            )
            for lesson in range(20):
                journal.begin_round(f"lesson-{lesson}", progress=("working", 1, 7))
            summary = median_ms(journal.summary, 50)
        opening = median_ms(lambda: Journal.open(folder / "journal.sqlite").close(), 20)
    return [
        compared("an answer to the journal, as to a bare INSERT", append, bare),
        Row(f"home's summary of 21 lessons and {EVENTS} events", summary),
        Row("open and close the journal", opening),
    ]
