"""The walk of `docs/label-edits.md`: every command is run, every line of output is real."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "label-edits.md").read_text("utf-8")


def steps() -> list[tuple[str, list[str]]]:
    """Commands with the lines that the page shows after them; "..." stands for any lines."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.startswith("> ") and found[-1][0].count("\n") >= 0 and not found[-1][1]:
                found[-1] = (f"{found[-1][0]}\n{line[2:]}", [])
            else:
                found[-1][1].append(line)
    return found


def test_the_walk(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        "PROJECT": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(tmp_path),
        "COLUMNS": "",
    }
    environment |= {
        f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    made = steps()
    assert len(made) >= 12
    for command, shown in made:
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )  # fmt: skip
        if shown:
            pattern = "".join("(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in shown)
            assert re.fullmatch(pattern, done.stdout), (command, done.stdout, done.stderr)
        else:
            assert done.returncode == 0, (command, done.stderr)


@pytest.mark.parametrize("rule", sorted(set(re.findall(r"`diff/([a-z-]+)`", PAGE))))
def test_the_rules_it_names_exist(rule: str) -> None:
    from validator.catalogue import requirements

    assert f"diff/{rule}" in requirements()
