"""`leaflet init`, `leaflet config show`, and the schema of the configuration file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields

import pytest
from jsonschema import Draft202012Validator

from validator.cli.init import TEMPLATE
from validator.configuration import Configuration, load_configuration
from validator.resources import schema


def in_force(text: str) -> str:
    """The file with every setting in force."""
    return re.sub(r'(?m)^#(?=[a-z"\[])', "", text)


def test_init_writes_a_file_in_which_nothing_is_in_force(leaflet, tmp_path):
    outcome = leaflet("init")
    assert (outcome.code, outcome.out) == (0, "written: leaflet.toml\n")
    assert load_configuration(tmp_path / "leaflet.toml") == Configuration()
    assert leaflet("init").error_lines == ["leaflet: error: leaflet.toml is there already: it stays as it is"]
    assert leaflet("init", "absent").code == 2


def test_init_shadows_no_configuration_that_is_there(leaflet, tmp_path):
    """leaflet.toml goes before pyproject.toml: what stands there would silently hold no more."""
    (tmp_path / "pyproject.toml").write_text('[tool.leaflet]\nmarket = "eu"\n', "utf-8")
    outcome = leaflet("init")
    assert outcome.code == 2
    assert "the configuration is in pyproject.toml: leaflet.toml would take its place" in outcome.err
    assert not (tmp_path / "leaflet.toml").exists()


def test_every_setting_of_that_file_holds_once_its_sign_is_gone(tmp_path):
    (tmp_path / "our-rules").mkdir()
    (tmp_path / "our-rules" / "sources.yaml").write_text(
        "sources:\n  house: {title: House, seen: text}\n", "utf-8"
    )
    path = tmp_path / "leaflet.toml"
    path.write_text(in_force(TEMPLATE), "utf-8")
    found = load_configuration(path)
    named = set(tomllib.loads(in_force(TEMPLATE)))
    assert named == {field.name.replace("_", "-") for field in fields(Configuration)}
    assert found.override[0].changes() == {
        "market": "tr",
        "ignore": ("consistency/brackets",),
        "product": {"route": "cutaneous"},
    }


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (in_force(TEMPLATE).replace("2030-12-31", '"2030-12-31"'), []),
        ('market = "eu"\nmarkt = "uk"\n', ["markt"]),
        ("jobs = 0\n", ["jobs"]),
        ('fail-on = "never ever"\n', ["fail-on"]),
        ('[[override]]\nmarket = "eu"\n', ["path"]),
    ],
)
def test_the_schema_says_the_same_as_the_program(text, wrong):
    errors = list(Draft202012Validator(schema("configuration")).iter_errors(tomllib.loads(text)))
    assert bool(errors) == bool(wrong)
    assert all(any(word in f"{error.json_path} {error.message}" for error in errors) for word in wrong)


def test_config_show_tells_where_each_value_comes_from(leaflet, tmp_path):
    (tmp_path / "leaflet.toml").write_text(
        'market = "eu"\nignore = ["style"]\n\n[product]\nroute = "oral"\n\n'
        '[[override]]\npath = "tr/*"\nmarket = "tr"\nignore = ["dose"]\n[override.product]\nroute = "cutaneous"\n'
        '[[override]]\npath = "uk/*"\nmarket = "uk"\n[override.product]\nroute = "nasal"\n',
        "utf-8",
    )
    general = leaflet("config", "show").out.splitlines()
    assert general[0] == "# leaflet.toml"
    assert 'market = "eu"  # leaflet.toml:1' in general
    assert 'product.route = "oral"  # leaflet.toml:5' in general
    assert 'fail-on = "error"  # default' in general
    assert "baseline = (not set)  # default" in general
    assert general[-5:] == [
        "'tr/*': market = \"tr\"  # leaflet.toml:9",
        "'tr/*': ignore = [\"dose\"]  # leaflet.toml:10",
        '\'tr/*\': product = {"route": "cutaneous"}  # leaflet.toml:11',
        "'uk/*': market = \"uk\"  # leaflet.toml:15",
        '\'uk/*\': product = {"route": "nasal"}  # leaflet.toml:16',
    ]
    applied = leaflet("config", "show", "tr/a.txt").out.splitlines()
    assert "market = \"tr\"  # leaflet.toml:9, for 'tr/*'" in applied
    assert "product.route = \"cutaneous\"  # leaflet.toml:11, for 'tr/*'" in applied
    assert 'ignore = ["style", "dose"]  # leaflet.toml:2, and leaflet.toml:10, for \'tr/*\'' in applied
    assert "'tr/*': market" not in "\n".join(applied)
    other = leaflet("config", "show", "de/a.txt").out.splitlines()
    assert 'market = "eu"  # leaflet.toml:1' in other


def test_config_show_without_a_file_and_in_a_pyproject(leaflet, tmp_path):
    outcome = leaflet("config", "show")
    assert outcome.out.splitlines()[:2] == [
        "# no leaflet.toml or pyproject.toml with [tool.leaflet]",
        'market = "auto"  # default',
    ]
    (tmp_path / "pyproject.toml").write_text('[tool.leaflet]\nlanguage = "de"\n', "utf-8")
    assert 'language = "de"  # pyproject.toml:2' in leaflet("config", "show").out
