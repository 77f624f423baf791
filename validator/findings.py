"""Findings out of hits: message, severity, place, law and fix as the requirement and its market say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from validator.catalogue import sources
from validator.conditions import applies
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit
from validator.fingerprint import fingerprint
from validator.homes import home, place
from validator.notes import MESSAGES, others
from validator.plan import COMPARISON, STRUCTURE, Entry, Plan
from validator.records import Severity
from validator.report import Finding, Law
from validator.settings import Options
from validator.statements import paste

# Deviations of a text that is there; their severity is the requirement's `altered`.
_DEVIATIONS = ("altered", "misplaced", "outdated")


@dataclass(frozen=True, slots=True)
class Settled:
    """A finding with what it was made of; `applies` is None where the leaflet leaves that open."""

    finding: Finding
    hit: Hit
    entry: Entry
    applies: bool | None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it stands, and where it stands again; nothing for what is missing."""
        return () if self.hit.span is None else (self.hit.span, *self.hit.others)


def finding(
    leaflet: Leaflet,
    law: Plan,
    entry: Entry,
    hit: Hit,
    applicable: bool | None,
    gone: str,
    options: Options,
) -> Finding:
    """The finding of a hit; `applicable` is None where it is not known whether the requirement applies.

    `gone` is the section that the content belongs to, if the leaflet has lost it.
    """
    requirement = entry.requirement
    values = _values(leaflet, law, entry, hit)
    own = requirement.messages
    template = own.get(hit.case or hit.problem) or own.get(hit.problem) or MESSAGES[hit.problem]
    message = template.format_map(values)
    reminder = bool(gone) and hit.span is None and requirement.if_section_missing == "reminded"
    if reminder:
        message += f" It belongs in “{home(leaflet, law, gone)}”, which is missing or empty."
    if hit.remark:
        message += f" {hit.remark}"
    return Finding(
        rule=requirement.id,
        problem=hit.problem,
        severity=_severity(entry, hit, applicable, reminder, options),
        message=message,
        location=place(leaflet, law, hit),
        evidence=hit.evidence,
        expected=values["expected"],
        citation=tuple(_law(entry)),
        fix=_fix(entry, hit).format_map(values),
        fingerprint=fingerprint(leaflet, requirement.id, hit),
    )


def _fix(entry: Entry, hit: Hit) -> str:
    fixes = entry.requirement.fixes
    return fixes.get(hit.case) or fixes.get(hit.problem) or entry.demand.fix or entry.requirement.fix


class _Values(dict[str, str]):
    """Message slots; one that a check leaves out stays empty instead of failing the run."""

    def __missing__(self, key: str) -> str:
        return ""


def _values(leaflet: Leaflet, law: Plan, entry: Entry, hit: Hit) -> _Values:
    product = leaflet.facts.product
    oral = product.route == "oral"
    if entry.requirement.kind == COMPARISON:  # words of the other leaflet: no bracket notation
        values = _Values(hit.values, evidence=hit.evidence, expected=hit.expected)
    else:
        values = _Values({key: paste(value, product.name, oral) for key, value in hit.values.items()})
        values.update(evidence=hit.evidence, expected=paste(hit.expected, product.name, oral))
    values["home"] = home(leaflet, law, entry.section)
    values["X"] = product.name or "this medicine"
    values["title"] = entry.requirement.title[0].lower() + entry.requirement.title[1:]
    values.setdefault("substance", ", ".join(product.active_substances))
    values.setdefault("heading", home(leaflet, law, entry.section))
    if hit.problem == "missing" and entry.requirement.kind == STRUCTURE:
        values["holds"] = _holds(leaflet, law, entry)
    if found := values.get("found_section"):
        values["found"] = home(leaflet, law, found)
    if hit.others:
        values["others"] = others(leaflet, hit.others)
    if hit.problem == "missing" and hit.evidence:
        values["nearest"] = f"; the nearest text is “{hit.evidence}”"
    return values


def _holds(leaflet: Leaflet, law: Plan, entry: Entry) -> str:
    """What a missing section must hold: the titles of all requirements that belong there and apply."""
    section = entry.requirement.id.split("/")[1]
    titles = [
        other.requirement.title[0].lower() + other.requirement.title[1:]
        for other in law.entries
        if other.section == section and other is not entry and other.requirement.id.startswith("statement/")
        if applies(other.applies, leaflet).holds is not False
    ]
    return f", and with it: {'; '.join(titles)}" if titles else ""


def _severity(entry: Entry, hit: Hit, applicable: bool | None, reminder: bool, options: Options) -> Severity:
    if hit.review or hit.advice or hit.cause or applicable is None or reminder:
        return "advice"
    override = options.severity.get(entry.requirement.id)
    if override:
        return override
    if hit.problem not in _DEVIATIONS or hit.case == "turned":
        return entry.demand.severity
    # A must that became a may, a heading in another language, or a topic in the wrong section, is never a
    # mere matter of style.
    grave = hit.case in ("weakened", "foreign") or (
        hit.problem == "misplaced" and entry.requirement.kind == "topic"
    )
    return "warning" if grave and entry.demand.altered == "advice" else entry.demand.altered


def _law(entry: Entry) -> Iterable[Law]:
    for citation in entry.demand.citation:
        source = sources()[citation.source]
        yield Law(source=source.title, at=citation.at, url=source.url)


def in_order(settled: Iterable[Settled]) -> list[Settled]:
    """Findings in the order in which they stand in the file."""

    def key(each: Settled) -> tuple[int, int, int, str]:
        at = each.finding.location
        return at.page or 0, at.line or at.paragraph or 0, at.column or 0, each.finding.rule

    return sorted(settled, key=key)
