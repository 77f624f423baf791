"""One change between two versions, before the engine makes a finding of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from validator.diff.topics import Topic
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


# The rule of what is gone, or has other words, and of what is new, by what the text is about.
LOST: Mapping[Topic, Kind] = {
    "contraindication": "contraindication-removed",
    "interaction": "interaction-removed",
    "warning": "warning-removed",
    "instruction": "instruction-removed",
    "effect": "side-effect-removed",
    "storage": "storage-changed",
    "composition": "text-removed",
    "excipient": "excipient-removed",
    "contact": "contact-changed",
    "text": "text-removed",
}
# The rule of words that changed places.
EXCHANGED: Mapping[Topic, Kind] = {
    "contraindication": "warning-weakened",
    "interaction": "warning-weakened",
    "warning": "warning-weakened",
    "instruction": "instruction-removed",
    "effect": "warning-weakened",
    "storage": "warning-weakened",
    "composition": "text-removed",
    "excipient": "text-removed",
    "contact": "text-removed",
    "text": "text-removed",
}
ADDED: Mapping[Topic, Kind] = {
    "contraindication": "contraindication-added",
    "interaction": "interaction-added",
    "effect": "side-effect-added",
    "excipient": "excipient-added",
    "storage": "storage-changed",
    "contact": "contact-changed",
}


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
