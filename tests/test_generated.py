"""What `tools/generate.py` writes: valid schemas that the law files keep to, and a page for every rule."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from validator.catalogue import requirements
from validator.explanation import severities
from validator.lawfile import law_values
from validator.resources import law_folder, schema

ROOT = Path(__file__).parents[1]
LAW_FILES = [
    *(("requirement", path) for path in sorted(law_folder().glob("requirements/*.yaml"))),
    *(("examples", path) for path in sorted(law_folder().glob("examples/*.yaml"))),
    *(("wording", path) for path in sorted(law_folder().glob("*/wording.*.yaml"))),
    *(("profile", path) for path in sorted(law_folder().glob("*/profile*.yaml"))),
]


class _Words(yaml.SafeLoader):
    """YAML as JSON knows it: dates and yes, no, on stay words, numbers are numbers."""


_Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith((":timestamp", ":bool"))]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@pytest.mark.parametrize("name", ["report", "requirement", "examples", "wording", "profile"])
def test_a_generated_schema_is_a_schema(name):
    Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$id"].endswith(f"{name}.schema.json")


@pytest.mark.parametrize(("name", "path"), LAW_FILES, ids=lambda value: getattr(value, "name", value))
def test_every_law_file_keeps_to_its_schema(name, path):
    data = yaml.load(path.read_text("utf-8"), _Words)
    if "extends" in data:
        file = path.relative_to(law_folder()).as_posix()
        data = json.loads(json.dumps(law_values(file), default=str))
    errors = [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(schema(name)).iter_errors(data)
    ]
    assert errors == []


def test_every_rule_of_a_market_has_a_page():
    for rule in requirements():
        page = ROOT / "docs" / "rules" / f"{rule}.md"
        assert page.is_file() == bool(severities(rule))
        if page.is_file():
            assert f"# {rule}\n" in page.read_text("utf-8")


def test_drift_is_named(tmp_path):
    for name in (
        "tools/generate.py",
        "tools/words.py",
        *(f"schemas/{path.name}" for path in (ROOT / "schemas").iterdir()),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    changed = tmp_path / "schemas" / "report.schema.json"
    changed.write_text(json.dumps({**json.loads(changed.read_text("utf-8")), "title": "another"}), "utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "tools" / "generate.py", "--check"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "out of date: schemas/report.schema.json (run 'make generate')" in done.stderr
