"""The sentences of a passage with the doses in each: what says the same again is one dose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from validator.document.quantities import Quantity
from validator.facts.doses import is_dose
from validator.facts.holders import contents, told_of_one
from validator.facts.passage import Passage
from validator.facts.roles import are_two_substances, is_other_form, role_of
from validator.facts.strengths import strength_of
from validator.grammar import Token

_IN_BRACKET = 40  # characters after an amount in which its bracket may close: "(4 g in 24 hours)"
_LEAD = 3  # tokens behind "thus" in which the figure may stand that follows
_FIGURES = ("num", "number-word")
LIMITS = ("above", "minimum")  # "total daily doses above 20 mg should be divided"


@dataclass(frozen=True, slots=True)
class DoseSentence:
    """A sentence of a passage: its offsets, its doses with what says the same again left out."""

    passage: Passage
    start: int
    end: int
    doses: tuple[tuple[Quantity, ...], ...]

    def tokens(self, start: int, end: int) -> Sequence[Token]:
        """The tokens between two offsets."""
        return self.passage.tokens[self.passage.token_at(start) : self.passage.token_at(end)]


def dose_sentences(passage: Passage) -> Iterator[DoseSentence]:
    """The sentences of a passage with their doses."""
    own = [strength_of(passage, q) for q in passage.quantities if q.family == "count"]
    held = [*contents(passage).values()]
    ones = [q for q in passage.quantities if q.family == "count" and q.low == 1]
    holders = [q for q in ones if strength_of(passage, q) in held]
    holders += [q for q in ones if told_of_one(passage, q) in held]
    known = [*own, *held, *holders]
    doses = [q for q in passage.quantities if is_dose(q) and q.unit != "dose" and q not in known]
    ends = [*passage.ends, len(passage.text)]
    for number, near in groupby(doses, key=lambda q: passage.sentence(q.span.start)):
        groups: list[list[Quantity]] = []
        for dose in near:
            if groups and _is_again(passage, groups[-1][-1], dose):
                groups[-1].append(dose)
            else:
                groups.append([dose])
        start, end = (ends[number - 1] if number else 0), ends[min(number, len(ends) - 1)]
        yield DoseSentence(passage, start, end, tuple(map(tuple, groups)))


def without_content(sentence: DoseSentence) -> tuple[DoseSentence, dict[str, Quantity]]:
    """A sentence without what one tablet holds: "a tablet has 150 mg, so that the day's dose is 450 mg"."""
    passage, doses = sentence.passage, sentence.doses
    if len(doses) != 2 or any(len(own) > 1 or own[0].family == "count" for own in doses):
        return sentence, {}
    first, units = doses[0][0], passage.grammar.units
    if is_other_form(passage, first, doses[1][0]) or are_two_substances(passage, first, doses[1][0]):
        return sentence, {}
    ahead = sentence.tokens(sentence.start, first.span.start)
    named = {str(t.value) for t in ahead if t.kind == "unit" and units[t.value].family == "count"} - {"dose"}
    if (
        len(named) != 1
        or first.per
        or intakes_of(sentence, sentence.end)
        or times_of_day(sentence, sentence.end)
    ):
        return sentence, {}
    counted = any(
        q.family == "count" and sentence.start <= q.span.start < sentence.end for q in passage.quantities
    )
    if counted or any(token.kind in LIMITS for token in ahead):
        return sentence, {}
    return replace(sentence, doses=doses[1:]), {named.pop(): first}


def _is_again(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """Whether an amount in brackets says the one before it again: "1 capsule (75 mg)"."""
    between = passage.text[one.span.end : other.span.start]
    if "(" not in between or ")" in between or other.per:
        return False
    close = passage.text.find(")", other.span.end, other.span.end + _IN_BRACKET)
    return not passage.says("of-a-day", one.span.end, max(close, other.span.start))


def intakes_of(sentence: DoseSentence, stop: int) -> list[Decimal | None]:
    """How often a day something is taken by the intakes of a sentence; None where it is divided."""
    spans = [i for i in sentence.passage.intakes if sentence.start <= i.span.start < stop]
    return [None if intake.divided else intake.per_day for intake in spans]


def times_of_day(sentence: DoseSentence, stop: int) -> list[Token]:
    """The times of the day that a sentence names, those of an intake left out."""
    own = [i.span for i in sentence.passage.intakes]
    near = sentence.tokens(sentence.start, stop)
    free = (token for token in near if token.kind == "day-time")
    return [token for token in free if not any(s.start <= token.start < s.end for s in own)]


def changes_people(sentence: DoseSentence, stop: int) -> bool:
    """Whether a sentence names other people behind its first dose than before it."""
    passage, first = sentence.passage, sentence.doses[0][0].span.start
    whose = passage.grammar.populations(passage.folded[sentence.start : first])
    return bool(whose) and bool(passage.grammar.populations(passage.folded[first:stop]) - whose)


def is_added(sentence: DoseSentence, dose: Quantity) -> bool:
    """Whether a dose is the most of what may be added under a condition to what its sentence told before.

    “Twice in the morning and twice at night, and when you are short of breath up to 6 more puffs.”
    """
    if dose.bound != "maximum" and not any(
        t.kind == "maximum" for t in sentence.tokens(sentence.start, dose.span.start)
    ):
        return False
    times = times_of_day(sentence, dose.span.start)
    return bool(times) and sentence.passage.says("if", times[0].end, dose.span.start)


def adds_to(sentence: DoseSentence, total: int) -> bool:
    """Whether a sentence adds a dose under a condition to those of the one before, up to a maximum.

    “If the pain goes on you may take 1 more tablet at night, i.e. 4 tablets a day at most.”
    """
    passage, first = sentence.passage, sentence.doses[0][0].span.start
    roles = [role_of(passage, q) for q in sentence.doses[total]]
    most = any(role is not None and role.kind == "maximum" for role in roles)
    return most and passage.says("if", sentence.start, first)


def is_told_thus(sentence: DoseSentence, start: int, end: int) -> bool:
    """Whether words behind an amount say that it follows, and do not lead to another figure."""
    said = sentence.passage.first_said("thus", start, end)
    behind = sentence.tokens(said[1], sentence.end)[:_LEAD] if said else ()
    return said is not None and all(token.kind not in _FIGURES for token in behind)
