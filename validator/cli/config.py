"""`leaflet config show`: what is set for a run, and where each value comes from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from validator.cli.options import configuration_path, configured
from validator.errors import EXIT_CLEAN

if TYPE_CHECKING:
    from validator.configuration import Configuration
    from validator.tomlfile import TomlFile

# What holds where nothing is set; None: there is none.
_DEFAULTS: dict[str, Any] = {
    "market": "auto",
    "language": "auto",
    "format": "text",
    "fail-on": "error",
    "jobs": 1,
    "revisions": "accepted",
}
_TABLES = ("severity", "product", "limits")
_PATHS = ("law", "baseline", "cache")  # told as seen from here
_Line = tuple[str, Any, str]  # the key, its value, and where it is set


@click.group("config", short_help="Show what is configured.")
def command() -> None:
    """About the configuration: leaflet.toml, or the table [tool.leaflet] of a pyproject.toml."""


@command.command("show", short_help="Show each value and where it comes from.")
@click.argument("path", metavar="[FILE]", required=False)
@configured
@click.pass_obj
def show(config: Configuration, /, path: str | None) -> int:
    """Show every key with its value and where that is set: file and line, or the default.

    With FILE, a leaflet, the overrides that fit it are taken into account. Options of the command line
    win over all of them.
    """
    from validator.configuration import configuration_file
    from validator.reports.terminal import safe
    from validator.settings import seen_from

    found = configuration_path()
    near = Path(seen_from(str(found), os.curdir)) if found else None  # no path of one machine alone
    source = replace(configuration_file(found), path=near) if found and near else None
    click.echo(safe(f"# {near}" if near else "# no leaflet.toml or pyproject.toml with [tool.leaflet]"))
    lines = {key: (value, at) for key, value, at in _general(config, source)}
    for number, override in enumerate(config.override if found else ()):
        if path is not None and not _fits(path, override.path, found):
            continue
        for key, value in override.given().items():
            at = source.place(("override", number, key)) if source else ""
            _lay(lines, key, value, override.path, at, path is not None)
    for key, (value, at) in lines.items():
        click.echo(safe(f"{key} = {_toml(value)}  # {at}"))
    return EXIT_CLEAN


def _general(config: Configuration, source: TomlFile | None) -> Iterator[_Line]:
    """Every key of the file, but the lists of tables."""
    from validator.settings import seen_from

    for entry in fields(config):
        key, value = entry.name.replace("_", "-"), getattr(config, entry.name)
        if key in ("waiver", "override"):
            continue
        given = source is not None and key in source.data
        if key in _TABLES:
            for name, inner in value.items():
                yield f"{key}.{_name(name)}", inner, source.place((key, name)) if source else ""
        elif given and source:
            yield key, seen_from(value, os.curdir) if key in _PATHS else value, source.place((key,))
        else:
            yield key, _DEFAULTS.get(key, value), "default"


def _lay(lines: dict[str, tuple[Any, str]], key: str, value: Any, files: str, at: str, applied: bool) -> None:
    """Lay a value of an override over what holds; without a file the override is listed by itself."""
    where = f"{at}, for '{files}'"
    if not applied:
        lines[f"'{files}': {key}"] = (value, at)
    elif key in _TABLES:
        lines.update({f"{key}.{_name(name)}": (entry, where) for name, entry in value.items()})
    elif key == "ignore":
        before, was = lines[key]
        lines[key] = ([*before, *value], f"{was}, and {where}")
    else:
        lines[key] = (value, where)


def _fits(path: str, pattern: str, file: Path | None) -> bool:
    from fnmatch import fnmatchcase

    from validator.settings import seen_from

    return file is not None and fnmatchcase(seen_from(path, str(file.parent)), pattern)


def _name(key: str) -> str:
    return key if key.replace("-", "").isalnum() else json.dumps(key)


def _toml(value: Any) -> str:
    """A value as TOML writes it; "not set" is told in words."""
    return "(not set)" if value is None else json.dumps(value, ensure_ascii=False)
