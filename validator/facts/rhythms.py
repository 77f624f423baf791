"""Two sentences about one medicine of which one has it taken once a week and the other once a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from validator.document.location import Span
from validator.document.quantities import Intake, Quantity, Rhythm
from validator.facts.doses import is_dose
from validator.facts.passage import Passage
from validator.facts.roles import ROLES
from validator.grammar import Token

_MOST = 20  # of one leaflet
_NEAR = 3  # sentences with intakes between the two
_TIMES_A_DAY = (2, 3, 4)
_OPENING = (":", "(")
_ITEM = 3  # tokens of one item in a list of times of the day: "in the evening"
_WEEK = Decimal(7)
_LETTERS = 6  # by which a word of one sentence is found again in another one


@dataclass(frozen=True, slots=True)
class _Told:
    """An intake in its sentence."""

    intake: Intake
    passage: Passage
    start: int
    stop: int

    @property
    def doses(self) -> set[tuple[Decimal, str]]:
        """The amounts of the sentence."""
        found = [q for q in self.passage.quantities if self.start <= q.span.start < self.stop]
        return {(q.base[0], q.family) for q in found if _counts(q)}

    @property
    def words(self) -> set[str]:
        """The beginnings of its longer words."""
        tokens = self.passage.tokens[self.passage.token_at(self.start) : self.passage.token_at(self.stop)]
        units = self.passage.grammar.units
        counted = {t.value for t in tokens if t.kind == "unit" and units[t.value].family == "count"}
        return counted | {
            str(t.value)[:_LETTERS] for t in tokens if t.kind == "word" and len(str(t.value)) >= _LETTERS
        }


def _counts(quantity: Quantity) -> bool:
    return is_dose(quantity) and quantity.unit != "dose"


def rhythms(passages: Sequence[Passage]) -> tuple[Rhythm, ...]:
    """The contradicting intakes of neighbouring sentences, in reading order."""
    return tuple(islice(_rhythms(passages), _MOST))


def _rhythms(passages: Sequence[Passage]) -> Iterator[Rhythm]:
    before: list[_Told] = []
    for passage in passages:
        for intake in passage.intakes:
            told = _told(passage, intake)
            near = [one for one in before if passage.block - one.passage.block <= 1]
            other = next((one for one in reversed(near) if _contradict(one, told)), None)
            if other:
                yield Rhythm(intake, other.intake)
            before = [*before[-_NEAR:], told]
            if listed := _listed(passage, intake):
                yield Rhythm(listed, intake)


def _listed(passage: Passage, intake: Intake) -> Intake | None:
    """The times of the day behind "twice a day:", if they are not as many: "morning, noon and evening"."""
    if intake.unit != "day" or intake.every != 1 or intake.divided or intake.times not in _TIMES_A_DAY:
        return None
    at, stop = passage.token_at(intake.span.end), passage.token_at(_clause_end(passage, intake.span.end))
    tokens = passage.tokens[at:stop]
    if not tokens or tokens[0].kind not in _OPENING:
        return None
    if [token.kind for token in tokens[1:2]] == ["day-parts"]:  # "morning, noon and evening" are one token
        following = next(i for i in passage.intakes if i.span.start == tokens[1].start)
        alone = len(tokens) == 2 or tokens[2].kind == ")"
        return following if alone and following.times != intake.times else None
    items: list[list[Token]] = [[]]
    for token in tokens[1:]:
        if token.kind in (",", "and"):
            items.append([])
        elif token.kind == ")":
            break
        else:
            items[-1].append(token)
    named = [[token for token in item if token.kind == "day-time"] for item in items]
    plain = all(len(own) == 1 and len(item) <= _ITEM for own, item in zip(named, items, strict=True))
    start, end = tokens[1].start if len(tokens) > 1 else 0, tokens[-1].end
    told = passage.says("before", start, end) or passage.says("either", start, end)
    words = {str(own[0].value) for own in named if own}
    if not plain or told or not 1 < len(items) != intake.times or len(words) != len(items):
        return None
    return Intake(Span(passage.block, named[0][0].start, named[-1][0].end), Decimal(len(items)), "day")


def _clause_end(passage: Passage, offset: int) -> int:
    number = passage.sentence(offset)
    return passage.ends[number] - 1 if number < len(passage.ends) else len(passage.text)


def _told(passage: Passage, intake: Intake) -> _Told:
    number = passage.sentence(intake.span.start)
    stop = passage.ends[number] if number < len(passage.ends) else len(passage.text)
    start = passage.sentence_start(intake.span.start)
    colon = passage.text.rfind(": ", start, intake.span.start)
    return _Told(intake, passage, max(start, colon), stop)  # "do not forget: one tablet once a day"


def _contradict(one: _Told, other: _Told) -> bool:
    """Whether one is once a week and the other once a day, as of one medicine."""
    if (one.passage is other.passage and one.start == other.start) or _every(one) == _every(other):
        return False
    if {_every(one), _every(other)} != {1, _WEEK} or not _is_plain(one) or not _is_plain(other):
        return False
    if one.passage.populations(one.start) != other.passage.populations(other.start):
        return False
    return not (one.doses ^ other.doses and one.doses and other.doses) and bool(one.words & other.words)


def _every(told: _Told) -> Decimal | None:
    """Every how many days something is taken once; None where it is otherwise."""
    intake = told.intake
    days = {"day": Decimal(1), "week": _WEEK}.get(intake.unit)
    return days * intake.every if days and intake.times == 1 and not intake.divided else None


def _is_plain(told: _Told) -> bool:
    """Whether a sentence neither denies nor begins nor changes anything."""
    passage, start, stop = told.passage, told.start, told.stop
    tokens = passage.tokens[passage.token_at(start) : passage.token_at(stop)]
    roles = any(token.kind in ROLES and token.kind != "usual" for token in tokens)
    changes = passage.says("change", start, stop) or passage.says("either", start, stop)
    return not (passage.denies(start, stop) or roles or changes)
