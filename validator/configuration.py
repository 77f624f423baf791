"""The configuration file: `leaflet.toml`, or the table `[tool.leaflet]` of a `pyproject.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from validator.document.blocks import Revisions
from validator.errors import ConfigurationError, UsageError
from validator.records import Severity
from validator.resources import house_rules
from validator.settings import (
    FailOn,
    require_fact,
    require_id,
    require_language,
    require_law,
    require_market,
    require_rule,
    require_template,
)

_FILE = "leaflet.toml"
_TABLES = ("product", "severity")


class Configuration(BaseModel):
    """The keys of `leaflet.toml` and of `[tool.leaflet]`; what is not set stays None or empty."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, alias_generator=lambda name: name.replace("_", "-")
    )

    market: str | None = None
    language: str | None = None
    template: str | None = None
    law: str | None = None
    format: str | None = None
    fail_on: FailOn | None = None
    select: list[str] = []
    ignore: list[str] = []
    revisions: Revisions | None = None
    archives: bool = False
    jobs: int | None = Field(default=None, ge=1)
    product: dict[str, str | bool | list[str]] = {}
    severity: dict[str, Severity] = {}

    def facts(self) -> dict[str, str]:
        """The facts of `[product]` as the engine takes them: words, several joined by commas."""
        return {key: _word(value) for key, value in self.product.items()}


def _word(value: str | bool | list[str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else ",".join(value)


def find_configuration(folder: Path) -> Path | None:
    """The nearest configuration file, upwards from a folder."""
    for place in (folder, *folder.parents):
        if (place / _FILE).is_file():
            return place / _FILE
        project = place / "pyproject.toml"
        if project.is_file() and b"tool.leaflet" in project.read_bytes():
            return project
    return None


def load_configuration(path: Path) -> Configuration:
    """Read a configuration file; a ConfigurationError names file, line, key and what was expected."""
    try:
        text = path.read_text("utf-8")
        data: dict[str, Any] = tomllib.loads(text)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: not valid TOML: the file is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}") from None
    prefix = ""
    if path.name == "pyproject.toml":
        data, prefix = data.get("tool", {}).get("leaflet", {}), "tool.leaflet"
    place = _Place(path, text, prefix)
    try:
        configuration = Configuration.model_validate(data)
    except ValidationError as error:
        raise place.error(*_explain(error)) from None
    if configuration.law is not None:  # a folder beside the file
        configuration = configuration.model_copy(update={"law": str(path.parent / configuration.law)})
    _verify(configuration, place)
    return configuration


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a configuration stands, for messages about its keys."""

    path: Path
    text: str
    prefix: str

    def error(self, keys: tuple[str, ...], message: str) -> ConfigurationError:
        line = self._line(keys)
        where = f"{self.path}:{line}" if line else str(self.path)
        return ConfigurationError(f"{where}: {'.'.join(keys)}: {message}")

    def _line(self, keys: tuple[str, ...]) -> int:
        """The line of a key; tomllib keeps no places, so the text is searched table by table."""
        wanted = ".".join(part for part in (self.prefix, *keys[:-1]) if part)
        table = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            if header := re.match(r"\s*\[+\s*([^]]+?)\s*\]", line):
                table = header[1]
                if table == f"{wanted}.{keys[-1]}".lstrip("."):
                    return number
            elif table == wanted and re.match(rf"\s*[\"']?{re.escape(keys[-1])}[\"']?\s*=", line):
                return number
        return 0


def _explain(error: ValidationError) -> tuple[tuple[str, ...], str]:
    """The key of the first error, and what was expected there."""
    first = error.errors(include_url=False)[0]
    loc = [str(part) for part in first["loc"]] or ["tool", "leaflet"]
    keys = tuple(loc[: 2 if loc[0] in (*_TABLES, "tool") else 1])
    if first["type"] == "extra_forbidden":
        known = sorted(entry.alias or name for name, entry in Configuration.model_fields.items())
        close = get_close_matches(keys[0], known, 1)
        hint = f"did you mean '{close[0]}'? " if close else ""
        return keys, f"unknown key; {hint}known keys are {', '.join(known)}"
    if keys[0] == "product" and len(keys) > 1:
        return keys, "expected a text, a list of texts, true or false"
    expected = (
        first["msg"]
        .removeprefix("Input should be ")
        .replace("dictionary", "table")
        .removesuffix(" or instance of Configuration")
    )
    return keys, f"expected {expected}, found {first['input']!r}"


def _verify(configuration: Configuration, place: _Place) -> None:
    """Check the names in a configuration against the law."""
    names: list[tuple[tuple[str, ...], Callable[[str], None], str | None]] = [
        (("market",), require_market, configuration.market),
        (("language",), require_language, configuration.language),
        (("template",), require_template, configuration.template),
        *((("select",), require_rule, rule) for rule in configuration.select),
        *((("ignore",), require_rule, rule) for rule in configuration.ignore),
        *((("severity", rule), require_id, rule) for rule in configuration.severity),
        *((("product", fact), require_fact, fact) for fact in configuration.product),
    ]
    _check(place, ("law",), require_law, configuration.law)
    with house_rules(configuration.law or ""):
        for keys, require, value in names:
            _check(place, keys, require, value)


def _check(place: _Place, keys: tuple[str, ...], require: Callable[[str], None], value: str | None) -> None:
    if value is None:
        return
    try:
        require(value)
    except UsageError as error:
        raise place.error(keys, str(error)) from None
