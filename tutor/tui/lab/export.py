"""The run as a file: a table, the script that gives the same losses, a picture of the screen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.training.export import export_csv, export_jsonl, export_script
from tutor.tui.lab.watched import Watch
from tutor.tui.page import Page

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

SUFFIXES = {"csv": ".csv", "jsonl": ".jsonl", "script": ".py", "picture": ".svg"}


def free_path(name: str, suffix: str) -> Path:
    """A file that is not there yet, in the folder where the tutor was started."""
    stem = "handgrad-" + (re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-") or "run")
    path, number = Path.cwd() / f"{stem}{suffix}", 1
    while path.exists():
        number += 1
        path = path.with_name(f"{stem}-{number}{suffix}")
    return path


class ExportPage(Page[None]):
    """What can be written; Enter writes it and says where."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,x", "dismiss", show=False)]

    app: TutorApp

    def __init__(self, watched: Watch) -> None:
        """Write the run that is shown."""
        super().__init__()
        self.watched = watched

    def compose(self) -> ComposeResult:
        """The forms; tables only of a run that is written down."""
        self.language = self.app.language
        tables = self.watched.folder is not None
        forms = [one for one in SUFFIXES if tables or one in ("script", "picture")]
        with Vertical(id="export"):
            yield Static(self.app.say("lab.export-title"), classes="page-title", markup=False)
            yield OptionList(
                *(Option(self.app.say(f"lab.export-{one}"), id=one) for one in forms),
                id="export-forms", markup=False, compact=True,
            )  # fmt: skip

    @on(OptionList.OptionSelected)
    def _write(self, event: OptionList.OptionSelected) -> None:
        form = event.option_id or ""
        experiment = self.watched.snapshot.experiment
        if experiment is None:
            return
        path = free_path(experiment.name, SUFFIXES[form])
        self.dismiss()
        self.app.call_after_refresh(self._written, form, path)

    def _written(self, form: str, path: Path) -> None:
        """After this page is gone: the picture is of what lies below it."""
        experiment, folder = self.watched.snapshot.experiment, self.watched.folder
        assert experiment is not None
        try:
            match form, folder:
                case "csv", Path():
                    export_csv(folder, path)
                case "jsonl", Path():
                    export_jsonl(folder, path)
                case "picture", _:
                    self.app.save_screenshot(path.name, str(path.parent))
                case _:
                    export_script(experiment, path)
        except OSError as error:
            reason = error.strerror or str(error)
            words = self.app.say("lab.export-failed", path=path, reason=reason)
            self.app.notify(words, severity="error", markup=False)
            return
        self.app.notify(self.app.say("lab.export-done", path=path), markup=False)
