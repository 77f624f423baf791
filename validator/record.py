"""Immutable records that pydantic can validate without being loaded where nothing is to be validated.

What we wrote ourselves (reports) and what was validated before (law, see `lawcache`) needs no validator,
and loading one would take a third of a run over one leaflet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, dataclass_transform

Class = TypeVar("Class")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(made: type[Class]) -> type[Class]:
    """A frozen dataclass of keywords; an unknown key is an error when values are validated."""
    # A class may say more, such as other names of its keys.
    made.__pydantic_config__ = {"extra": "forbid", **vars(made).get("__pydantic_config__", {})}  # type: ignore[attr-defined]
    return dataclass(frozen=True, kw_only=True)(made)


class Matching:
    """Marks a text, by `Annotated`, that must match a pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        return {**handler(source), "pattern": self.pattern}


class AtLeast:
    """Marks a number, by `Annotated`, that must not be smaller."""

    def __init__(self, least: int) -> None:
        self.least = least

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        return {**handler(source), "ge": self.least}


class NotEmpty:
    """Marks a tuple, by `Annotated`, that must hold something."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        return {**handler(source), "min_length": 1}


class Apart:
    """Marks a field, by `Annotated`, that is neither validated nor a part of the JSON Schema."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        return {"type": "any"}

    def __get_pydantic_json_schema__(self, schema: Any, handler: Callable[[Any], Any]) -> Any:
        from pydantic_core import PydanticOmit

        raise PydanticOmit


def given(value: Any) -> dict[str, Any]:
    """What a record says beside its defaults, as plain JSON values."""
    return {
        entry.name: plain(getattr(value, entry.name))
        for entry in fields(value)
        if getattr(value, entry.name) not in (entry.default, {} if callable(entry.default_factory) else ...)
    }


def plain(value: Any) -> Any:
    """A record as plain JSON values."""
    if isinstance(value, (str, int)) or value is None:
        return value
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(entry) for entry in value]
    names = _names(value.__class__)
    return {name: plain(getattr(value, name)) for name in names} if names else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a class of records; none of any other class."""
    return tuple(entry.name for entry in fields(kind)) if is_dataclass(kind) else ()
