"""One change between two versions, before the engine makes a finding of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from validator.document.location import Span
from validator.document.outcome import Problem

Kind = Literal[
    "section-removed",
    "statement-removed",
    "warning-removed",
    "warning-weakened",
    "dose-changed",
    "instruction-removed",
    "strength-changed",
    "frequency-changed",
    "contraindication-removed",
    "contraindication-added",
    "interaction-removed",
    "interaction-added",
    "side-effect-removed",
    "side-effect-added",
    "excipient-removed",
    "excipient-added",
    "storage-changed",
    "shelf-life-changed",
    "product-name-changed",
    "contact-changed",
    "text-removed",
    "text-added",
    "wording",
]


@dataclass(frozen=True, slots=True)
class Edit:
    """What changed: the name of its rule, the words before and after, and where they stand.

    `old` is the place in the older version, None for what is new. `new` is the place in the newer
    one; for what is gone it has no length and stands where the words would follow. `section` is the
    section in which it belongs, `values` fill the slots of the message.
    """

    kind: Kind
    problem: Problem
    case: str = ""
    old: Span | None = None
    new: Span | None = None
    section: str = ""
    before: str = ""
    after: str = ""
    values: tuple[tuple[str, str], ...] = ()
