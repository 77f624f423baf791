"""What the pages show of commands and configuration is what the program accepts."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema.validators import Draft202012Validator

from tests.test_walks import DRAFT
from validator.__main__ import main
from validator.cli import leaflet as program

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "action.yml", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(sh|console|yaml|toml|json)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`(leaflet [a-z]+[^`\n]*)`")
_CALL = re.compile(r"(?:^|- run: |[$&;|{] )(leaflet [a-z].*)", re.MULTILINE)
_AFTER = re.compile(r"\s(?:\||\|\||&&|>|>>|<|#|2>&1)(?:\s.*)?$|;.*$")
_NAMES = re.compile(r"\b[A-Z]{3,}\b")  # FILE, PATH: what a reader puts in


def blocks(*languages: str) -> list[tuple[str, str]]:
    """Page and text of the code in these languages."""
    return [
        (page.name, text)
        for page in PAGES
        for language, text in _BLOCK.findall(page.read_text("utf-8"))
        if language in languages
    ]


def commands() -> list[str]:
    """Every command line of ours that a page shows."""
    code = [text for _, text in blocks("sh", "console", "yaml")]
    calls = [call for text in code for call in _CALL.findall(text)]
    calls += [span for page in PAGES for span in _SPAN.findall(page.read_text("utf-8"))]
    return sorted({_AFTER.sub("", call).strip() for call in calls})


@pytest.mark.parametrize("line", commands())
def test_a_command_is_understood(line: str) -> None:
    """All options exist and take such values; nothing is run."""
    command: click.Command = program
    context = click.Context(program, info_name="leaflet")
    words = shlex.split(line)[1:]
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        assert found is not None, f"there is no command '{words[0]}'"
        command, words = found, words[1:]
        context = click.Context(command, parent=context, info_name=words[0] if words else "")
    values, _, _ = command.make_parser(context).parse_args(words)
    for parameter in command.params:
        value = values.get(parameter.name or "")
        if isinstance(parameter, click.Option) and isinstance(value, str) and not _NAMES.search(value):
            parameter.type_cast_value(context, value)


def test_pages_show_many_commands() -> None:
    assert len(commands()) > 60


@pytest.mark.parametrize(("page", "text"), blocks("toml"))
def test_a_configuration_is_valid(page: str, text: str) -> None:
    schema = json.loads((ROOT / "schemas" / "configuration.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(json.dumps(tomllib.loads(text), default=str)))


REPORTS = blocks("json")


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in some JSON, but the counts of verdicts, whose keys are names."""
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            yield from () if (key, type(inner)) == ("requirements", dict) else _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


@pytest.mark.parametrize(("page", "text"), REPORTS)
def test_a_report_that_is_shown_is_valid_and_every_other_key_is_refused(page: str, text: str) -> None:
    checker = Draft202012Validator(json.loads((ROOT / "schemas" / "report.schema.json").read_text("utf-8")))
    shown = json.loads(text)
    checker.validate(shown)
    for place in _objects(shown):
        place["surprise"] = 1
        assert not checker.is_valid(shown), place
        del place["surprise"]


def test_the_report_that_is_shown_is_what_the_program_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1777636800")
    (tmp_path / "leaflets").mkdir()
    (tmp_path / "leaflets" / "velorin.txt").write_text(DRAFT, "utf-8")
    ((page, text),) = REPORTS
    (command,) = re.findall(
        r"^`leaflet (check .* --format json)` writes", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE
    )
    assert main(command.split()) == 0
    assert capsys.readouterr().out == text
