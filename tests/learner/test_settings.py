import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.learner.settings import CHOICES, Settings, changed, language, load, save
from tutor.messages import LANGUAGES

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.json"


def codes(notices):
    return [notice.code for notice in notices]


def test_without_a_file_the_defaults_hold_and_nothing_is_said(path):
    assert load(path) == (Settings(), ())
    assert Settings() == Settings(language=None, theme="dark", glyphs="unicode")


def test_what_was_saved_is_loaded_and_makes_its_folder(tmp_path):
    path = tmp_path / "not" / "there" / "settings.json"
    mine = Settings(language="zh", theme="light", glyphs="ascii")
    assert save(mine, path) is None
    assert load(path) == (mine, ())
    assert os.listdir(path.parent) == ["settings.json"]


def test_they_are_kept_in_the_learners_place(own_home):
    assert save(Settings(theme="light")) is None
    assert load().settings.theme == "light"
    assert (own_home / "settings.json").exists()


@given(unknown=st.dictionaries(st.text().filter(lambda name: name not in CHOICES), JSON))
def test_fields_of_a_later_version_are_written_back_as_they_were(tmp_path_factory, unknown):
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_text(json.dumps({**unknown, "theme": "light"}), "utf-8")
    settings, notices = load(path)
    assert notices == ()
    assert save(changed(settings, "language", "zh"), path) is None
    stored = json.loads(path.read_text("utf-8"))
    assert stored == {**unknown, "language": "zh", "theme": "light", "glyphs": "unicode"}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"7", b"\xff\xfe\x00", b"[" * 200_000, b'{"theme": dark}']
)
def test_a_file_that_is_no_settings_file_is_kept_aside(path, content):
    path.write_bytes(content)
    settings, (notice,) = load(path)
    assert settings == Settings()
    assert notice.code == "learner.settings-broken"
    assert not path.exists()
    with open(notice.details["kept"], "rb") as kept:
        assert kept.read() == content


def test_a_file_written_by_a_windows_editor_is_read(path):
    path.write_bytes(b'\xef\xbb\xbf{"theme": "light"}')
    assert load(path).settings.theme == "light"


@given(value=JSON.filter(lambda value: value not in ("light", "dark")))
def test_a_bad_value_keeps_the_default_and_says_what_to_write(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_text(json.dumps({"theme": value, "language": "zh"}), "utf-8")
    settings, (notice,) = load(path)
    assert settings == Settings(language="zh")
    assert notice.code == "learner.setting-value"
    assert notice.details["field"] == "theme"
    assert notice.details["choices"] == "dark | light"
    assert len(notice.details["value"]) <= 40


def test_a_change_is_refused_with_what_could_be_chosen():
    assert changed(Settings(), "glyphs", "ascii") == Settings(glyphs="ascii")
    assert changed(Settings(language="zh"), "language", None) == Settings()
    assert changed(Settings(), "glyphs", None).code == "learner.setting-value"
    refused = changed(Settings(), "colour", "red")
    assert refused.code == "learner.setting-unknown"
    assert refused.details["fields"] == "language, theme, glyphs"


def test_a_folder_that_cannot_be_made_is_said_and_nothing_raises(tmp_path):
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "settings.json"
    notice = save(Settings(), path)
    assert notice.code == "learner.settings-unsaved"
    assert notice.details["path"] == str(path)
    settings, (notice,) = load(path)
    assert settings == Settings()
    assert notice.code == "learner.settings-unreadable"


def test_a_failed_write_leaves_the_old_settings_and_no_scraps(path, monkeypatch):
    save(Settings(theme="light"), path)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    notice = save(Settings(theme="dark"), path)
    assert notice.details["reason"] == "No space left on device"
    assert load(path).settings.theme == "light"
    assert os.listdir(path.parent) == ["settings.json"]


def test_a_link_to_the_settings_stays_a_link(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "settings.json"
    link.symlink_to(tmp_path / "elsewhere" / "settings.json")
    save(Settings(theme="light"), link)
    assert link.is_symlink()
    assert load(link).settings.theme == "light"


@pytest.mark.parametrize(
    ("option", "chosen", "environment", "spoken"),
    [
        ("en", "zh", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, "zh", {"LANG": "en_US.UTF-8"}, "zh"),
        ("de", None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, None, {"LC_ALL": "zh_TW", "LANG": "en_US"}, "zh"),
        (None, None, {"LC_ALL": "C", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, "en"),
        (None, None, {"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en"}, "zh"),
        (None, None, {"LANG": "ZH_CN"}, "zh"),
        (None, None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, None, {}, "en"),
    ],
)
def test_the_language_is_the_first_that_somebody_chose(option, chosen, environment, spoken):
    assert language(option, Settings(language=chosen), environment) == spoken


def test_every_language_can_be_chosen():
    assert CHOICES["language"] == LANGUAGES
