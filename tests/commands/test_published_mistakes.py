"""Mistakes that people make with these formulas, as notes, forums and their readers tell them.

Each line of the file is one of `tutor grade` with `slips`: the names that may be said first of that
answer; with `together`, the two that were made at once; none where no slip explains it and nothing
may be said.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tutor.grade import grade

LINES = (Path(__file__).parent / "published_mistakes.jsonl").read_text("utf-8").splitlines()
MISTAKES: list[dict[str, Any]] = [json.loads(line) for line in LINES]


@pytest.fixture(scope="module")
def graded() -> list[dict[str, Any]]:
    """All of them graded in one stream."""
    return [json.loads(line) for line, _ in grade(LINES, "en")]


def test_every_mistake_is_called_wrong(graded: list[dict[str, Any]]) -> None:
    accepted = [
        asked["formula"]
        for asked, out in zip(MISTAKES, graded, strict=True)
        if out.get("verdict") != "wrong"
    ]
    assert accepted == []


def test_what_is_said_is_one_of_its_names_and_where_there_is_none_nothing_is_said(
    graded: list[dict[str, Any]],
) -> None:
    amiss = []
    for asked, out in zip(MISTAKES, graded, strict=True):
        said = [slip["slip"] for slip in out["slips"]]
        if asked.get("together"):
            fine = set(said) == set(asked["slips"]) and all(one["together"] for one in out["slips"])
        else:
            fine = said[0] in asked["slips"] if said else not asked["slips"]
        if not fine or any("{" in slip["say"] for slip in out["slips"]):
            amiss.append((asked["formula"], asked["answer"], asked["slips"], said))
    assert amiss == []
