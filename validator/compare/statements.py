"""Required statements and warnings: what the source says, the translation says as well.

Both sides are judged by the law of their own market and language; what is met there and missing here was
lost in translation, whatever words it had.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.catalogue import requirements
from validator.compare.pair import Pair
from validator.document.outcome import Hit, Outcome, met
from validator.lexicon import lexicon
from validator.plan import plan
from validator.report import Document, Finding

STATEMENTS = ("statement",)
WARNINGS = ("warning", "excipient", "black-triangle")
_END = "end"


def compare(pair: Pair, source: Document, target: Document, families: tuple[str, ...]) -> Outcome:
    """Everything of some families that the source's report finds met is not missing in the target's.

    In sections that the two files divide in other ways a person must look; everywhere in a target
    that is laid out by another template than its market's: what that one asks for it need not have.
    """
    met_there = {
        judgement.rule
        for judgement in source.requirements
        if judgement.verdict == "met" and judgement.rule.split("/")[0] in families
    }
    lost = [f for f in target.findings if f.rule in met_there and f.problem == "missing"]
    if not lost:
        return met("said-on-both-sides")
    elsewhere = {f.rule: f.location.section or "" for f in source.findings if f.problem == "misplaced"}
    beside = set(_compared_beside(pair))
    demands = plan(pair.target.market.value, pair.target.language.value).entries
    advised = {entry.requirement.id for entry in demands if entry.demand.severity == "advice"}
    hits = [
        _lost(pair, finding, finding.rule in advised)
        for finding in lost
        if finding.rule not in beside and not _said(pair, finding.rule, elsewhere.get(finding.rule, ""))
    ]
    return Outcome(tuple(hits)) if hits else met("said-on-both-sides")


def _compared_beside(pair: Pair) -> Iterator[str]:
    """What belongs in sections that the target has by their number: their text is compared line by line."""
    if not pair.numbered:
        return
    places = set(pair.numbered)
    headed = [section for section in pair.source.sections if section.heading]
    if headed[-1].id in places and pair.source.section(_END) is None:
        places.add(_END)
    for entry in plan(pair.source.market.value, pair.source.language.value).entries:
        if entry.section in places:
            yield entry.requirement.id


def _said(pair: Pair, rule: str, section: str) -> bool:
    """Whether the target says in a section what the source says there too, and not where it belongs."""
    leaflet, own = pair.target, pair.target.section(section)
    known = lexicon(leaflet.market.value, leaflet.language.value)
    wording = known.pack.statements.get(rule.split("/")[1])
    if own is None or wording is None:
        return False
    bounds = leaflet.wordtext.bounds(own.first, own.stop)
    return any(
        phrase.find(leaflet.wordtext.text, *bounds)
        for signal in wording.signals
        for phrase in known.phrases(signal)
    )


def _lost(pair: Pair, finding: Finding, advised: bool) -> Hit:
    """What is missing; where the law only advises it, the source may have been read too generously."""
    title = requirements()[finding.rule].title
    return Hit(
        "missing",
        "",
        None,
        finding.location.section or "",
        expected=finding.expected or title,
        values={"what": title[0].lower() + title[1:]},
        review=advised or bool(pair.numbered or pair.displaced) or finding.location.section in pair.unsure,
    )
