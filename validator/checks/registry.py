"""The check kinds: pure functions from a leaflet to an outcome, registered under a name.

A check knows text and facts. It knows no rule id, no severity and no prose: a requirement names
the kind and brings the messages, the market brings the severity.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from validator.document.leaflet import Leaflet
from validator.document.outcome import Outcome

if TYPE_CHECKING:
    from validator.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Task:
    """What a check needs beside the leaflet: its settings, the section it looks at, the wording."""

    params: Mapping[str, Any]
    section: str
    lexicon: Lexicon


Check = Callable[[Leaflet, Task], Outcome]
KINDS: dict[str, Check] = {}


def kind(name: str) -> Callable[[Check], Check]:
    """Register a check kind under its name."""

    def register(function: Check) -> Check:
        KINDS[name] = function
        return function

    return register
