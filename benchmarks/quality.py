"""Measures trust: how many seeded defects are found, and how often harmless changes raise an alarm.

    python benchmarks/quality.py [CORPUS] [--language xx ...] [--part NAME ...] [--output docs/quality.md]

With a corpus (one folder a group) it adds what is read and sectioned there, and how often rules fire. All processors
work at it; how far it is stands on standard error. Most of the time goes into translations: some 5,000 comparisons, seven
minutes of one processor. With `--part` the others stay as they stand in the page.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from label_edits import part as label_edits
from operators import Base, Operator, base, controls, defects, text_of
from page import kept
from pool import each
from stability import part as stability
from translations import part as translations

from validator import engine
from validator.catalogue import languages, markets, profile
from validator.outline.split import leaflets
from validator.readers import read
from validator.settings import Options

DEFECTS = "## Seeded defects and controls"
REAL = "## Real leaflets: in how many a rule fires at severity"
# The parts of the page by their names, with their titles, in its order.
PARTS = {
    "defects": (DEFECTS,),
    "formats": ("## Verdicts across formats",),
    "label-edits": ("## Label edits",),
    "translations": ("## Translations: seeded defects and controls",),
    "pofilter": ("## Translations: beside `pofilter`",),
    "corpus": (f"{REAL} error", f"{REAL} warning"),
}


@dataclass
class Score:
    """Figures of one market and language: defects seeded and found, controls tried and alarming."""

    seeded: int = 0
    found: int = 0
    tried: int = 0
    alarming: int = 0
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)


def findings(text: str, leaflet: Base) -> set[tuple[str, str]]:
    """The rules reported for a text with their problem, or "review" where a person is asked to look."""
    found = leaflets(read(text.encode(), name="a.txt"), market=leaflet.market, language=leaflet.language)
    if len(found) != 1:
        return {("document", f"{len(found)} leaflets")}
    document = engine.judge(found[0], path="a.txt", sha256="", options=Options())
    asked = {(j.rule, "review") for j in document.requirements if j.verdict == "review"}
    return asked | {(f.rule, f.problem) for f in document.findings}


def changed(operator: Operator, leaflet: Base) -> str | None:
    """The text after the change, None where it does not apply to this leaflet."""
    result = operator.change(leaflet)
    return result if result is None or isinstance(result, str) else text_of(result)


def measure(pack: tuple[str, str]) -> tuple[Score, dict[str, list[int]]]:
    """All defects and controls of a market in one language; with those seeded and found by rule."""
    by_rule: dict[str, list[int]] = {}
    leaflet = base(*pack)
    before = findings(text_of(leaflet.pieces), leaflet)
    score = Score()
    for operator in defects():
        asked = not profile(leaflet.market).requirements.keys().isdisjoint(operator.rules)
        if not asked or (text := changed(operator, leaflet)) is None:
            continue
        new = findings(text, leaflet) - before
        hit = any(rule in operator.rules for rule, _ in new)
        score.seeded += 1
        score.found += hit
        counts = by_rule.setdefault(operator.rules[0], [0, 0])
        counts[0] += 1
        counts[1] += hit
        if not hit:
            score.missed.append(operator.name)
    for operator in controls():
        if (text := changed(operator, leaflet)) is not None:
            new = findings(text, leaflet) - before
            score.tried += 1
            score.alarming += bool(new)
            if new:
                score.alarms.append(f"{operator.name}: {', '.join(sorted(rule for rule, _ in new))}")
    return score, by_rule


def tables(asked: Sequence[str]) -> Iterator[str]:
    """The figures in Markdown."""
    packs = [(m, code) for m in markets() for code in languages(m) if not asked or code in asked]
    scores: dict[str, Score] = {}
    by_rule: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for pack, (score, counted) in each("seeded defects", measure, packs):
        scores[", ".join(pack)] = score
        for rule, (seeded, found) in counted.items():
            by_rule[rule][0] += seeded
            by_rule[rule][1] += found
    yield "| market, language | defects | found | controls | alarms | missed, alarming |"
    yield "|---|---|---|---|---|---|"
    for name, score in scores.items():
        notes = "; ".join([*score.missed, *score.alarms])
        yield (
            f"| {name} | {score.seeded} | {score.found / max(1, score.seeded):.1%} | {score.tried} "
            f"| {score.alarming / max(1, score.tried):.1%} | {notes} |"
        )
    yield ""
    yield "| rule | defects | found |"
    yield "|---|---|---|"
    for rule, (seeded, found) in sorted(by_rule.items()):
        yield f"| {rule} | {seeded} | {found / seeded:.1%} |"


_INTRODUCTION = """\
# Quality, measured

Generated by `make quality`. Complete leaflets are composed from each language's own wording; each seeded
defect changes one in a single way, and one of its rules must report it (at any severity, *review* included);
each control is a harmless change and must change nothing. Composed leaflets prove that law and code agree,
not that the law is right: that is what reading findings on authorised leaflets is for.
"""

_CUT = """\
Where a file breaks off (`document/truncated`), the text was lost on its way into the folder: the finding is right about
the file, and says nothing of the leaflet. It is counted apart: “other” errors leave it out. In `kt-text/tr` nothing
stands under the last sub-headings of section 2 of any file, and of section 3 in 18 of 19; `epi-html` has lost its tables and
some passages."""


def _group(measure: Callable[..., dict[str, Any]], root: Path, folder: str) -> dict[str, Any]:
    """The figures of one folder of real leaflets."""
    return measure(root, [folder], "", "")


def _defects(asked: Sequence[str]) -> str:
    return "\n".join([DEFECTS, "", *tables(asked), ""])


def _real(root: Path) -> str:
    """What is read in a folder of real leaflets, and how often rules fire there."""
    from corpus import measure as on_leaflets
    from corpus import table

    folders = sorted({str(path.parent.relative_to(root)) for path in root.rglob("*") if path.is_file()})
    told = each("corpus", partial(_group, on_leaflets, root), folders)
    groups = {name: group for _, found in told for name, group in found.items()}
    for group in groups.values():
        group.notes.clear()  # they name files
    lines: list[str] = []
    for severity in ("error", "warning"):
        lines += [f"{REAL} {severity}", "", _CUT, "", *table(groups, severity), ""]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--language", action="append", default=[])
    parser.add_argument("--part", action="append", choices=PARTS, default=[])
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args(arguments)
    page = asked.output.read_text("utf-8") if asked.output and asked.output.is_file() else ""
    measures: dict[str, Callable[[], str]] = {
        "defects": lambda: _defects(asked.language),
        "formats": lambda: stability(asked.language),
        "label-edits": lambda: label_edits(asked.language),
        "translations": lambda: translations(asked.language),
    }
    if asked.corpus and asked.corpus.is_dir():
        measures["corpus"] = lambda: _real(asked.corpus)
    parts = [_INTRODUCTION]
    for name, titles in PARTS.items():
        if name in measures and (not asked.part or name in asked.part):
            parts.append(measures[name]())
        elif asked.part or name == "pofilter":  # the last one takes a program that is not ours
            parts += filter(None, (kept(page, title) for title in titles))
    text = "\n\n".join(part.strip("\n") for part in parts) + "\n"
    print(text)
    if asked.output:
        asked.output.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
