"""What people install: the wheel, and the tutor at work in an installation of it."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import tutor
from tutor.messages import say

ROOT = Path(tutor.__file__).parents[1]


def done(*command: str | Path, folder: Path, typed: str = "", **more: str) -> str:
    """What a command prints; it must succeed."""
    result = subprocess.run(
        command, cwd=folder, input=typed, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", **more}, timeout=120,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # No isolation and no registry: a test needs no network.
    done(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=ROOT)
    (built,) = folder.glob("*.whl")
    return built


def test_all_of_the_tutor_is_in_the_wheel_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    lessons = {
        f"tutor/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "lessons").rglob("*")
        if path.is_file()
    }
    code = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tutor").rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    assert names == code | lessons
    assert "tutor/lessons/softmax.yaml" in names
    assert {"tutor/py.typed", "tutor/tui/tutor.tcss", "tutor/training/digits.npz"} <= names


def test_an_installation_lists_the_lessons_and_practises(wheel: Path, tmp_path: Path) -> None:
    house = tmp_path / "house"
    done(
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--no-index", "--target", house, wheel, folder=tmp_path,
    )  # fmt: skip
    command = house / "bin" / "tutor"
    installed = {"PYTHONPATH": str(house)}

    paths = done(command, "paths", folder=tmp_path, **installed)
    assert str(house / "tutor" / "lessons") in paths
    assert str(ROOT) not in paths
    lessons = json.loads(done(command, "lessons", "--json", folder=tmp_path, **installed))
    assert {one["id"] for one in lessons} == {
        path.stem for path in (ROOT / "lessons").glob("*.yaml")
    }
    said = done(
        command, "practice", "softmax", folder=tmp_path, typed="7.389 2.718 1.105\n", **installed
    )
    assert say("verdict.all-right", "en") in said
