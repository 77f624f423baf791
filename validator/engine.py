"""Runs the plan over a leaflet and settles every hit: the only place where findings are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from validator import structure
from validator.catalogue import sources
from validator.conditions import applies, with_given
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, Verdict
from validator.fingerprint import fingerprint
from validator.homes import home, laid_out, place
from validator.notes import MESSAGES, others, reason, where
from validator.plan import STRUCTURE, Entry, Plan, plan
from validator.records import Severity
from validator.report import Document, Finding, Judgement, Law, Product, Recognised
from validator.settings import Options
from validator.statements import paste

# Deviations of a text that is there; their severity is the requirement's `altered`.
_DEVIATIONS = ("altered", "misplaced", "outdated")
# Deviations that leave a requirement met, with a remark: the reader still finds the content.
_REMARKS = ("altered", "misplaced")


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


@dataclass(frozen=True, slots=True)
class Trial:
    """All that judging one leaflet gave: for those who go on from the report to the file.

    `settled` are the document's findings, in its order; `stands` says where what a rule asks for was found.
    """

    document: Document
    leaflet: Leaflet
    law: Plan
    settled: tuple[Settled, ...]
    stands: Mapping[str, Span]


def judge(
    leaflet: Leaflet, *, path: str, sha256: str, options: Options | None = None, layout: bool = False
) -> Document:
    """The report on one leaflet: a verdict on every requirement, and the findings in reading order.

    With `layout` the document also carries the leaflet's text, for the faces that show it.
    """
    found = trial(leaflet, path=path, sha256=sha256, options=options)
    if not layout:
        return found.document
    marks = [each.spans for each in found.settled]
    return replace(found.document, layout=laid_out(found.leaflet, found.law, marks, found.stands))


def trial(leaflet: Leaflet, *, path: str, sha256: str, options: Options | None = None) -> Trial:
    """Judge one leaflet, and keep the places in it beside the report."""
    options = options or Options()
    leaflet = with_given(leaflet, options.product)
    law = plan(leaflet.market.value, leaflet.language.value, leaflet.template)
    by_schema = structure.check(leaflet, law.lexicon)
    wanted = [entry for entry in law.entries if options.wants(entry.requirement.id)]
    answers = [_settle(leaflet, law, entry, by_schema, options) for entry in wanted]
    settled = _in_order(each for _, found, _ in answers for each in found)
    document = Document(
        path=path,
        sha256=sha256,
        format=leaflet.format,
        language=leaflet.language.value,
        market=leaflet.market.value,
        profile=law.lexicon.profile.name,
        part=leaflet.part,
        title=leaflet.title,
        recognised=Recognised(language=leaflet.language.reasons, market=leaflet.market.reasons),
        product=_product(leaflet),
        notes=leaflet.notes,
        requirements=tuple(judgement for judgement, _, _ in answers),
        findings=tuple(each.finding for each in settled),
    )
    stands = {judgement.rule: at for judgement, _, at in answers if at is not None}
    return Trial(document, leaflet, law, tuple(settled), stands)


def _product(leaflet: Leaflet) -> Product:
    product = leaflet.facts.product
    return Product(
        name=product.name,
        active_substances=product.active_substances,
        strengths=product.strengths or _amounts(leaflet),
        form=product.form,
        route=product.route,
        prescription=product.prescription,
        administration=product.administration,
    )


def _amounts(leaflet: Leaflet) -> tuple[str, ...]:
    return tuple(dict.fromkeys(leaflet.text(amount.span) for amount in leaflet.facts.composition))[:4]


def _settle(
    leaflet: Leaflet,
    law: Plan,
    entry: Entry,
    by_schema: Mapping[str, Sequence[Hit]],
    options: Options,
) -> tuple[Judgement, Sequence[Settled], Span | None]:
    rule = entry.requirement.id
    condition = applies(entry.applies, leaflet)
    if condition.holds is False:
        return _judgement(rule, "not-applicable", condition.reason), (), None
    if entry.requirement.kind == STRUCTURE:
        outcome = _structure_outcome(leaflet, rule, by_schema)
    else:
        outcome = _run(leaflet, entry)
    if entry.remembered:
        outcome = replace(outcome, hits=tuple(replace(hit, review=True) for hit in outcome.hits))
    gone = _missing_home(leaflet, law, entry)
    if gone and any(hit.problem == "missing" for hit in outcome.hits):
        if entry.requirement.if_section_missing == "folded":
            return _judgement(rule, "gap", reason("section-missing", section=gone)), (), None
    findings = [_finding(leaflet, law, entry, hit, condition.holds, gone, options) for hit in outcome.hits]
    verdict = _verdict(outcome, findings, condition.holds)
    judgement = _judgement(rule, verdict, _reason(leaflet, outcome, findings, condition.reason))
    pairs = zip(findings, outcome.hits, strict=True)
    return judgement, [Settled(*pair, entry, condition.holds) for pair in pairs], outcome.at


def _run(leaflet: Leaflet, entry: Entry) -> Outcome:
    if entry.check is None:
        return Outcome(verdict="review", note="no-check")
    if entry.section == "front" and "front" in leaflet.lossy:
        return Outcome(verdict="review", note="front-lost")
    return entry.check(leaflet, entry.task)


def _structure_outcome(leaflet: Leaflet, rule: str, by_schema: Mapping[str, Sequence[Hit]]) -> Outcome:
    section = leaflet.section(rule.split("/")[1])
    at = section.heading.span if section and section.heading else None
    return Outcome(tuple(by_schema.get(rule, ())), note="present", at=at)


def _missing_home(leaflet: Leaflet, law: Plan, entry: Entry) -> str:
    """The id of the section that the content belongs to, if the leaflet has lost it or its text."""
    if entry.section not in law.lexicon.order or entry.requirement.kind == STRUCTURE:
        return ""
    home = leaflet.section(entry.section)
    return entry.section if home is None or home.empty else ""


@lru_cache(maxsize=4096)  # a batch says the same of many leaflets
def _judgement(rule: str, verdict: Verdict, why: str) -> Judgement:
    return Judgement(rule=rule, verdict=verdict, reason=why)


def _verdict(outcome: Outcome, findings: Sequence[Finding], applicable: bool | None) -> Verdict:
    if not outcome.hits:
        return outcome.verdict
    judged = [hit for hit in outcome.hits if not hit.review]
    if not judged or applicable is None:
        return "review"
    serious = any(f.severity == "error" for f in findings)
    lacking = any(hit.problem not in _REMARKS and not hit.advice for hit in judged)
    return "gap" if serious or lacking else "met"


def _reason(leaflet: Leaflet, outcome: Outcome, findings: Sequence[Finding], condition: str) -> str:
    if outcome.note and (outcome.at is not None or not outcome.hits):
        text = reason(outcome.note, place=where(leaflet, outcome.at), **outcome.values)
        if findings:
            text += "; " + findings[0].message
    else:
        text = findings[0].message if findings else ""
    return f"{text} ({condition})" if condition and findings else text or reason("checked")


def _finding(
    leaflet: Leaflet,
    law: Plan,
    entry: Entry,
    hit: Hit,
    applicable: bool | None,
    gone: str,
    options: Options,
) -> Finding:
    requirement = entry.requirement
    values = _values(leaflet, law, entry, hit)
    own = requirement.messages
    template = own.get(hit.case or hit.problem) or own.get(hit.problem) or MESSAGES[hit.problem]
    message = template.format_map(values)
    reminder = bool(gone) and hit.span is None and requirement.if_section_missing == "reminded"
    if reminder:
        message += f" It belongs in “{home(leaflet, law, gone)}”, which is missing or empty."
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
    values = _Values({key: paste(value, product.name, oral) for key, value in hit.values.items()})
    values.update(evidence=hit.evidence, expected=paste(hit.expected, product.name, oral))
    values["home"] = home(leaflet, law, entry.section)
    values["X"] = product.name or "this medicine"
    values["title"] = entry.requirement.title[0].lower() + entry.requirement.title[1:]
    values.setdefault("substance", ", ".join(product.active_substances))
    values.setdefault("heading", home(leaflet, law, entry.section))
    if hit.problem == "missing" and entry.requirement.kind == STRUCTURE:
        values["holds"] = _holds(law, entry)
    if found := values.get("found_section"):
        values["found"] = home(leaflet, law, found)
    if hit.others:
        values["others"] = others(leaflet, hit.others)
    if hit.problem == "missing" and hit.evidence:
        values["nearest"] = f"; the nearest text is “{hit.evidence}”"
    return values


def _holds(law: Plan, entry: Entry) -> str:
    """What a missing section must hold: the titles of all requirements that belong there."""
    section = entry.requirement.id.split("/")[1]
    titles = [
        other.requirement.title[0].lower() + other.requirement.title[1:]
        for other in law.entries
        if other.section == section and other is not entry and other.requirement.id.startswith("statement/")
    ]
    return f", and with it: {'; '.join(titles)}" if titles else ""


def _severity(entry: Entry, hit: Hit, applicable: bool | None, reminder: bool, options: Options) -> Severity:
    if hit.review or hit.advice or hit.cause or applicable is None or reminder:
        return "advice"
    override = options.severity.get(entry.requirement.id)
    if override:
        return override
    if hit.problem not in _DEVIATIONS:
        return entry.demand.severity
    # A must that became a may, or a topic in the wrong section, is never a mere matter of style.
    grave = hit.case == "weakened" or (hit.problem == "misplaced" and entry.requirement.kind == "topic")
    return "warning" if grave and entry.demand.altered == "advice" else entry.demand.altered


def _law(entry: Entry) -> Iterable[Law]:
    for citation in entry.demand.citation:
        source = sources()[citation.source]
        yield Law(source=source.title, at=citation.at, url=source.url)


def _in_order(settled: Iterable[Settled]) -> list[Settled]:
    def key(each: Settled) -> tuple[int, int, int, str]:
        at = each.finding.location
        return at.page or 0, at.line or at.paragraph or 0, at.column or 0, each.finding.rule

    return sorted(settled, key=key)
