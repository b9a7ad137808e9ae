"""What the screen leaves in the journal, and what it says when the disk takes no more."""

import os
import shutil
from pathlib import Path

import pytest

from tests.tui.tutor_app import LESSONS, tutor
from tutor.learner.notice import Notice
from tutor.messages import say

pytestmark = pytest.mark.usefixtures("course")


async def test_an_abrupt_end_loses_at_most_the_cell_being_typed(tmp_path, monkeypatch):
    async with tutor("kinds") as lesson:
        await lesson.press("type:2.333", "enter", "enter", "f3", "f3")
        await lesson.press("type:1", "enter", "type:2.5", "enter", "type:9")
        # What another process finds on the disk at this moment.
        shutil.copytree(os.environ["TUTOR_HOME"], tmp_path / "found")
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "found"))
    async with tutor("kinds") as lesson:
        assert lesson.lesson.step.id == "vector"
        assert lesson.answer.texts == ("1", "2.5", "")
        assert "Hint 2 of" in lesson.text
        assert "Hint 3 of" not in lesson.text
        await lesson.press("f7")
        assert lesson.progress.solved


async def test_the_journal_alone_leads_to_the_state_on_the_screen():
    async with tutor("kinds") as lesson:
        await lesson.press("type:9", "enter", "f3", "f4", "f4", "enter", "type:1", "f9", "f7", "f8")
        assert lesson.replayed() == lesson.lesson.round.state
        assert lesson.lesson.round.state.steps["vector"].skipped


async def test_trouble_with_the_disk_is_said_once_and_the_lesson_goes_on(monkeypatch):
    trouble = Notice("learner.settings-unsaved", {"path": "here", "reason": "full"})
    monkeypatch.setattr("tutor.learner.journal.Journal.notice", trouble)
    sentence = say(trouble.code, "en", **trouble.details)
    async with tutor() as lesson:
        await lesson.press("enter", "type:1", "enter", "type:2.5", "enter", "enter", "escape")
        await lesson.press("enter", "type:5", "enter")
        told = [one.message for one in lesson.app._notifications]
        assert told == [sentence]
        assert lesson.lesson.round.state.finished


async def test_a_home_that_cannot_be_written_is_said_and_the_lesson_goes_on(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    monkeypatch.setenv("TUTOR_HOME", str(home))
    async with tutor("doubling") as lesson:
        await lesson.press("type:2.5", "enter", "enter", "type:5", "enter")
        (told,) = lesson.app._notifications
        assert str(home) in told.message
        assert lesson.lesson.round.state.finished


async def test_notices_of_the_start_are_said():
    notice = Notice("learner.settings-broken", {"kept": "there"})
    async with tutor(notices=[notice]) as home:
        (told,) = home.app._notifications
        assert told.message == say(notice.code, "en", kept="there")


async def test_numbers_that_cannot_be_drawn_are_said(tmp_path):
    impossible = "conditions: [{formula: x > 100, why: {en: never, zh: 不可能}}]\n"
    path = tmp_path / "doubling.yaml"
    path.write_text((LESSONS / "doubling.yaml").read_text("utf-8") + impossible, "utf-8")
    async with tutor(path) as lesson:
        await lesson.press("f5")
        assert say("screen.no-fresh-numbers", "en") in lesson.text
        assert lesson.lesson.round.state.seed is None


async def test_settings_are_kept(own_home: Path):
    async with tutor("doubling") as lesson:
        await lesson.press("ctrl+l", "ctrl+t")
    kept = (own_home / "settings.json").read_text()
    assert '"zh"' in kept
    assert '"light"' in kept
