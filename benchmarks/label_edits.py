"""Seeded label edits and harmless re-formatting: what `leaflet diff` finds, misses and raises wrongly.

The edits stand in `label_edits/<language>.yaml`, made on leaflets of our own; the controls are made here.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from pool import each

from tests.compose import compose
from tests.compose import text_of as compose_text
from tests.docx_files import docx_of
from tests.formats import as_json, as_xml, chapters, fhir, narrative
from validator.diff.revision import Version, compare
from validator.document.leaflet import Leaflet
from validator.outline.split import leaflets
from validator.readers import read
from validator.report import Document
from validator.settings import Options

FOLDER = Path(__file__).resolve().parent / "label_edits"
_SECTION = "SECTION "
_COMPOSED = "composed"
# What `insert` says in real words.
_FILLED = frozenset(
    f"statement/{name}"
    for name in ("active-substance", "excipients", "overdose", "stopping", "driving", "appearance-and-pack")
)
# The rules of which one must report an edit of a kind, without their family.
RULES: dict[str, tuple[str, ...]] = {
    "drop contraindication": ("contraindication-removed",),
    "other disease in contraindication": ("contraindication-removed",),
    "other organ in contraindication": ("contraindication-removed",),
    "condition on contraindication": ("warning-weakened",),
    "new contraindication": ("contraindication-added",),
    "drop warning": ("warning-removed",),
    "drop part of warning": ("warning-removed",),
    "must to should": ("warning-weakened",),
    "do not to should not": ("warning-weakened",),
    "do not to avoid": ("warning-weakened",),
    "drop negation": ("warning-weakened",),
    "condition on warning": ("warning-weakened",),
    "drop urgency": ("warning-weakened",),
    "age limit in warning": ("warning-weakened",),
    "drop interaction from list": ("interaction-removed",),
    "other interaction": ("interaction-removed",),
    "new interaction": ("interaction-added",),
    "drop interaction sentence": ("interaction-removed",),
    "amount of dose": ("dose-changed",),
    "unit of dose": ("dose-changed",),
    "intakes a day": ("dose-changed",),
    "maximum dose": ("dose-changed",),
    "number of tablets in words": ("dose-changed",),
    "drop dose": ("dose-changed",),
    "weight band": ("dose-changed",),
    "duration of treatment": ("dose-changed",),
    "drop instruction": ("instruction-removed",),
    "drop advice on overdose": ("instruction-removed", "statement-removed"),
    "drop side effect": ("side-effect-removed",),
    "new side effect": ("side-effect-added",),
    "side effect in another category": ("frequency-changed",),
    "figures of a category": ("frequency-changed",),
    "drop warning among side effects": ("warning-removed", "side-effect-removed"),
    "drop excipient": ("excipient-removed",),
    "new excipient": ("excipient-added",),
    "drop warning on excipient": ("warning-removed",),
    "strength": ("strength-changed",),
    "storage temperature": ("storage-changed",),
    "drop storage condition": ("storage-changed",),
    "shelf life after opening": ("shelf-life-changed",),
    "address of the holder": ("contact-changed",),
    "telephone number": ("contact-changed",),
    "address of the site": ("contact-changed",),
    "drop required statement": ("statement-removed",),
    "drop advice on a missed dose": ("statement-removed",),
    "drop additional monitoring": ("warning-removed",),
    "drop section": ("section-removed",),
    "drop use of the medicine": ("text-removed",),
}
Control = Callable[[str], tuple[bytes, str]]


@dataclass
class Score:
    """Edits made and found; edits of wording and re-formattings, with those that raise more than advice."""

    made: int = 0
    found: int = 0
    worded: int = 0
    formatted: int = 0
    missed: list[str] = field(default_factory=list)
    over_worded: list[str] = field(default_factory=list)
    over_formatted: list[str] = field(default_factory=list)


def text_of(data: dict[str, Any], language: str) -> str:
    """The older version: a leaflet of the fixtures, or the template's own text, with more lines in it."""
    if data["leaflet"] == _COMPOSED:
        text = "\n" + _composed(data["market"], language)
    else:
        text = "\n" + (ROOT / "fixtures" / "leaflets" / data["leaflet"] / "input.txt").read_text("utf-8")
    for start, lines in data["insert"].items():
        at = text.rfind(f"\n{start}")  # the first one may be that of the list of contents
        if at < 0:
            raise ValueError(f"no line begins with {start!r}")
        end = text.index("\n", at + 1)
        if data["leaflet"] == _COMPOSED:  # blank lines as the template's own text has them
            lines = [line if line.startswith("•") else f"\n{line}\n" for line in lines]
        text = "\n".join([text[:end], *lines]) + text[end:]
    return text[1:]


