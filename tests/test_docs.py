"""What the pages show of commands and configuration is what the program accepts."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
from jsonschema.validators import Draft202012Validator

from validator.cli import leaflet as program

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "action.yml", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(sh|console|yaml|toml)\n(.*?)^```", re.DOTALL | re.MULTILINE)
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
