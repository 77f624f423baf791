"""The same XLIFF before `leaflet compare` and before `pofilter` of the Translate Toolkit.

    python benchmarks/pofilter.py /path/to/pofilter [--output docs/quality.md]

Each segment of a file holds one defect or one harmless change; a checker finds it if it says more about
that segment than about the unchanged one.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from page import put
from translations import CONTROLS, DEFECTS, PAIRS, Defect, body, leaflet

from tests.compare.segments import xliff_1
from tests.compose import Piece
from validator import collate
from validator.batch import Input
from validator.settings import Options

TITLE = "## Translations: beside `pofilter`"
LANGUAGES = ("de", "es", "fr", "da", "pt", "tr")
# Defects and controls that lie in one segment; the others change where segments stand.
WITHIN = (
    "another number",
    "a number left out",
    "another unit",
    "another frequency category",
    "a paragraph left untranslated",
    "a phrase left untranslated",
    "a “not” lost",
    "a sentence left out",
    "the name misspelt",
    "a bracket lost",
    "another country's reporting system",
)
HARMLESS = ("clauses in another order", "two sentences in one", "no-break spaces", "units without blank")
Pair = tuple[str, str]
Found = dict[int, set[str]]


def segments(defect: Defect, code: str) -> Iterator[tuple[Pair, Pair]]:
    """The segments that a change touches: unchanged and changed."""
    market, other = PAIRS[code]
    source, pieces = list(leaflet(market, "en", code)), list(leaflet(other, code))
    texts = {piece.rule: piece.text for piece in source}
    for _, changed in defect.make(code, source, pieces):
        for old, new in zip(pieces, changed, strict=True):
            if old.text != new.text and old.rule in texts:
                yield (_plain(texts[old.rule]), _plain(old.text)), (_plain(texts[old.rule]), _plain(new.text))


def _plain(text: str) -> str:
    return text.replace("• ", "").replace("\n", " ")


def emptied(code: str) -> Iterator[tuple[Pair, Pair]]:
    """Segments without translation."""
    for entries in body(code).values():
        for entry in entries:
            yield (_plain(entry["en"]), _plain(entry[code])), (_plain(entry["en"]), "")


def ours(pairs: Sequence[Pair], code: str) -> Found:
    """What `leaflet compare` says, by the number of the segment."""
    text = xliff_1(pairs, "en", code)
    lines = {line: number for number, line in enumerate(_lines(text))}
    options = Options(market=PAIRS[code][1], language=code)
    (result,) = collate.bilingual(Input("a.xlf", data=text.encode()), options, "en")
    found: Found = defaultdict(set)
    for document in result.documents:
        for finding in document.findings:
            place = finding.location.line or 0
            beside = finding.beside.location.line if finding.beside else None
            found[lines.get(beside or place, lines.get(place, -1))].add(f"{finding.rule} {finding.message}")
    return found


def _lines(text: str) -> list[int]:
    return [at for at, line in enumerate(text.split("\n"), 1) if "<trans-unit" in line]


def theirs(pairs: Sequence[Pair], code: str, program: str) -> Found:
    """What pofilter says, by the number of the segment."""
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "in.xlf", Path(folder) / "out.xlf"
        given.write_text(xliff_1(pairs, "en", code), "utf-8")
        subprocess.run(
            [program, f"--language={code}", "--progress=none", str(given), str(out)],
            check=True,
            capture_output=True,
        )
        text = out.read_text("utf-8") if out.is_file() else ""
    found: Found = defaultdict(set)
    for unit in re.findall(r"<trans-unit\b.*?</trans-unit>", text, re.S):
        number = re.search(r'id="(\d+)"', unit)
        checks = re.findall(r'<note from="pofilter">(\w+):', unit)
        if number:
            found[int(number.group(1)) - 1].update(checks or ("?",))
    return found


def measure(changes: Sequence[tuple[Pair, Pair]], code: str, program: str) -> tuple[int, int, int, set[str]]:
    """How many segments there are, and about how many each checker says something new."""
    pairs = [*(old for old, _ in changes), *(new for _, new in changes)]
    mine, others = ours(pairs, code), theirs(pairs, code, program)
    half = len(changes)
    new = [others[half + number] - others[number] for number in range(half)]
    own = [mine[half + number] - mine[number] for number in range(half)]
    return half, sum(map(bool, own)), sum(map(bool, new)), set().union(*new)


def unchanged(code: str, program: str) -> tuple[int, int, int, set[str]]:
    """What each says about the whole translation as it is: every word of it is an alarm."""
    market, other = PAIRS[code]
    source = {piece.rule: piece for piece in leaflet(market, "en", code) if piece.rule}
    pairs = [
        (_plain(source[p.rule].text), _plain(p.text))
        for p in leaflet(other, code)
        if isinstance(p, Piece) and p.rule in source and not p.rule.startswith("section/")
    ]
    mine, others = ours(pairs, code), theirs(pairs, code, program)
    return len(pairs), len(mine), len(others), set().union(*others.values())


def rows(program: str) -> Iterator[tuple[str, bool, list[int], set[str]]]:
    """A row a kind of defect or control, summed over the languages."""
    known = {defect.name: defect for defect in (*DEFECTS, *CONTROLS)}
    for name in ("a segment left empty", *WITHIN, *HARMLESS):
        total, told = [0, 0, 0], set[str]()
        for code in LANGUAGES:
            changes = list(emptied(code) if name not in known else segments(known[name], code))
            if changes:
                *figures, checks = measure(changes, code, program)
                total = [one + other for one, other in zip(total, figures, strict=True)]
                told |= checks
        yield name, name in HARMLESS, total, told
    total, told = [0, 0, 0], set[str]()
    for code in LANGUAGES:
        *figures, checks = unchanged(code, program)
        total = [one + other for one, other in zip(total, figures, strict=True)]
        told |= checks
    yield "the translation as it is", True, total, told


_INTRODUCTION = """\

The same XLIFF 1.2 files, one change a segment, before `leaflet compare` and before `pofilter {version}` of the
[Translate Toolkit](https://toolkit.translatehouse.org/) with the checks of the language ({languages}). `pofilter`
looks at one segment at a time and knows no medicine: it is made for software. Alarms are what it should not
have said.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the figures into the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("program")
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args(arguments)
    said = subprocess.run([asked.program, "--version"], capture_output=True, text=True, check=True).stdout
    version = said.split()[-1]
    lines = ["| change | segments | leaflet compare | pofilter | its checks |", "|---|---|---|---|---|"]
    for name, harmless, (tried, mine, other), checks in rows(asked.program):
        what = "alarms" if harmless else "found"
        told = ", ".join(sorted(checks)) or "-"
        lines.append(f"| {name} ({what}) | {tried} | {mine} | {other} | {told} |")
    print("\n".join(lines))
    if asked.output:
        head = _INTRODUCTION.format(version=version, languages=", ".join(f"en-{c}" for c in LANGUAGES))
        own = "\n".join([TITLE, head, *lines, ""])
        asked.output.write_text(put(asked.output.read_text("utf-8"), TITLE, own), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
