"""A waiver as people write it: which finding, why, who, until when."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

if TYPE_CHECKING:
    from validator.report import Place

_PART = re.compile(r"(?:before )?(page|line|paragraph) (\d+)|lines (\d+)-(\d+)|([a-z]+(?:-[a-z]+)*)")


class Waiver(BaseModel):
    """One `[[waiver]]`: a person accepts the findings of a rule, all of them or those at a place.

    `path` is a pattern, relative to the configuration file; `place` is a section ("storage") or a
    place as the text report writes it ("line 7", "page 2, line 7", "paragraph 14"); `until` is the
    last day on which it holds.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, str_strip_whitespace=True, defer_build=True
    )

    rule: str
    path: str | None = None
    place: str | None = None
    fingerprint: str | None = Field(default=None, pattern="^[0-9a-f]{16}$")
    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    date: Date | None = None
    until: Date | None = None

    @field_validator("place")
    @classmethod
    def _readable(cls, value: str) -> str:
        if not all(_PART.fullmatch(part) for part in value.split(", ")):
            known = "'storage' (a section), 'line 7', 'page 2, line 7' or 'paragraph 14'"
            raise ValueError(f"expected a place such as {known}, found {value!r}")
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Waiver:
        if self.date and self.until and self.until < self.date:
            raise ValueError("until lies before date")
        return self

    def stands_at(self, place: Place) -> bool:
        """Whether a finding at this place is meant."""
        return self.place is None or all(_holds(part, place) for part in self.place.split(", "))


class Waivers(BaseModel):
    """`<leaflet>.waivers.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    waiver: list[Waiver] = []


def _holds(part: str, at: Place) -> bool:
    match = _PART.fullmatch(part)
    assert match  # `_readable` has seen to it
    kind, number, first, last, section = match.groups()
    if section:
        return at.section == section
    if first:
        return (at.line, at.end_line) == (int(first), int(last))
    if kind == "line":
        return at.line is not None and at.line <= int(number) <= (at.end_line or at.line)
    return bool(getattr(at, kind) == int(number))
