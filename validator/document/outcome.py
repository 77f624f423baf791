"""What a check found: hits without rule id, severity or prose; the engine adds those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from validator.document.location import Span

Problem = Literal[
    "missing",
    "altered",
    "misplaced",
    "out-of-order",
    "duplicate",
    "empty",
    "inconsistent",
    "unresolved",
    "leftover",
    "outdated",
    "unreadable",
]
Verdict = Literal["met", "gap", "review", "not-applicable"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that is not as required.

    `case` picks the requirement's message (by default the one for `problem`); `values` fill its
    slots. `span` is None for what is missing: the engine then anchors it where `section` says it
    belongs. `review` marks what only a person can judge: it never becomes an error. `advice`
    lowers a deviation that changes no meaning. `cause` names the requirement that explains it.
    `others` are further places of the same, told with it as one. In a comparison `beside` is the place
    in the other leaflet, and `beside_text` are its words. `remark` is a sentence put behind the message.
    """

    problem: Problem
    case: str = ""
    span: Span | None = None
    section: str = ""
    evidence: str = ""
    expected: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    review: bool = False
    advice: bool = False
    cause: str = ""
    others: tuple[Span, ...] = ()
    beside: Span | None = None
    beside_text: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of a check: its hits, or what held (`at`, `note`), or why it does not apply.

    `note` is a key of `engine.NOTES`, filled with `values`; it becomes the reason of the verdict.
    """

    hits: tuple[Hit, ...] = ()
    verdict: Verdict = "met"
    note: str = ""
    at: Span | None = None
    values: Mapping[str, str] = field(default_factory=dict)


def not_applicable(note: str, **values: str) -> Outcome:
    """The outcome of a requirement whose condition the leaflet does not fulfil."""
    return Outcome(verdict="not-applicable", note=note, values=values)


def met(note: str = "", at: Span | None = None, **values: str) -> Outcome:
    """The outcome of a requirement that holds; `at` is where."""
    return Outcome(verdict="met", note=note, at=at, values=values)
