"""Runs the plan over a leaflet and settles every hit; `findings` words what they become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

from validator import structure
from validator.breaks import Answered, broken, explained, tells_of_breaks
from validator.conditions import Condition, applies, with_given
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, Verdict
from validator.findings import Settled, finding, in_order
from validator.homes import laid_out
from validator.notes import reason, where
from validator.once import told_once
from validator.plan import STRUCTURE, Entry, Plan, plan
from validator.report import Beside, Compared, Document, Finding, Judgement, Place, Product, Recognised
from validator.settings import Options

# Deviations that leave a requirement met, with a remark: the reader still finds the content.
_REMARKS = ("altered", "misplaced")

# Said of what a leaflet lacks that was not yet asked for when it was last revised.
_OLDER = "This is asked for since {since}; the leaflet was last revised in {revised}."

# What came of one requirement: verdict, findings, and where it was found to hold.
_Answer = tuple[Judgement, Sequence[Settled], Span | None]


_SAID_ANYWAY = Condition(True, "")


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
    return _shown(found) if layout else found.document


def trial(leaflet: Leaflet, *, path: str, sha256: str, options: Options | None = None) -> Trial:
    """Judge one leaflet, and keep the places in it beside the report."""
    options = options or Options()
    leaflet = with_given(leaflet, options.product)
    law = plan(leaflet.market.value, leaflet.language.value, leaflet.template)
    by_schema = structure.check(leaflet, law.lexicon)
    conditions = {entry.requirement.id: applies(entry.applies, leaflet) for entry in law.entries}
    answered = {
        rule: Answered(entry, conditions[rule].holds, _outcome(leaflet, entry, by_schema))
        for entry in law.entries
        for rule in (entry.requirement.id,)
        if conditions[rule].holds is not False and (options.wants(rule) or tells_of_breaks(leaflet, entry))
    }
    answered = told_once(answered)
    breaks = broken(leaflet, law, tuple(answered.values()))
    answers: list[_Answer] = []
    for entry in law.entries:
        rule = entry.requirement.id
        if not options.wants(rule):
            continue
        condition = conditions[rule]
        if condition.holds is False:
            if turned := _turned(leaflet, entry):
                answers.append(_settle(leaflet, law, entry, _SAID_ANYWAY, turned, options))
            else:
                answers.append((_judgement(rule, "not-applicable", condition.reason), (), None))
        else:
            outcome = explained(answered[rule], breaks)
            answers.append(_settle(leaflet, law, entry, condition, outcome, options))
    return _trial(leaflet, law, answers, path, sha256)


def compared(
    leaflet: Leaflet,
    other: Leaflet,
    outcomes: Mapping[str, Outcome],
    *,
    path: str,
    sha256: str,
    beside: Compared,
    options: Options | None = None,
    layout: bool = False,
) -> Document:
    """The report on a leaflet beside another one: a verdict on each comparison its market asks for.

    `outcomes` are what the comparisons found, by rule id; `beside` is what the report tells of the other.
    """
    options = options or Options()
    law = plan(leaflet.market.value, leaflet.language.value, leaflet.template)
    answers: list[_Answer] = []
    for rule, entry in law.comparisons.items():
        if rule not in outcomes or not options.wants(rule):
            continue
        outcome = outcomes[rule]
        found = [
            replace(finding(leaflet, law, entry, hit, True, "", options), beside=_beside(other, hit))
            for hit in outcome.hits
        ]
        judgement = _judgement(rule, _verdict(outcome, found, True), _reason(leaflet, outcome, found, ""))
        pairs = zip(found, outcome.hits, strict=True)
        answers.append((judgement, [Settled(*pair, entry, True) for pair in pairs], outcome.at))
    judged = _trial(leaflet, law, answers, path, sha256)
    return replace(_shown(judged) if layout else judged.document, compared=beside)


def _beside(other: Leaflet, hit: Hit) -> Beside | None:
    if hit.beside is None:
        return None
    stands = other.section_at(hit.beside.block)
    place = Place(**{**asdict(other.place(hit.beside)), "section": stands.id if stands else None})
    return Beside(text=hit.beside_text or other.text(hit.beside), location=place)


def _trial(leaflet: Leaflet, law: Plan, answers: Sequence[_Answer], path: str, sha256: str) -> Trial:
    settled = in_order(each for _, found, _ in answers for each in found)
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


def _shown(found: Trial) -> Document:
    """The document with the leaflet's text."""
    marks = [each.spans for each in found.settled]
    return replace(found.document, layout=laid_out(found.leaflet, found.law, marks, found.stands))


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
    condition: Condition,
    outcome: Outcome,
    options: Options,
) -> _Answer:
    rule = entry.requirement.id
    if not outcome.hits:
        why = _reason(leaflet, outcome, (), condition.reason)
        return _judgement(rule, _verdict(outcome, (), condition.holds), why), (), outcome.at
    gone = _missing_home(leaflet, law, entry)
    if gone and any(hit.problem == "missing" for hit in outcome.hits):
        if entry.requirement.if_section_missing == "folded":
            return _judgement(rule, "gap", reason("section-missing", section=gone)), (), None
    findings = [finding(leaflet, law, entry, hit, condition.holds, gone, options) for hit in outcome.hits]
    verdict = _verdict(outcome, findings, condition.holds)
    judgement = _judgement(rule, verdict, _reason(leaflet, outcome, findings, condition.reason))
    pairs = zip(findings, outcome.hits, strict=True)
    return judgement, [Settled(*pair, entry, condition.holds) for pair in pairs], outcome.at


def _outcome(leaflet: Leaflet, entry: Entry, by_schema: Mapping[str, Sequence[Hit]]) -> Outcome:
    if entry.requirement.kind == STRUCTURE:
        outcome = _structure_outcome(leaflet, entry.requirement.id, by_schema)
    else:
        outcome = _run(leaflet, entry)
    return _weighed(leaflet, entry, outcome) if outcome.hits else outcome


def _weighed(leaflet: Leaflet, entry: Entry, outcome: Outcome) -> Outcome:
    """The outcome with those hits for review that rest on what is not known for sure."""
    if entry.remembered:
        outcome = replace(outcome, hits=tuple(replace(hit, review=True) for hit in outcome.hits))
    product, since = leaflet.facts.product, entry.requirement.since.isoformat()
    if product.revised_before(since):
        remark = _OLDER.format(since=since, revised=product.revised)
        hits = tuple(replace(hit, review=True, remark=remark) for hit in outcome.hits)
        outcome = replace(outcome, hits=hits)
    doubtful = entry.requirement.doubtful
    if (
        doubtful
        and any(hit.problem == "missing" for hit in outcome.hits)
        and applies(doubtful, leaflet).holds
    ):
        outcome = replace(outcome, hits=tuple(_for_review(hit) for hit in outcome.hits))
    return outcome


def _for_review(hit: Hit) -> Hit:
    return replace(hit, review=True) if hit.problem == "missing" else hit


def _turned(leaflet: Leaflet, entry: Entry) -> Outcome | None:
    """A statement that need not be there, turned into its contrary: "flush medicines down the drain".

    What is asked of a few medicines alone ("=no") is not looked for in all others.
    """
    if entry.requirement.kind != "statement" or any(each.startswith("=") for each in entry.applies.values()):
        return None
    outcome = _run(leaflet, entry)
    hits = tuple(hit for hit in outcome.hits if hit.case == "turned")
    return replace(outcome, hits=hits) if hits else None


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
