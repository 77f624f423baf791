"""Which findings of a leaflet are fixed, and how; what is left to a person, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.text import words
from validator.engine import Trial
from validator.findings import Settled
from validator.mending.edits import Edit, Left, Mend
from validator.mending.places import inserted
from validator.mending.wording import like, restored
from validator.statements import paste

_HELD = "the text before it breaks off: restore that first"
_GOES_ON = re.compile(r"[^\w\s]\w")  # "www" of "www.example.org" ends nothing
_SENTENCE = re.compile(r"\w[^.!?]*")
_ALIKE = 65  # likeness from which a sentence says the same in other words
_FEW = 4  # words that a superseded wording may have more than the one in force


def planned(trial: Trial, rules: frozenset[str] = frozenset()) -> tuple[tuple[Mend, ...], tuple[Left, ...]]:
    """The fixes of one leaflet, and what is left; `rules` are left as well: their fixes did not hold."""
    mends, left = [], []
    held = _held(trial)
    for settled in trial.settled:
        found = settled.finding.rule
        answer = "its fix does not settle it" if found in rules else _mend(trial, settled)
        if isinstance(answer, Mend) and answer.insertion and answer.insertion.block >= held:
            answer = _HELD
        if isinstance(answer, Mend):
            mends.append(answer)
        else:
            left.append(Left(found, settled.finding.fingerprint, settled.finding.problem, answer))
    return tuple(mends), tuple(left)


def _held(trial: Trial) -> int:
    """The first block behind which nothing may be put in, lest a finding be hidden.

    Where a section breaks off that holds for the section alone, see `_mend`.
    """
    held = [each.hit for each in trial.settled if each.entry.requirement.holds_back]
    spans = [hit.span for hit in held if hit.case != "section"]
    return min((span.block for span in spans if span), default=len(trial.leaflet.blocks))


def _mend(trial: Trial, settled: Settled) -> Mend | str:
    """The fix of a finding, or why a person must make it."""
    hit, requirement = settled.hit, settled.entry.requirement
    if hit.review or settled.applies is None:
        return "a person must judge whether it is one"
    if hit.cause == "document/truncated":
        return _HELD
    if (hit.case or hit.problem) not in requirement.safe:
        return "its fix needs a person"
    if requirement.kind == "black-triangle/symbol":
        return _symbol(trial.leaflet, settled)
    origin = settled.entry.origin
    if origin == "memory" or (origin == "rendering" and hit.problem != "missing"):
        return "no official wording is known in this language"
    if hit.problem == "missing":
        return _put_in(trial, settled)
    return _restore(trial, settled)


def _made(settled: Settled, done: str, edits: tuple[Edit, ...]) -> Mend:
    return Mend(settled.finding.rule, settled.finding.fingerprint, done, edits)


def _symbol(leaflet: Leaflet, settled: Settled) -> Mend | str:
    """The black triangle before the notice, or in place of what stands there."""
    span = settled.hit.span
    if span is None:
        return "the notice has no place"
    if settled.hit.problem == "missing":
        if leaflet.blocks[span.block].text[: span.start].strip():
            return "the notice stands within other words"
        return _made(settled, "put ▼ in", (Edit(span.block, span.start, span.start, "▼"),))
    return _made(settled, "put ▼ in place of another sign", (Edit(span.block, span.start, span.end, "▼"),))


def _put_in(trial: Trial, settled: Settled) -> Mend | str:
    requirement, product = settled.entry.requirement, trial.leaflet.facts.product
    text = paste(settled.hit.expected, product.name, product.route == "oral")
    if requirement.kind == "contents-list":
        text = _contents(trial, text.partition("\n")[0])
    if not text:
        return "a section is missing, or its wording is not known"
    if requirement.kind == "topic" and "{" not in text:
        # The template's sentence does not say all: what the product needs stays to be written.
        text += "\n{…}"
    insertion = inserted(trial, settled, text)
    if insertion is None:
        return "the section where it belongs is missing"
    done = "put in"
    if settled.entry.origin == "rendering":
        done += " in our rendering: compare it with the authorised text"
    if "{" in text:
        done += ", with a slot to fill in"
    return Mend(settled.finding.rule, settled.finding.fingerprint, done, insertion=insertion)


def _contents(trial: Trial, title: str) -> str:
    """The list of contents in the leaflet's own headings; "" while one of them is missing."""
    lines = [title]
    for plan in trial.law.lexicon.profile.sections:
        section = trial.leaflet.section(plan.id)
        if section is None or section.heading is None:
            return ""
        words_of_it = trial.leaflet.text(section.heading.span)
        number = section.heading.number
        lines.append(words_of_it if not number or words_of_it[0].isdigit() else f"{number}. {words_of_it}")
    return "\n".join(lines)


def _restore(trial: Trial, settled: Settled) -> Mend | str:
    """The words of the template in place of those that differ; nothing else is taken away."""
    leaflet, hit = trial.leaflet, settled.hit
    product = leaflet.facts.product
    if hit.span is None or hit.span.last >= 0:
        return "it goes over several paragraphs"
    given = leaflet.text(hit.span)
    wanted = like(hit.expected, given, product.name, product.route == "oral")
    found = restored(hit.span.block, given, hit.span.start, wanted)
    if found is None:
        return "it holds what only the product knows"
    edits, lost = found
    if not edits:
        return "its words are those of the template"
    if not _may_go(settled, lost, given, wanted) or not _whole(trial.leaflet, hit.span, edits):
        return "other words stand within it or beside it"
    if _said_beside(trial.leaflet, hit.span, edits):
        return "a sentence beside it says in other words what is missing"
    return _made(settled, "restored", edits)


def _whole(leaflet: Leaflet, span: Span, edits: Sequence[Edit]) -> bool:
    """Whether edits at the first or the last word are at the beginning or the end of a sentence."""
    text = leaflet.blocks[span.block].text
    before, after = text[: span.start].rstrip(), text[span.end :].lstrip()
    begins = not before or not (before[-1].isalnum() or before[-1] == ",")
    ends = not after or not (after[0].isalnum() or after[0] == "," or _GOES_ON.match(text, span.end))
    return (begins or edits[0].start > span.start) and (ends or edits[-1].end < span.end)


def _said_beside(leaflet: Leaflet, span: Span, edits: Sequence[Edit]) -> bool:
    """Whether a sentence that would be put in at either end stands there in other words: not twice."""
    from rapidfuzz import fuzz

    text = leaflet.blocks[span.block].text
    before, after = _SENTENCE.findall(text[: span.start])[-1:], _SENTENCE.findall(text[span.end :])[:1]
    new = [sentence for edit in edits for sentence in _SENTENCE.findall(edit.text)]
    return any(
        len(words(sentence)) >= _FEW and fuzz.ratio(sentence.lower(), beside.strip().lower()) >= _ALIKE
        for sentence in new
        for beside in (*before, *after)
    )


def _may_go(settled: Settled, lost: list[str], given: str, wanted: str) -> bool:
    """Whether the words that would go are those that the finding names, or a superseded wording's."""
    if settled.hit.problem == "outdated":
        return len(words(given)) <= len(words(wanted)) + _FEW
    named = Counter(words(settled.hit.values.get("difference", "")))
    return not Counter(lost) - named