def _composed(market: str, language: str) -> str:
    """The sentences of the template in their sections, without those of which the product fills the most."""
    pieces = [piece for piece in compose(market, language) if piece.rule not in _FILLED]
    title = next(piece for piece in pieces if not piece.rule)
    return compose_text(
        replace(piece, text=f"• {piece.text}") if piece.rule == "statement/allergy" else piece
        for piece in pieces
        if piece.rule or piece is title
    )


def edited(text: str, edit: Sequence[str]) -> str:
    """The newer version after one edit: pairs of words before and after."""
    for before, after in zip(edit[::2], edit[1::2], strict=True):
        if before.startswith(_SECTION):
            text = _without_section(text, before.removeprefix(_SECTION))
            continue
        if text.count(before) != 1:
            raise ValueError(f"{before!r} stands {text.count(before)} times")
        text = text.replace(before, after)
    return re.sub(r"\n{3,}", "\n\n", text)


def _without_section(text: str, key: str) -> str:
    leaflet = opened(text.encode(), "old.txt")
    section = leaflet.section(key)
    if section is None:
        raise ValueError(f"no section {key}")
    lines = text.split("\n")
    first = leaflet.blocks[section.first].place().line or 1
    last = leaflet.blocks[section.stop].place().line if section.stop < len(leaflet.blocks) else len(lines) + 1
    return "\n".join([*lines[: first - 1], *lines[(last or 1) - 1 :]])


def opened(data: bytes, name: str, market: str = "auto", language: str = "auto") -> Leaflet:
    """The only leaflet of a file."""
    (leaflet,) = leaflets(read(data, name=name), market=market, language=language)
    return leaflet


def compared(old: bytes, new: bytes, data: dict[str, Any], language: str, name: str = "new.txt") -> Document:
    """What `leaflet diff` says of two versions."""
    older, newer = (
        Version(opened(bytes_, file, data["market"], language), file, "")
        for bytes_, file in ((old, "old.txt"), (new, name))
    )
    return compare(older, newer, Options())


def rewrapped(text: str) -> tuple[bytes, str]:
    """Paragraphs of more than one sentence cut into lines of other lengths."""
    lines = [
        "\n".join(textwrap.wrap(line, 60)) if len(line) > 60 and not line.startswith("•") else line
        for line in text.split("\n")
    ]
    return "\n".join(lines).encode(), "new.txt"


def renumbered(text: str) -> tuple[bytes, str]:
    """Bullets become letters or numbers."""
    found, number = [], 0
    for line in text.split("\n"):
        number = number + 1 if line.startswith("• ") else 0
        found.append(f"{number}) {line[2:]}" if number else line)
    return "\n".join(found).encode(), "new.txt"


def dashed(text: str) -> tuple[bytes, str]:
    """Bullets become dashes."""
    return text.replace("• ", "- ").encode(), "new.txt"


def typographic(text: str) -> tuple[bytes, str]:
    """Protected blanks, other quotes and hyphens."""
    swapped = text.replace("'", "’").replace("“", "«").replace("”", "»").replace("-", "\u2011")
    return re.sub(r"(?<=\d) (?=\D)", "\u00a0", swapped).encode(), "new.txt"


def capitals(text: str) -> tuple[bytes, str]:
    """Main headings in capitals."""
    heads = [chapter.title for chapter in chapters(text) if chapter.title]
    for head in heads:
        text = text.replace(f"\n{head}\n", f"\n{head.upper()}\n")
    return text.encode(), "new.txt"


def html(text: str) -> tuple[bytes, str]:
    """The leaflet as a page."""
    parts = [
        (f"<h2>{chapter.title}</h2>" if chapter.title else "") + narrative(chapter.lines)
        for chapter in chapters(text)
    ]
    return f"<html><body>{''.join(parts)}</body></html>".encode(), "new.html"


def markdown(text: str) -> tuple[bytes, str]:
    """The leaflet in Markdown."""
    parts = []
    for chapter in chapters(text):
        parts += [f"## {chapter.title}"] if chapter.title else []
        parts += [re.sub(r"^• ", "* ", line) for line in chapter.lines]
    return "\n\n".join(parts).encode(), "new.md"


CONTROLS: dict[str, Control] = {
    "unchanged": lambda text: (text.encode(), "new.txt"),
    "re-wrapped": rewrapped,
    "bullets to numbers": renumbered,
    "bullets to dashes": dashed,
    "other signs": typographic,
    "headings in capitals": capitals,
    "text to HTML": html,
    "text to Markdown": markdown,
    "text to Word": lambda text: (docx_of(text), "new.docx"),
    "text to FHIR JSON": lambda text: (as_json(fhir(text, nested=False)), "new.json"),
    "text to FHIR XML": lambda text: (as_xml(fhir(text, nested=True)), "new.xml"),
}


