"""The walks in the documents are what really happens: each command is run again, its output compared."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import environment

ROOT = Path(__file__).parents[1]
_CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_MARK = "===the end of a command==="
SAMPLES = ROOT / "docs" / "samples"
DRAFT = (SAMPLES / "leaflets" / "velorin.txt").read_text("utf-8")


def prepare(folder: Path) -> None:
    """What the walks begin with, and a `leaflet` on the path that is this checkout's."""
    shutil.copytree(SAMPLES, folder)
    program = folder.parent / "bin" / "leaflet"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m validator "$@"\n', "utf-8")
    program.chmod(0o755)


@pytest.mark.parametrize("page", ["walk-regulatory.md", "walk-pipeline.md"])
def test_a_walk(page: str, tmp_path: Path, update: bool) -> None:
    for needed in ("bash", "git"):
        if shutil.which(needed) is None:
            pytest.skip(f"{needed} is not on this machine: the walk was not tested")
    folder = tmp_path / "work"
    prepare(folder)
    (tmp_path / "gitconfig").touch()
    text = (ROOT / "docs" / page).read_text("utf-8")
    blocks = _CONSOLE.findall(text)
    commands = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    script = "\n".join(f"{{ {command}\n}} 2>&1\necho '{_MARK}'" for command in commands)
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    variables = {
        "PATH": path,
        "SOURCE_DATE_EPOCH": "1777636800",
        "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
    }
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**environment(), **variables},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    answers = iter(done.stdout.split(f"{_MARK}\n"))
    walked = _CONSOLE.sub(lambda match: "".join(_told(match.group(), answers)), text)
    if update:
        (ROOT / "docs" / page).write_text(walked, "utf-8")
    assert walked == text


def _told(block: str, answers):
    """The block with each command followed by what it really answers."""
    for line in block.splitlines():
        if line.startswith("$ "):
            yield f"{line}\n{next(answers)}"
