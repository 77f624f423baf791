"""The additional-monitoring notice: symbol, statement, the section it points to, place, list status."""

from __future__ import annotations

from collections.abc import Sequence

from validator.checks.locate import locate, scope
from validator.checks.registry import Task, kind
from validator.checks.wording import judge_wording, look
from validator.document.leaflet import Leaflet, Section
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.text import wording_key, words
from validator.substances import Left, monitoring

_STATEMENT = "black-triangle/statement"
_WORDING = "additional-monitoring"
_LINES = 4  # sentences of the notice
_NAMED = 5  # medicines of the list that are told


def _none(leaflet: Leaflet) -> bool:
    notice = leaflet.facts.black_triangle
    return notice.statement is None and notice.symbol is None


@kind("black-triangle/symbol")
def symbol(leaflet: Leaflet, task: Task) -> Outcome:
    """The statement is preceded by ▼, and ▼ is followed by the statement."""
    notice = leaflet.facts.black_triangle
    if _none(leaflet):
        return not_applicable("no-notice")
    if notice.statement is None:
        # What is missing is told by black-triangle/statement, once.
        lone = Hit("missing", "no-statement", notice.symbol, "front", notice.symbol_text, cause=_STATEMENT)
        return Outcome((lone,))
    if notice.symbol is None:
        return Outcome((Hit("missing", span=notice.statement, section="front", expected="▼"),))
    if notice.symbol_text == "▼":
        return met("found", notice.symbol)
    if notice.symbol_text == "image":
        return Outcome((Hit("missing", "image", notice.symbol, "front", review=True),))
    return Outcome(
        (Hit("altered", span=notice.symbol, section="front", evidence=notice.symbol_text, expected="▼"),)
    )


@kind("black-triangle/statement")
def statement(leaflet: Leaflet, task: Task) -> Outcome:
    """The statement in its standard words."""
    notice = leaflet.facts.black_triangle
    if _none(leaflet):
        return not_applicable("no-notice")
    wording = task.lexicon.pack.statements[_WORDING]
    if notice.statement is None:
        return Outcome((Hit("missing", span=notice.symbol, section="front", expected=wording.text),))
    first = notice.statement.block
    whole = ". " in leaflet.text(notice.statement)
    last = min(first + (_LINES - 1 if whole else _LINES), len(leaflet.blocks))
    found = locate(
        leaflet,
        task.lexicon,
        wording.text,
        accepted=wording.accepted,
        outdated=wording.outdated,
        signals=wording.signals,
        bounds=leaflet.wordtext.bounds(first, last),
    )
    if wording.seen == "rendering":
        hit = Hit(
            "altered",
            "rendering",
            notice.statement,
            "front",
            leaflet.text(notice.statement),
            wording.text,
            review=True,
        )
        return Outcome((hit,))
    return judge_wording(leaflet, task, found, wording)


@kind("black-triangle/reference")
def reference(leaflet: Leaflet, task: Task) -> Outcome:
    """The section that the notice points to exists and holds the reporting text."""
    pointer = _pointer(leaflet)
    if pointer is None:
        return not_applicable("no-notice" if _none(leaflet) else "no-pointer")
    span, number = pointer
    effects = leaflet.section(task.lexicon.profile.reporting_section)
    target = _numbered(leaflet, task, number)
    reports = effects is not None and _reports(leaflet, task, effects)
    values = {"number": number, "detail": "" if reports else _detail(effects)}
    evidence = leaflet.text(span)
    if target is None:
        return Outcome((Hit("unresolved", span=span, section="front", evidence=evidence, values=values),))
    if effects is None or target.id != effects.id:
        place = effects.heading.number if effects and effects.heading else ""
        return Outcome((Hit("unresolved", "wrong-section", span, "front", evidence, place, values),))
    if not reports:
        return Outcome(
            (Hit("unresolved", "no-reporting-text", span, "front", evidence, values=values, advice=True),)
        )
    return met("points", span, number=number)


def _pointer(leaflet: Leaflet) -> tuple[Span, str] | None:
    notice = leaflet.facts.black_triangle.statement
    if notice is None:
        return None
    for found in leaflet.facts.references:
        if found.span.block in _lines(leaflet, notice.block):
            return found.span, found.number
    return None


