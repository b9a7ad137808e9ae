import os
from pathlib import Path

import pytest
from platformdirs import user_config_path, user_data_path

from tutor.learner import places


def test_tutor_home_is_one_folder_for_everything(own_home):
    assert places.data_folder() == own_home
    assert places.settings_path() == own_home / "settings.json"
    assert places.journal_path() == own_home / "journal.sqlite"
    assert places.runs_folder() == own_home / "runs"


def test_a_relative_tutor_home_means_the_same_folder_from_everywhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TUTOR_HOME", "mine")
    assert places.data_folder() == tmp_path / "mine"


def test_a_tilde_in_tutor_home_is_the_persons_home(monkeypatch):
    monkeypatch.setenv("TUTOR_HOME", os.path.join("~", "learning"))
    assert places.data_folder() == Path.home() / "learning"


@pytest.mark.parametrize("empty", [True, False])
def test_without_tutor_home_each_thing_is_where_the_system_wants_it(monkeypatch, empty):
    if empty:
        monkeypatch.setenv("TUTOR_HOME", "")
    else:
        monkeypatch.delenv("TUTOR_HOME")
    data = user_data_path("handgrad", appauthor=False)
    assert places.journal_path() == data / "journal.sqlite"
    assert places.runs_folder() == data / "runs"
    config = user_config_path("handgrad", appauthor=False)
    assert places.settings_path() == config / "settings.json"


def test_asking_for_a_place_makes_no_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "none"))
    places.settings_path()
    places.runs_folder()
    assert not list(tmp_path.iterdir())
