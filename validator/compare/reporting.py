"""The national system to which side effects are reported: that of the target's country."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.compare.data import System, comparison
from validator.compare.pair import Pair
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met

_HOST = re.compile(r"(?:https?://|www\.|@)?(?:[\w-]+\.){1,4}[a-z]{2,3}(?![\w-])", re.IGNORECASE)
_DOTTED = re.compile(r"\w\.\w")


def compare(pair: Pair) -> Outcome:
    """No address in the translation is that of another country's reporting system."""
    hits = list(_hits(pair))
    return Outcome(tuple(hits)) if hits else met("own-system")


def _hits(pair: Pair) -> Iterator[Hit]:
    language = pair.target.language.value
    own = ", ".join(system.country for system in comparison().systems if language in system.languages)
    for index, block in enumerate(pair.target.blocks):
        if not _DOTTED.search(block.text):
            continue
        for match in _HOST.finditer(block.text):
            named = system(match.group().lower())
            if named and language not in named.languages:
                stands = pair.target.section_at(index)
                yield Hit(
                    "leftover",
                    "",
                    Span(index, match.start(), match.end()),
                    stands.id if stands else "",
                    match.group(),
                    values={"country": named.country, "own": own},
                )


def system(address: str) -> System | None:
    """The reporting system that an address without capitals leads to, or a page of it."""
    for known in comparison().systems:
        if any(
            address == host or address.endswith((f".{host}", f"/{host}", f"@{host}")) for host in known.hosts
        ):
            return known
    return None