def measure(language: str) -> tuple[Score, dict[str, list[int]]]:
    """All edits and controls in one language; with those made and found by kind."""
    by_kind: dict[str, list[int]] = {}
    data = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    text = text_of(data, language)
    old = text.encode()
    score = Score()
    for kind, edit in data["edits"].items():
        document = compared(old, edited(text, edit).encode(), data, language)
        told = {finding.rule.split("/")[1] for finding in document.findings}
        hit = not told.isdisjoint(RULES[kind])
        score.made += 1
        score.found += hit
        counts = by_kind.setdefault(kind, [0, 0])
        counts[0] += 1
        counts[1] += hit
        if not hit:
            score.missed.append(f"{kind} ({', '.join(sorted(told)) or 'nothing'})")
    for edit in data["wording"]:
        score.worded += 1
        if raised := _raised(compared(old, edited(text, edit).encode(), data, language)):
            score.over_worded.append(f"“{edit[1]}”: {raised}")
    for name, control in CONTROLS.items():
        score.formatted += 1
        new, file = control(text)
        if raised := _raised(compared(old, new, data, language, file)):
            score.over_formatted.append(f"{name}: {raised}")
    return score, by_kind


def _raised(document: Document) -> str:
    """The rules that are raised above advice."""
    return ", ".join(sorted({each.rule for each in document.findings if each.severity != "advice"}))


def languages() -> list[str]:
    """The languages that have edits."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def tables(asked: Sequence[str] = ()) -> Iterator[str]:
    """The figures in Markdown."""
    by_kind: dict[str, list[int]] = {}
    scores: dict[str, Score] = {}
    codes = [code for code in languages() if not asked or code in asked]
    for code, (measured, counted) in each("label edits", measure, codes):
        scores[code] = measured
        for kind, (tried, hits) in counted.items():
            counts = by_kind.setdefault(kind, [0, 0])
            counts[0] += tried
            counts[1] += hits
    yield "| language | edits | found | re-formattings | above advice | edits of wording | above advice | which |"
    yield "|---|---|---|---|---|---|---|---|"
    for code, score in scores.items():
        notes = "; ".join([*score.missed, *score.over_formatted, *score.over_worded])
        yield (
            f"| {code} | {score.made} | {score.found / score.made:.1%} | {score.formatted} "
            f"| {len(score.over_formatted)} | {score.worded} | {len(score.over_worded)} | {notes} |"
        )
    made = sum(score.made for score in scores.values())
    found = sum(score.found for score in scores.values())
    yield f"| **all** | {made} | {found / max(1, made):.1%} | | | | | |"
    yield ""
    yield "| kind of edit | reported by | made | found |"
    yield "|---|---|---|---|"
    for kind, rules in RULES.items():
        if kind in by_kind:
            count, hit = by_kind[kind]
            yield f"| {kind} | {', '.join(f'`diff/{rule}`' for rule in rules)} | {count} | {hit / count:.1%} |"


_TITLE = "## Label edits"
_INTRODUCTION = """
Generated by `make label-edits`. Each edit changes one thing in a leaflet of our own; one of the rules named
must report it. A re-formatting (other line breaks, bullets or signs, another format) and an edit of wording
must raise nothing above advice. The edits were written by us, so they show what is found, not how often
edits of that kind are made. Those in Italian, Dutch, Polish, Portuguese and Swedish were added last: on their first run
95.7% of 230 were found, and 3 of 55 re-formattings raised something above advice (text wrapped anew whose headings had no
blank line after them).

Beside these, edits that no part of this project holds: 290 of some 55 kinds in strangers' leaflets in en, de, fr, es and tr, written
before anything was mended by them, were found in 92.4% by the rule that fits on their first run, in 96.2% above advice (today
97.2% and 99.7%; a Turkish leaflet with the European sub-headings has its warnings told as contraindications). Of 288 defects
that strangers had made in 24 translations, taken as label edits, 84.0% were found above advice on the first run, 94.8% today; those
missed are sub-sections moved to another section, which is no loss, and phrases left in another language. Their 96 rewordings
(synonyms, clauses and sentences joined or parted) raise something above advice in 56: a person must compare them. The 36 leaflets
in nine other forms raise nothing; hard-wrapped without blank lines after headings 2 of 36 do, where a
sub-heading fills its line.
"""


def part(asked: Sequence[str] = ()) -> str:
    """The part of `docs/quality.md`."""
    return "\n".join([_TITLE, _INTRODUCTION, *tables(asked), ""])


def put(page: str, own: str) -> str:
    """The page with its part on label edits written anew."""
    head, found, tail = page.partition(_TITLE)
    _, following, rest = tail.partition("\n## ") if found else ("", "", "")
    return head.rstrip("\n") + "\n\n" + own + (f"\n## {rest}" if following else "")


def main() -> int:
    """Measure, print, and write the part of the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--language", action="append", default=[])
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    own = part(given.language)
    print(own)
    if given.output:
        given.output.write_text(put(given.output.read_text("utf-8"), own), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
