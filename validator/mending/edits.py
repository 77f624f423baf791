"""A fix as edits of a leaflet's blocks, whatever the format of its file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters `start` to `end` of a block give way to `text`."""

    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A new paragraph; it is set like the block `like` (None: like plain text)."""

    text: str
    like: int | None = None


@dataclass(frozen=True, slots=True)
class Insertion:
    """New paragraphs before or after a block. `order` tells which come first at the same place."""

    block: int
    before: bool
    lines: tuple[Line, ...]
    order: int = 0


@dataclass(frozen=True, slots=True)
class Mend:
    """The fix of one finding, by rule and fingerprint; `done` says in plain words what it does."""

    rule: str
    fingerprint: str
    done: str
    edits: tuple[Edit, ...] = ()
    insertion: Insertion | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A finding that is left to a person, by rule and fingerprint, and why."""

    rule: str
    fingerprint: str
    problem: str
    why: str
