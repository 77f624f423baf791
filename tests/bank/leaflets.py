"""The entries of the bank, and the smallest leaflets in which they are judged.

An entry's text holds `{right|wrong}`: taken left it is right and must raise nothing, taken right it is
wrong and must raise `rule` at the words `wrong`. `tuned` was at hand while law and code were written;
`looked-at` was written before, run once, and then used too; `held-out` was written after that, `blind` after
all of it, also in languages that the others lack, and after their first run only words of languages and
what their misses showed to be missing in general were added. `independent` was written by people who had
not seen the code; so was `untouched`, of which only two alarms were used, no miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.compose import NAME
from tests.leaflets import judged
from validator.plan import plan
from validator.statements import paste

FOLDER = Path(__file__).parent
PARTS = ("tuned", "looked-at", "held-out", "blind", "blind-2", "blind-3", "independent", "untouched")
_CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


@dataclass(frozen=True)
class Entry:
    """A text with the finding that must come: `rule` and the words `evidence`, both "" where none must."""

    language: str
    text: str
    rule: str
    evidence: str
    declares: str = ""
    form: str = ""


def entries(family: str, part: str) -> Iterator[Entry]:
    """All entries of a family ("doses", "frequencies") and part."""
    for path in sorted((FOLDER / family).glob("*.yaml")):
        for written in _parts(path).get(part, ()):
            yield from _both(family, path.stem, written)


@cache
def _parts(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))


def _both(family: str, language: str, written: dict[str, Any]) -> Iterator[Entry]:
    text, product = written["text"], (written.get("declares", ""), written.get("form", ""))
    if family == "frequencies":
        rule = f"frequency/{written.get('rule', 'numbers')}"
        if written.get("effects", True):
            text = "\n".join(f"{line}\n• Velopathia {at}" for at, line in enumerate(text.splitlines(), 1))
    else:
        rule = f"dose/{written.get('rule', '')}"
    yield Entry(language, _CHOICE.sub(r"\1", text), "", "", *product)
    if _CHOICE.search(text):
        yield Entry(language, _CHOICE.sub(r"\2", text), rule, written.get("wrong", ""), *product)


def leaflet(entry: Entry, section: str) -> str:
    """A leaflet of headings alone, with the entry under one of them."""
    market = "tr" if entry.language == "tr" else "eu"
    pack = plan(market, entry.language).lexicon
    form = entry.form or pack.grammar.data.units["tablet"][0]
    name = f"{NAME} {entry.declares} {form}" if entry.declares else NAME
    pieces = [paste(pack.pack.title.text, NAME, oral=True), name]
    for wanted in pack.profile.sections:
        pieces += [_heading(pack.heading_text(wanted.id)), entry.text if wanted.id == section else "…"]
    return "\n\n".join(pieces) + "\n"


def _heading(notation: str) -> str:
    return re.sub(
        r"\{([^{}]*)\}", lambda slot: NAME if slot[1] == "X" else slot[1], paste(notation, NAME, oral=True)
    )


def found(entry: Entry, section: str, family: str) -> list[tuple[str, str]]:
    """The findings of a family of rules on an entry, as (rule, evidence)."""
    market = "tr" if entry.language == "tr" else "eu"
    document = judged(leaflet(entry, section), market=market, language=entry.language, select=(family,))
    return [(finding.rule, finding.evidence) for finding in document.findings]
