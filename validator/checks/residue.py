"""What must be gone from a finished leaflet: template marks, open changes, foreign text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.checks.locate import find_any
from validator.checks.registry import Task, kind
from validator.document.blocks import Change
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.text import WORD, fold_wording, folded_words, wording_key
from validator.grammar import grammar
from validator.vocabulary import LEAST_MARKS, Strange, marks, strange

_MARKS = re.compile(
    r"\{[^{}]{1,120}\}"
    r"|<[A-Za-zÀ-ɏ][^<>@/:=]{0,60}>"
    r"|\[(?:to be completed|insert|INN|product name|invented name|date|year|text)[^\[\]]{0,80}\]"
    r"|\bX{3,}\b|\bXX(?=\s?(?:[°º]|mg\b|g\b|ml\b|kg\b|%))|\bMM/YYYY\b|\.\./\.\./\.+",
    re.IGNORECASE,
)
# A figure that was never written: "14, 28 or XX tablets". Chromosomes are written with XX, too.
_FIGURE_SLOT = re.compile(r"(?<![\w,/-])X{2}(?![\w/-])")
_BESIDE = 25  # characters before such a slot in which a figure stands where amounts are listed
_SIGNS = ("{", "<", "[", "XX", "xx", "M/Y", "m/y", "../")  # a quick look: most texts hold none of them
# The date of revision is filled in last, by the authority: files in procedure still carry its slot.
# A year is four times one letter in every language: "{month YYYY}", "{måned ÅÅÅÅ}", "{KK.VVVV}".
_DATE = re.compile(
    r"(?:MM|DD|JJ|AA)[/. ]?(?:MM)?.*|(?:.*[\W_])?(?!X)([^\W\d_])\1{3}|\.\./\.\./\.+", re.IGNORECASE
)
_ABBREVIATION = re.compile(r"\{[^\W\d_a-z.]{2,6}\.?\}")
_LEAST_WORDS = 6  # of a sentence whose language can be told
_SENTENCE_END = re.compile(r"[.!?:;][\"')]?\s+")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_OF_COMPANIES = ("contents",)
_REVISED_FORMATS = ("docx",)  # those that can hold tracked changes
_TOLD_CHANGES, _TOLD_CHARS = 5, 80
_DONE = {"insertion": "inserted", "deletion": "deleted", "move": "moved", "formatting": "formatted anew"}


@kind("residue/placeholder")
def placeholder(leaflet: Leaflet, task: Task) -> Outcome:
    """No option, slot or note of the template is left in the text."""
    leftovers = [
        fold_wording(text)
        for text in task.lexicon.pack.leftovers
        if wording_key(text) in leaflet.wordtext.text
    ]
    hits = []
    whole = "\n".join([block.text for block in leaflet.blocks])
    signs = [sign for sign in _SIGNS if sign in whole]
    for index, block in enumerate(leaflet.blocks) if signs or leftovers else ():
        if not leftovers and not any(sign in block.text for sign in signs):
            continue
        spans = [match.span() for match in _MARKS.finditer(block.text)]
        folded = leaflet.folded[index]
        noted = [(at, at + len(text)) for text in leftovers if (at := folded.find(text)) >= 0]
        spans += [(a, b) for a, b in noted if not any(start <= a and b <= end for start, end in spans)]
        slots = [
            match.span()
            for match in _FIGURE_SLOT.finditer(block.text)
            if not any(start <= match.start() < end for start, end in spans)
        ]
        section = leaflet.section_at(index)
        for start, end in (*spans, *slots):
            where = section.id if section else ""
            mark = block.text[start:end]
            case = _case(leaflet, task, index, mark)
            doubtful = (start, end) in slots and not _amount(leaflet, task, index, start, end)
            span = Span(index, start, end)
            hits.append(Hit("leftover", case, span, where, mark, advice=bool(case), review=doubtful))
    return Outcome(tuple(hits)) if hits else met("nothing-left")


def _amount(leaflet: Leaflet, task: Task, index: int, start: int, end: int) -> bool:
    """Whether a place is that of a figure: others stand before it, or something counted follows."""
    folded = leaflet.folded[index]
    after = grammar(task.lexicon.pack.language).dosed(folded[end : end + _BESIDE])
    before = any(char.isdigit() for char in folded[max(0, start - _BESIDE) : start])
    return before or bool(after and after[0].kind == "unit")


def _case(leaflet: Leaflet, task: Task, index: int, mark: str) -> str:
    """What kind of mark it is: a date that is filled in last, braces around what was filled in, or "".

    The template's "after {abbreviation used for expiry date}" stands in authorised leaflets as "after {EXP}".
    """
    if _DATE.fullmatch(mark.strip("<{[]}>")):
        return "date"
    if _ABBREVIATION.fullmatch(mark):
        words = leaflet.wordtext.bounds(index, index + 1)
        if find_any(leaflet, task.lexicon, task.lexicon.forms("expiry-date"), words):
            return "braces"
    return ""


@kind("residue/tracked-change")
def tracked_change(leaflet: Leaflet, task: Task) -> Outcome:
    """No change or comment is left open; the changes of one block are one hit, each comment is its own."""
    if leaflet.format not in _REVISED_FORMATS:
        return not_applicable("no-revisions", format=leaflet.format)
    changed: dict[int, list[Change]] = {}
    for change in leaflet.changes:
        if change.kind != "comment":
            changed.setdefault(change.block, []).append(change)
    hits = [_open_changes(leaflet, changes, _told(changes)) for changes in changed.values()]
    hits += [
        _open_changes(leaflet, [change], f"comment “{_short(change.text)}”{_by(change)}")
        for change in leaflet.changes
        if change.kind == "comment"
    ]
    return Outcome(tuple(hits)) if hits else met("nothing-left")


def _open_changes(leaflet: Leaflet, changes: list[Change], evidence: str) -> Hit:
    """A hit on the words that the changes of one block cover, on the whole block if they left none."""
    index = changes[0].block
    start, end = min(change.start for change in changes), max(change.end for change in changes)
    span = Span(index, start, end) if start < end else Span(index, 0, len(leaflet.blocks[index].text))
    section = leaflet.section_at(index)
    return Hit("leftover", "", span, section.id if section else "", evidence)


def _told(changes: list[Change]) -> str:
    told = [f"{_DONE[change.kind]}{_quoted(change.text)}{_by(change)}" for change in changes[:_TOLD_CHANGES]]
    more = len(changes) - len(told)
    return ", ".join(told) + (f" and {more} more in the same paragraph" if more else "")


def _quoted(text: str) -> str:
    return f" “{_short(text)}”" if text else ""


def _short(text: str) -> str:
    return text if len(text) <= _TOLD_CHARS else text[: _TOLD_CHARS - 1] + "…"


def _by(change: Change) -> str:
    return f" by {change.author}" if change.author else ""


@kind("residue/untranslated")
def untranslated(leaflet: Leaflet, task: Task) -> Outcome:
    """No sentence of the patient's text is in another language.

    The last section is left out: it names companies, addresses and the medicine's names in other countries.
    """
    own = leaflet.language.value
    known = marks(own).keys()
    hits = []
    for section in leaflet.sections:
        start, end = leaflet.wordtext.bounds(section.first, section.stop)
        if section.id in _OF_COMPANIES or known.isdisjoint(leaflet.wordtext.text[start:end].split()):
            continue
        for index, _ in leaflet.body(section.id):
            words = leaflet.wordtext.words(index)
            if len(words) < _LEAST_WORDS or known.isdisjoint(words):
                continue
            if sum(map(known.__contains__, words)) < LEAST_MARKS:
                continue
            for span, found in _foreign(leaflet, index, own):
                values = {"language": own, "found": found.language}
                evidence = leaflet.text(span)
                hits.append(
                    Hit("leftover", "", span, section.id, evidence, "", values, review=not found.sure)
                )
    return Outcome(tuple(hits)) if hits else met("nothing-left")


def _foreign(leaflet: Leaflet, index: int, own: str) -> Iterator[tuple[Span, Strange]]:
    """The sentences of a block that are in another language, those in a row as one.

    Short sentences tell too little by themselves, but all of a paragraph together may tell enough.
    """
    text, folded = leaflet.blocks[index].text, leaflet.folded[index]
    passages: list[tuple[Span, Strange]] = []
    start = 0
    for stop in [*(match.end() for match in _SENTENCE_END.finditer(folded)), len(folded)]:
        if found := _strange(text[start:stop], folded[start:stop], own):
            first = start
            if passages and passages[-1][0].end == start:
                before, told = passages.pop()
                first, found = before.start, told if told.sure else found
            passages.append((Span(index, first, stop), found))
        start = stop
    if not passages and (found := _strange(text, folded, own)):
        passages.append((Span(index, 0, len(text)), found))
    for span, found in passages:
        yield span._replace(end=len(text[: span.end].rstrip())), found


def _strange(text: str, folded: str, own: str) -> Strange | None:
    """The other language of a sentence; names of authorities, companies and medicines are no sentences."""
    known, words = marks(own), folded_words(folded)
    if len(words) < _LEAST_WORDS or sum(map(known.__contains__, words)) < LEAST_MARKS:
        return None
    words = [word for word in folded_words(_ADDRESS.sub(" ", folded)) if not word[0].isdigit()]
    found = strange(words, own) if len(words) >= _LEAST_WORDS else None
    capitals = sum(word[0].isupper() for word in WORD.findall(text)) if found else 0
    return None if 2 * capitals > len(words) else found
