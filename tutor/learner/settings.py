"""What the learner has chosen: language, theme and glyphs.

It is read before the first paint, so it needs the standard library only.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from tutor.learner import places
from tutor.learner.notice import Notice, shown

Language = Literal["en", "zh"]

CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": ("en", "zh"),
    "theme": ("dark", "light"),
    "glyphs": ("unicode", "ascii"),
}
"""What may stand in each field."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner has chosen; the defaults are what is used before any choice."""

    language: Language | None = None
    """The language of every sentence; None takes the one of the system."""
    theme: Literal["dark", "light"] = "dark"
    glyphs: Literal["unicode", "ascii"] = "unicode"
    """ascii where the terminal's font lacks the marks or gives them two cells."""
    unknown: Mapping[str, object] = field(default_factory=dict)
    """Fields that this version does not know; they are written back as they were."""


class Loaded(NamedTuple):
    """The settings to use, and what the learner should be told about their file."""

    settings: Settings
    notices: tuple[Notice, ...]


def changed(settings: Settings, name: str, value: object) -> Settings | Notice:
    """The settings with one field changed, or what to write there instead."""
    if name not in CHOICES:
        return Notice("learner.setting-unknown", {"field": name, "fields": ", ".join(CHOICES)})
    if value is None and name == "language":
        return replace(settings, language=None)
    if value not in CHOICES[name]:
        choices = " | ".join(CHOICES[name])
        return Notice(
            "learner.setting-value", {"field": name, "value": clipped(value), "choices": choices}
        )
    change: dict[str, Any] = {name: value}
    return replace(settings, **change)


def clipped(value: object) -> str:
    """A value from a file as it is written in JSON, short enough for a sentence."""
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 40 else f"{text[:37]}..."


def load(path: Path | None = None) -> Loaded:
    """Read the settings; whatever is wrong with the file, there are settings to go on with."""
    path = path or places.settings_path()
    try:
        stored = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return Loaded(Settings(), ())
    except (ValueError, RecursionError):
        return Loaded(Settings(), (set_aside(path),))
    except OSError as error:
        return Loaded(Settings(), (unusable("learner.settings-unreadable", path, error),))
    if not isinstance(stored, dict):
        return Loaded(Settings(), (set_aside(path),))
    return chosen(stored)


def chosen(stored: Mapping[str, object]) -> Loaded:
    """The settings of a file's object; a field with a bad value keeps its default."""
    settings = Settings(unknown={name: stored[name] for name in stored if name not in CHOICES})
    notices = []
    for name in CHOICES:
        if name in stored:
            result = changed(settings, name, stored[name])
            if isinstance(result, Notice):
                notices.append(result)
            else:
                settings = result
    return Loaded(settings, tuple(notices))


def save(settings: Settings, path: Path | None = None) -> Notice | None:
    """Write the settings, all or nothing; a Notice when the disk did not take them."""
    # What a link points to is written, not the link: settings are often kept elsewhere.
    path = Path(os.path.realpath(path or places.settings_path()))
    stored = {**settings.unknown, **{name: getattr(settings, name) for name in CHOICES}}
    text = json.dumps(stored, ensure_ascii=True, indent=2) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
        try:
            with open(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        return unusable("learner.settings-unsaved", path, error)
    return None


def set_aside(path: Path) -> Notice:
    """Keep a file that is no settings file under another name, so that nothing is lost."""
    kept = path.with_name(f"{path.name}.broken-{datetime.now():%Y%m%d-%H%M%S}")
    try:
        os.replace(path, kept)
    except OSError as error:
        return unusable("learner.settings-unreadable", path, error)
    return Notice("learner.settings-broken", {"kept": shown(kept)})


def unusable(code: str, path: Path, error: OSError) -> Notice:
    """What to say of a file that the system does not let us use."""
    return Notice(code, {"path": shown(path), "reason": error.strerror or str(error)})


def language(option: str | None, settings: Settings, environment: Mapping[str, str]) -> Language:
    """The language to speak: the option, else the settings, else the locale, else English.

    An option that is no language counts as none; to refuse it is the part of whoever reads it.
    """
    for chosen in (option, settings.language):
        if chosen in CHOICES["language"]:
            return cast(Language, chosen)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := environment.get(name):
            return "zh" if locale.lower().startswith("zh") else "en"
    return "en"
