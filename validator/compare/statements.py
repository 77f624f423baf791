"""Required statements and warnings: what the source says, the translation says as well.

Both sides are judged by the law of their own market and language; what is met there and missing here was
lost in translation, whatever words it had.
"""

from __future__ import annotations

from collections.abc import Set

from validator.catalogue import requirements
from validator.document.outcome import Hit, Outcome, met
from validator.report import Document, Finding

STATEMENTS = ("statement",)
WARNINGS = ("warning", "excipient", "black-triangle")


def compare(
    source: Document, target: Document, families: tuple[str, ...], unsure: Set[str] = frozenset()
) -> Outcome:
    """Everything of some families that the source's report finds met is not missing in the target's.

    In sections that the two files divide in other ways a person must look.
    """
    met_there = {
        judgement.rule
        for judgement in source.requirements
        if judgement.verdict == "met" and judgement.rule.split("/")[0] in families
    }
    hits = []
    for finding in target.findings:
        if finding.rule in met_there and finding.problem == "missing":
            hits.append(_lost(finding, unsure))
    return Outcome(tuple(hits)) if hits else met("said-on-both-sides")


def _lost(finding: Finding, unsure: Set[str]) -> Hit:
    title = requirements()[finding.rule].title
    return Hit(
        "missing",
        "",
        None,
        finding.location.section or "",
        expected=finding.expected or title,
        values={"what": title[0].lower() + title[1:]},
        review=finding.location.section in unsure,
    )