def _lines(leaflet: Leaflet, first: int) -> range:
    """The blocks of the notice: each sentence may be a line of its own; a list belongs to what follows."""
    stop = first + 1
    while stop < min(first + _LINES, len(leaflet.blocks)) and leaflet.blocks[stop].kind == "paragraph":
        stop += 1
    return range(first, stop)


def _numbered(leaflet: Leaflet, task: Task, number: str) -> Section | None:
    """The section headed with that number; by the template's number where the headings have none."""
    headed = [section for section in leaflet.sections if section.heading]
    if any(section.heading and section.heading.number for section in headed):
        return next((s for s in headed if s.heading and s.heading.number == number), None)
    plans = {str(plan.number): plan.id for plan in task.lexicon.profile.sections}
    return leaflet.section(plans.get(number, ""))


def _reports(leaflet: Leaflet, task: Task, section: Section) -> bool:
    wording = task.lexicon.pack.statements["reporting-side-effects"]
    return look(leaflet, task, wording, section.id).tier not in ("absent", "outdated")


def _detail(effects: Section | None) -> str:
    if effects is None:
        return ", and the section on side effects is missing"
    number = f" ({effects.heading.number})" if effects.heading and effects.heading.number else ""
    return f", and the section on side effects{number} does not say how to report them"


@kind("black-triangle/position")
def position(leaflet: Leaflet, task: Task) -> Outcome:
    """The notice stands at the top, before the first section, and once."""
    notice = leaflet.facts.black_triangle.statement
    if notice is None:
        return not_applicable("no-notice")
    stands = leaflet.section_at(notice.block)
    if stands is not None and stands.id != "front":
        values = {"found_section": stands.id}
        return Outcome(
            (Hit("misplaced", span=notice, section="front", evidence=leaflet.text(notice), values=values),)
        )
    again = _second(leaflet, task, notice)
    return Outcome((Hit("duplicate", span=again, section="front"),)) if again else met("found", notice)


def _second(leaflet: Leaflet, task: Task, notice: Span) -> Span | None:
    signal = task.lexicon.phrases(task.lexicon.pack.statements[_WORDING].signals[0])[0]
    _, end = scope(leaflet, "any")
    start = leaflet.wordtext.bounds(min(notice.block + 1, len(leaflet.blocks)), len(leaflet.blocks))[0]
    found = signal.find(leaflet.wordtext.text, start, end)
    return leaflet.wordtext.span(*found) if found else None


@kind("black-triangle/listing")
def listing(leaflet: Leaflet, task: Task) -> Outcome:
    """The notice agrees with the dated list of medicines under additional monitoring.

    Several medicines have one substance, and not all of them need be on the list: by its substance alone
    a medicine is for review.
    """
    asked = task.params.get("list") != "none"
    law = monitoring()
    inns = [inn.casefold() for inn in leaflet.facts.product.active_substances]
    listed = [name for inn in inns for name in law.medicines.get(inn, ())] if asked else []
    if _none(leaflet):
        return Outcome((_required(leaflet, listed),)) if listed else not_applicable("no-notice")
    if _among(leaflet, listed):
        return met("listed", date=law.date)
    left = next(((inn, law.left[inn]) for inn in inns if asked and not listed and inn in law.left), None)
    if left:
        return Outcome((_left(leaflet, *left),))
    note = "list-other" if listed else "list-without" if asked and law.medicines else "list-unknown"
    values = {"date": law.date, "names": ", ".join(listed[:_NAMED])}
    return Outcome(verdict="review", note=note, values=values)


def _among(leaflet: Leaflet, listed: Sequence[str]) -> bool:
    """Whether the medicine itself is one of some medicines: its name begins with the name of one."""
    name = wording_key(leaflet.facts.product.name)
    return any(name.startswith(wording_key(other)) for other in listed if words(other))


def _left(leaflet: Leaflet, inn: str, left: Left) -> Hit:
    values = {
        "substance": inn.capitalize(),
        "date": left.month,
        "cause_text": left.cause,
        "list_date": monitoring().date,
    }
    return Hit(
        "outdated",
        span=leaflet.facts.black_triangle.statement,
        section="front",
        evidence=inn,
        values=values,
        review=leaflet.facts.product.revised_before(left.month),
    )


def _required(leaflet: Leaflet, listed: Sequence[str]) -> Hit:
    values = {"names": ", ".join(listed[:_NAMED]), "list_date": monitoring().date}
    return Hit("missing", section="front", values=values, review=not _among(leaflet, listed))
