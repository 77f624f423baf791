"""Excipients with a known effect: what section 6 lists, section 2 must explain, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from validator.catalogue import ExcipientWording
from validator.checks.locate import find_any, scope, subsection
from validator.checks.registry import Task, kind
from validator.document.facts import ListedExcipient, StatedExcipient
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, Problem, met, not_applicable
from validator.document.text import wording_key
from validator.lexicon import Lexicon

_BEFORE, _AFTER = 2, 6  # paragraphs around the name of an excipient in which its statement stands


@kind("excipient")
def excipient(leaflet: Leaflet, task: Task) -> Outcome:
    """A listed excipient has its statement where the warnings stand, with what belongs to it.

    `row` says how the row of the annex is known: read ("text"), or the condition and the wording from ten
    authorised leaflets or more ("leaflets"); what is lacking is otherwise for review.
    `threshold` is an amount from which the statement is required: a person must look it up.
    `amount` asks for the amount in the statement; `effect` for more than that the medicine contains it.
    `near`: its words are common ones ("allergic reactions") and count where the excipient is named alone.
    """
    key = task.params["excipient"]
    wording = task.lexicon.pack.excipients.get(key)
    if wording is None:
        return Outcome(verdict="review", note="no-wording")
    listed = next((found for found in leaflet.facts.excipients if found.id == key), None)
    if listed is None:
        return not_applicable("not-listed")
    span = _stated(leaflet, task, wording.statement)
    if span is None and (threshold := task.params.get("threshold")):
        return Outcome(verdict="review", note="threshold", values={"name": listed.name, "amount": threshold})
    if span is None:
        return Outcome((_hit(task, listed, "missing", "", wording.text),))
    if not _stands_at_name(leaflet, task, wording):
        if task.params.get("near"):
            return Outcome((replace(_hit(task, listed, "missing", "", wording.text), review=True),))
        hit = replace(_hit(task, listed, "altered", "no-effect", wording.text), review=True)
        return Outcome((hit,), note="told", at=span)
    if _of_another(leaflet, task, wording, span):
        return Outcome(verdict="review", note="effect-unnamed", at=span, values={"name": listed.name})
    if task.params.get("effect") and not _stated(leaflet, task, _effects(task.lexicon, wording)):
        return Outcome((_hit(task, listed, "altered", "no-effect", wording.text),), note="told", at=span)
    return Outcome(tuple(_lacking(leaflet, task, wording, listed)), note="told", at=span)


def _stated(leaflet: Leaflet, task: Task, notations: Sequence[str]) -> Span | None:
    """Where section 2 says something outside its headings: “X contains lactose” is no statement."""
    section = leaflet.section(task.section)
    headings = [
        sub.heading
        for sub in (section.subsections if section else ())
        if sub.heading.end >= len(leaflet.blocks[sub.heading.block].text.rstrip(" :."))
    ]
    start, end = scope(leaflet, task.section)
    for heading in headings:
        first, after = leaflet.wordtext.bounds(heading.block, heading.block + 1)
        if span := find_any(leaflet, task.lexicon, notations, (start, first)):
            return span
        start = after
    return find_any(leaflet, task.lexicon, notations, (start, end))


def _stands_at_name(leaflet: Leaflet, task: Task, wording: ExcipientWording) -> bool:
    """Whether the statement stands where section 2 names the excipient: its words may be about other things.

    Common words ("allergic reactions", `near`) count only under “X contains”, or in or after a paragraph that
    names the excipient or says that the medicine contains something; others also where it is not named.
    """
    section = leaflet.section(task.section)
    if section is None:
        return True
    common = bool(task.params.get("near"))
    own = (*wording.names, *wording.stated, *wording.e_numbers)
    names = _announcing(task.lexicon, wording) if common else tuple(map(wording_key, own))
    before, after = (0, 1) if common else (_BEFORE, _AFTER)
    places = [(sub.heading.block, sub.stop) for sub in section.subsections if common and sub.id == "contains"]
    begin = section.first + (section.heading is not None)
    for block in range(begin, section.stop):
        start, end = leaflet.wordtext.bounds(block, block + 1)
        text = leaflet.wordtext.text[start:end]
        if any(name in text for name in names):
            places.append((max(begin, block - before), min(block + after + 1, section.stop)))
    if not places:
        return not common
    return any(
        find_any(leaflet, task.lexicon, wording.statement, leaflet.wordtext.bounds(first, stop))
        for first, stop in places
    )


@lru_cache(maxsize=512)
def _announcing(lexicon: Lexicon, wording: ExcipientWording) -> tuple[str, ...]:
    """Names without their last letter, which a case may change, E numbers, and verbs for "contains"."""
    numbers = (form for n in wording.e_numbers for form in (n, f"{n[0]} {n[1:]}"))
    others = map(wording_key, (*numbers, *lexicon.pack.contains, *lexicon.pack.contained))
    return (*(wording_key(name).rstrip()[:-1] for name in wording.names), *others)


def _of_another(leaflet: Leaflet, task: Task, wording: ExcipientWording, span: Span) -> bool:
    """Whether what was found may be the statement of another excipient: it names one."""
    known = task.lexicon.pack.excipients
    own = leaflet.wordtext.bounds(span.block, span.block + 1)
    others = [known[each.id].names for each in leaflet.facts.excipients if each.id in known]
    strange = [names for names in others if not set(names) & set(wording.names)]
    if not any(find_any(leaflet, task.lexicon, names, own) for names in strange):
        return False
    return find_any(leaflet, task.lexicon, wording.names, scope(leaflet, task.section)) is None


@lru_cache(maxsize=512)
def _effects(lexicon: Lexicon, wording: ExcipientWording) -> Sequence[str]:
    """The patterns that say more than that the medicine contains it; all of them if none does."""
    verbs = [wording_key(verb) for verb in lexicon.pack.contains]
    said = [
        notation
        for notation in wording.statement
        if not any(verb in f" {phrase.plain} " for phrase in lexicon.phrases(notation) for verb in verbs)
    ]
    return said or wording.statement


def _lacking(
    leaflet: Leaflet, task: Task, wording: ExcipientWording, listed: ListedExcipient
) -> Iterator[Hit]:
    """What belongs to a statement that stands there: its amount, the allergy under “Do not take”."""
    amounts = [found for found in leaflet.facts.stated if found.id == listed.id and found.amount]
    if task.params.get("amount") and wording.stated and not amounts:
        yield _hit(task, listed, "altered", "no-amount", wording.text)
    sub = subsection(leaflet, "do-not-use")
    if wording.contraindicated and sub is not None and not sub.empty:
        bounds = leaflet.wordtext.bounds(sub.heading.block, sub.stop)
        if not find_any(leaflet, task.lexicon, wording.contraindicated, bounds):
            yield _hit(task, listed, "misplaced", "not-contraindicated", wording.text)


def _hit(task: Task, listed: ListedExcipient, problem: Problem, case: str, expected: str) -> Hit:
    return Hit(
        problem,
        case,
        listed.span,
        task.section,
        evidence=listed.name,
        expected=expected,
        values={"name": listed.name},
        review=task.params.get("row") not in ("text", "leaflets"),
    )


@kind("excipient-e-number")
def e_number(leaflet: Leaflet, task: Task) -> Outcome:
    """An E number stands beside a name that it belongs to."""
    table = task.lexicon.pack.e_numbers
    if not table:
        return Outcome(verdict="review", note="no-wording")
    hits = []
    for found in leaflet.facts.additives:
        right = sorted(number for number, names in table.items() if set(names) & set(found.names))
        if found.names and found.number in table and found.number not in right:
            evidence = leaflet.text(found.span)
            values = {"name": found.names[0], "number": found.number}
            hits.append(Hit("inconsistent", "", found.span, "contents", evidence, " or ".join(right), values))
    return Outcome(tuple(hits)) if hits else met("checked")


@kind("excipient-share")
def share(leaflet: Leaflet, task: Task) -> Outcome:
    """The percentage of the daily intake agrees with the amount; `daily` is that intake in mg."""
    wording = task.lexicon.pack.excipients.get(task.params["excipient"])
    if wording is None or not wording.share_of:
        return Outcome(verdict="review", note="no-wording")
    stated = [found for found in leaflet.facts.stated if found.id == task.params["excipient"]]
    daily = Decimal(task.params["daily"])
    judged = [found for found in stated if found.share and found.amount]
    hits = tuple(hit for found in judged if (hit := _share(leaflet, found, daily)))
    if hits:
        return Outcome(hits)
    unread = next((found.span for found in stated if found.share and not found.amount), None)
    if unread:
        return Outcome(verdict="review", note="share-unclear", at=unread)
    return met("share", judged[0].span) if judged else not_applicable("no-share")


def _share(leaflet: Leaflet, found: StatedExcipient, daily: Decimal) -> Hit | None:
    amount, stated = found.amount, found.share
    if amount is None or stated is None:
        return None
    computed = [value / daily * 100 for value in amount.base]
    slack = stated.step + amount.step * amount.factor / daily * 100
    pairs: Iterable[tuple[Decimal, Decimal]] = zip((stated.low, stated.high), computed, strict=True)
    if all(abs(given - wanted) <= slack for given, wanted in pairs):
        return None
    values = {"amount": leaflet.text(amount.span), "computed": f"{computed[-1]:.3g}"}
    evidence = leaflet.text(found.span)
    return Hit("inconsistent", "", found.span, "before-use", evidence, f"{computed[-1]:.3g}%", values)
