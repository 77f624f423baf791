"""The wheel, in an empty environment and from another folder: law and schemas travel with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = ("validator", "schemas", "pyproject.toml", "README.md", "LICENSE")
pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path, code: int = 0) -> str:
    """Run a command without this checkout in reach; its words are shown if it ends otherwise."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LEAFLET"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing appears in the checkout."""
    source = tmp_path_factory.mktemp("source")
    for name in PROJECT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    target = tmp_path_factory.mktemp("dist")
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        target,
        source,
        folder=source,
    )
    return next(target.glob("*.whl"))


def test_it_holds_law_schemas_and_the_mark_of_typing(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {f"validator/schemas/{path.name}" for path in (ROOT / "schemas").glob("*.json")}
    expected |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "validator" / "law").rglob("*.yaml")}
    expected |= {"validator/py.typed", "validator/_version.py"}
    assert expected <= names
    assert not [name for name in names if name.startswith(("tests/", "fixtures/", "docs/", "tools/"))]


def test_it_works_in_an_empty_environment(wheel, tmp_path):
    environment = tmp_path / "empty"
    run(sys.executable, "-m", "venv", environment, folder=tmp_path)
    binaries = environment / ("Scripts" if os.name == "nt" else "bin")
    run(binaries / "python", "-m", "pip", "install", "--quiet", wheel, folder=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(ROOT / "fixtures" / "leaflets" / "aknetrent" / "input.txt", elsewhere / "leaflet.txt")
    command = binaries / "leaflet"
    assert run(command, "--version", folder=elsewhere).startswith("leaflet ")
    for market in ("eu", "tr"):
        out = run(
            command, "check", "leaflet.txt", "--market", market, "--format", "json", folder=elsewhere, code=1
        )
        (document,) = json.loads(out)["documents"]
        assert document["market"] == market
        assert "section/storage" in {finding["rule"] for finding in document["findings"]}
    assert json.loads(run(command, "parse", "leaflet.txt", folder=elsewhere))["sections"]
    assert "keep-leaflet" in run(command, "rules", folder=elsewhere)
    assert "<article" in run(command, "check", "leaflet.txt", "--format", "html", folder=elsewhere, code=1)
