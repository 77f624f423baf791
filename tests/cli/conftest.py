"""What the tests of the command line share: a way to run it, and a small leaflet."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from validator.__main__ import main

ROOT = Path(__file__).parents[2]

LEAFLET = """Package leaflet: Information for the patient

Testamol 10 mg tablets
testamol

Read all of this leaflet carefully before you start taking this medicine because it contains important information for you.

1. What Testamol is and what it is used for

Testamol is a medicine for the treatment of pain. It is taken by mouth.

2. What you need to know before you take Testamol

Do not take Testamol
- if you are allergic to testamol or any of the other ingredients of this medicine (listed in section 6).

3. How to take Testamol

Always take this medicine exactly as your doctor has told you. Check with your doctor if you are not sure.

4. Possible side effects

Like all medicines, this medicine can cause side effects, although not everybody gets them.
"""


def environment() -> dict[str, str]:
    """The environment of a process that must find this checkout from any folder."""
    known = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in (str(ROOT), known) if part)}


class Outcome(NamedTuple):
    """What a run of the command gave back."""

    code: int
    out: str
    err: str

    @property
    def error_lines(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No configuration of the project itself reaches a test, and no setting of the person who runs it."""
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "NO_COLOR", "LEAFLET_LAW", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def leaflet(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run the command in this process."""

    def run(*arguments: str | Path) -> Outcome:
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return run


@pytest.fixture
def process() -> Callable[..., Outcome]:
    """Run the command in a process of its own; keyword arguments are environment variables."""

    def run(*arguments: str | Path, stdin: bytes = b"", **variables: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "validator", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env={**environment(), **variables},
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A file with a leaflet that has gaps."""
    path = tmp_path / "sample.txt"
    path.write_text(LEAFLET, "utf-8")
    return path
