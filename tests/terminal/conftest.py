import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal.terminal import ROOT, Terminal

if not hasattr(os, "fork"):
    collect_ignore_glob = ["test_*"]

NO_TORCH = 'raise ImportError("No module named \'torch\'", name="torch")\n'

Start = Callable[..., Terminal]


@pytest.fixture
def shadows(tmp_path: Path) -> Path:
    """A folder whose modules come before all others: without torch, which costs seconds."""
    folder = tmp_path / "shadows"
    folder.mkdir()
    (folder / "torch.py").write_text(NO_TORCH)
    return folder


@pytest.fixture
def start(tmp_path: Path, own_home: Path, shadows: Path):
    """Start the tutor in a terminal of its own; other variables are those of its environment."""
    with ExitStack() as open_terminals:

        def started(
            *arguments: str, size: tuple[int, int] = (80, 24), torch: bool = False, **more: str
        ) -> Terminal:
            paths = [str(ROOT)] if torch else [str(shadows), str(ROOT)]
            environment = {
                "HOME": str(tmp_path), "PATH": os.environ["PATH"], "TERM": "xterm-256color",
                "COLORTERM": "truecolor", "LANG": "en_US.UTF-8", "TUTOR_HOME": str(own_home),
                "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1", **more,
            }  # fmt: skip
            command = (sys.executable, "-m", "tutor", *arguments)
            terminal = Terminal(command, environment, tmp_path, size)
            return open_terminals.enter_context(terminal)

        yield started
    for report in own_home.glob("crash-*.txt") if own_home.is_dir() else ():
        # pytest shows it beside a test that failed.
        print(report.read_text("utf-8"))
