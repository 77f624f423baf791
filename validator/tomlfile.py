"""TOML files written by people: read, validated, and every error with file, line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from validator.errors import ConfigurationError

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound="BaseModel")
Key = str | int  # an integer is the number of an entry of a list of tables, from 0


@dataclass(frozen=True, slots=True)
class TomlFile:
    """The values of a file (or of one table of it, `prefix`), and where they stand."""

    path: Path
    text: str
    data: Mapping[str, Any]
    prefix: str = ""

    def load(self, model: type[Model]) -> Model:
        """The values as a model; a ConfigurationError names file, line, key and what was expected."""
        from pydantic import ValidationError

        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise self.error(*_explain(error, model)) from None

    def error(self, keys: tuple[Key, ...], message: str) -> ConfigurationError:
        """An error about a key, ready to be raised."""
        name = ".".join(key for key in keys if isinstance(key, str))
        return ConfigurationError(f"{self.place(keys)}: {name}: {message}")

    def place(self, keys: tuple[Key, ...]) -> str:
        """File and line of a key."""
        line = self._line(keys)
        return f"{self.path}:{line}" if line else str(self.path)

    def _line(self, keys: tuple[Key, ...]) -> int:
        """The line of a key; tomllib keeps no places, so the text is searched table by table."""
        *tables, last = keys
        if isinstance(last, int):  # the header of that entry
            return self._line((*keys, ""))
        wanted = ".".join(part for part in (self.prefix, *tables) if isinstance(part, str) and part)
        number = next((key for key in tables if isinstance(key, int)), None)
        table, seen, header = "", -1, 0
        for line_number, line in enumerate(self.text.splitlines(), 1):
            if found := re.match(r"\s*\[+\s*([^]]+?)\s*\]", line):
                table = found[1]
                seen += table == wanted
                if number is not None and (table, seen) == (wanted, number):
                    header = line_number
                if last and number in (None, seen) and table == f"{wanted}.{last}".lstrip("."):
                    return line_number
            elif table == wanted and number in (None, seen):
                if last and re.match(rf"\s*[\"']?{re.escape(last)}[\"']?\s*=", line):
                    return line_number
        return header


def read_toml(path: Path, table: str = "") -> TomlFile:
    """A TOML file, or the table of that dotted name in it; a ConfigurationError if it cannot be read."""
    try:
        text = path.read_text("utf-8")
        data: Any = tomllib.loads(text)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: not valid TOML: the file is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}") from None
    for name in table.split(".") if table else ():
        data = data.get(name, {})
    return TomlFile(path, text, data, table)


def _explain(error: ValidationError, model: type[BaseModel]) -> tuple[tuple[Key, ...], str]:
    """The key of the first error, and what was expected there."""
    found = error.errors(include_url=False)
    # A misspelt key explains the one that is missing.
    first = next((each for each in found if each["type"] == "extra_forbidden"), found[0])
    keys: tuple[Key, ...] = tuple(first["loc"]) or ("tool", "leaflet")
    if first["type"] == "missing":
        return keys, "is required"
    if first["type"] == "extra_forbidden":
        known = _keys(model, keys[:-1])
        close = get_close_matches(str(keys[-1]), known, 1)
        hint = f"did you mean '{close[0]}'? " if close else ""
        return keys, f"unknown key; {hint}known keys are {', '.join(known)}"
    if keys[0] == "product" and len(keys) > 1:
        return keys[:2], "expected a text, a list of texts, true or false"
    expected = (
        first["msg"]
        .removeprefix("Input should be ")
        .removeprefix("Value error, ")
        .replace("String should have at least 1 character", "some words")
        .replace("String should match pattern", "a text of the form")
        .replace("dictionary", "table")
        .removesuffix(" or instance of Configuration")
    )
    if first["type"] == "value_error":
        return keys, expected
    inner = len(keys) > 1 and isinstance(keys[1], int) and len(keys) == 2
    return keys[:1] if inner else keys, f"expected {expected}, found {first['input']!r}"


def _keys(model: type[BaseModel], inside: tuple[Key, ...]) -> list[str]:
    """The keys that a table knows: those of the model, or of the records of one of its lists."""
    known = model.model_fields
    if inside:
        field = next(entry for name, entry in known.items() if (entry.alias or name) == inside[0])
        (record,) = field.annotation.__args__  # type: ignore[union-attr]
        known = record.model_fields
    return sorted(entry.alias or name for name, entry in known.items())
