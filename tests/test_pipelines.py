"""The files for pipelines: the scripts in them are run as a pipeline would run them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import environment
from tests.leaflets import input_of

ROOT = Path(__file__).parents[1]
TEXT = input_of("eu-tablet")
LOST = TEXT.replace("• Keep this leaflet. You may need to read it again.\n", "")

bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not on this machine")


def loaded(name: str):
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


@pytest.fixture
def repository(tmp_path):
    """A folder with leaflets, and a `leaflet` on the path that is this checkout's."""
    leaflets = tmp_path / "my leaflets"
    leaflets.mkdir()
    (leaflets / "good.txt").write_text(TEXT, "utf-8")
    (leaflets / "bad.txt").write_text(LOST, "utf-8")
    programs = tmp_path / "bin"
    programs.mkdir()
    script = programs / "leaflet"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m validator "$@"\n', "utf-8")
    script.chmod(0o755)
    return tmp_path


def run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**environment(), "PATH": path, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def action(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the last step of the action with these inputs and the defaults of the others."""
    step = loaded("action.yml")["runs"]["steps"][-1]
    known = {name: entry.get("default", "") for name, entry in loaded("action.yml")["inputs"].items()}
    given = {**known, **{name.replace("_", "-"): value for name, value in inputs.items()}}
    variables = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: given[match.group(1)], value)
        for name, value in step["env"].items()
    }
    return run(step["run"], folder, GITHUB_STEP_SUMMARY=str(folder / "summary.md"), **variables)


@bash
def test_the_action_annotates_and_fails(repository):
    done = action(repository, paths="my leaflets")
    assert done.returncode == 1
    assert [line.split(",")[0] for line in done.stdout.splitlines() if line.startswith("::error")] == [
        "::error file=my leaflets/bad.txt"
    ]
    results = json.loads((repository / "leaflets.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["statement/keep-leaflet"]
    assert "statement/keep-leaflet" in (repository / "summary.md").read_text("utf-8")


@bash
def test_the_action_takes_several_paths_and_options(repository):
    done = action(
        repository,
        paths="my leaflets/good.txt\nmy leaflets/bad.txt\n",
        arguments="--ignore\nstatement/keep-leaflet\n--market\neu\n",
        sarif="",
    )
    assert done.returncode == 0
    assert "::error" not in done.stdout
    assert not (repository / "leaflets.sarif").exists()


@bash
def test_no_input_of_the_action_becomes_a_command(repository):
    hostile = '$(touch owned); `touch owned` ; "; touch owned; #'
    done = action(repository, paths=hostile, baseline="", arguments=f"--ignore\n{hostile}")
    assert done.returncode == 2
    assert not (repository / "owned").exists()
    assert action(repository, paths="--output=owned").returncode == 3  # a path, whatever it looks like
    assert not (repository / "owned").exists()


@bash
def test_an_input_that_cannot_be_read_fails_the_action_after_the_report(repository):
    done = action(repository, paths="my leaflets\nabsent.txt", fail_on="never")
    assert done.returncode == 3
    assert (repository / "leaflets.sarif").exists()


def test_inputs_of_the_action_stand_in_variables_alone():
    for step in loaded("action.yml")["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


@bash
def test_the_template_for_gitlab(repository):
    job = loaded("ci/leaflet.gitlab-ci.yml")[".leaflets"]
    install, *script = job["script"]
    assert install.startswith("pip install --quiet ")
    refused = run(f"pip() {{ true; }}\n{install}", repository, **job["variables"])
    assert "LEAFLET_PACKAGE: say what pip installs" in refused.stderr
    taken = run(f'pip() {{ echo "$3"; }}\n{install}', repository, LEAFLET_PACKAGE="a b.whl")
    assert taken.stdout == "a b.whl\n"
    os.rename(repository / "my leaflets", repository / "leaflets")
    done = run("set -eo pipefail\n" + "\n".join(script), repository, **job["variables"])
    assert done.returncode == 1
    assert "statement/keep-leaflet" in done.stdout
    for name in job["artifacts"]["paths"]:
        assert (repository / name).stat().st_size
    assert set(job["artifacts"]["reports"].values()) == set(job["artifacts"]["paths"])
    clean = run(
        "set -eo pipefail\n" + "\n".join(script),
        repository,
        **{**job["variables"], "LEAFLET_PATHS": "leaflets/good.txt"},
    )
    assert clean.returncode == 0


def test_the_hook_takes_leaflets_alone():
    (hook,) = loaded(".pre-commit-hooks.yaml")
    assert hook["entry"] == "leaflet check --skip-others"
    names = {
        "leaflets/a.txt": True,
        "products/velorin/leaflet/en.docx": True,
        "leaflets/a.docx.waivers.toml": False,
        "README.md": False,
        "src/leaflets.py": False,
    }
    assert {name: bool(re.search(hook["files"], name)) for name in names} == names


def test_what_the_container_copies_is_there():
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (ROOT / "Containerfile").read_text("utf-8"), re.MULTILINE)
    names = [name for line in copied for name in line.split()]
    assert {"pyproject.toml", "validator", "schemas"} <= set(names)
    assert all((ROOT / name).exists() for name in names)
