"""Whether the same leaflet gets the same verdicts in every format.

A leaflet is composed in each market and language, complete and once more with parts left out, and written as
plain text, HTML, Markdown, Word, PDF and FHIR; every requirement must get the verdict that it gets in plain text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

from label_edits import html, markdown
from operators import base, text_of
from pool import each

from tests.docx_files import docx_of
from tests.formats import as_json, as_xml, fhir
from tests.pdf_files import Setting, pdf_of
from validator import engine
from validator.catalogue import languages, markets
from validator.outline.split import leaflets
from validator.readers import read
from validator.settings import Options

TITLE = "## Verdicts across formats"
_INTRODUCTION = """
The same leaflet, complete and with every fourth statement left out, in each format: how many verdicts on requirements
are not those of plain text. A PDF is set in fonts that hold the letters of Western Europe alone; “-” is not measured.
`residue/tracked-change` is left out: only some formats can have tracked changes.
"""
_APART = frozenset(("residue/tracked-change",))
_LEFT_OUT = 4  # one statement in so many

Pack = tuple[str, str]
Written = tuple[bytes, str]


def _pdf(text: str, language: str) -> Written | None:
    try:
        text.replace("▼", "").encode("cp1252")
    except UnicodeEncodeError:
        return None
    headings = frozenset(line for line in text.splitlines() if line[:1].isdigit() and line[1:3] == ". ")
    return pdf_of(text, Setting(headings=headings)), "leaflet.pdf"


FORMATS: Mapping[str, Callable[[str, str], Written | None]] = {
    "HTML": lambda text, language: html(text),
    "Markdown": lambda text, language: markdown(text),
    "Word": lambda text, language: (docx_of(text, automatic=True), "leaflet.docx"),
    "PDF": _pdf,
    "FHIR JSON": lambda text, language: (
        as_json(fhir(text, nested=False, language=language)),
        "leaflet.json",
    ),
    "FHIR XML": lambda text, language: (as_xml(fhir(text, nested=True, language=language)), "leaflet.xml"),
}


@dataclass
class Score:
    """Verdicts compared and those that differ, with the rules; `read` is False where the format cannot be had."""

    compared: int = 0
    other: int = 0
    rules: list[str] = field(default_factory=list)
    read: bool = False


def verdicts(data: bytes, name: str, pack: Pack) -> dict[str, str]:
    """The verdict on each requirement; one entry alone where the file is not one leaflet."""
    market, language = pack
    found = leaflets(read(data, name=name), market=market, language=language)
    if len(found) != 1:
        return {"document": f"{len(found)} leaflets"}
    document = engine.judge(found[0], path=name, sha256="", options=Options())
    return {judgement.rule: judgement.verdict for judgement in document.requirements}


def texts(pack: Pack) -> Iterator[str]:
    """The leaflet, and the leaflet with statements left out."""
    pieces = base(*pack).pieces
    yield text_of(pieces)
    statements = [piece for piece in pieces if piece.rule.startswith("statement/")]
    gone = {id(piece) for piece in statements[::_LEFT_OUT]}
    yield text_of(tuple(piece for piece in pieces if id(piece) not in gone))


def measure(pack: Pack) -> dict[str, Score]:
    """By format, how many verdicts differ from those of plain text."""
    scores = {name: Score() for name in FORMATS}
    for text in texts(pack):
        wanted = verdicts(text.encode(), "leaflet.txt", pack)
        for name, write in FORMATS.items():
            if (file := write(text, pack[1])) is None:
                continue
            given, score = verdicts(*file, pack), scores[name]
            other = [rule for rule in wanted if rule not in _APART and given.get(rule) != wanted[rule]]
            score.read = True
            score.compared += len(wanted)
            score.other += len(other)
            score.rules += other
    return scores


def part(asked: Sequence[str] = ()) -> str:
    """The part of `docs/quality.md`."""
    packs = [(m, code) for m in markets() for code in languages(m) if not asked or code in asked]
    scores = dict(each("formats", measure, packs))
    lines = [TITLE, _INTRODUCTION, f"| market, language | {' | '.join(FORMATS)} | which |"]
    lines.append("|---|" + "---|" * (len(FORMATS) + 1))
    for (market, language), by_format in scores.items():
        cells = [str(score.other) if score.read else "-" for score in by_format.values()]
        which = sorted({rule for score in by_format.values() for rule in score.rules})
        lines.append(f"| {market}, {language} | {' | '.join(cells)} | {', '.join(which)} |")
    told = [score for by_format in scores.values() for score in by_format.values()]
    compared, other = sum(score.compared for score in told), sum(score.other for score in told)
    lines.append("")
    lines.append(
        f"Of {compared} verdicts {compared - other} ({1 - other / max(1, compared):.3%}) are the same."
    )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    print(part(sys.argv[1:]))
