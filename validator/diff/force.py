"""How binding a sentence is: negations, must and may, conditions, urgency."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from validator.compare.data import Denial, denials, urgency
from validator.diff.runs import Run, alike, missing
from validator.document.text import fold_wording, words
from validator.lexicon import Lexicon

Change = Literal["negation", "reversed", "modality", "urgency", "condition"]
_SHORT = 6  # words of a change that turns a sentence; a longer one leaves out or adds a part of it
_FEW = 3


@dataclass(frozen=True)
class Force:
    """The words of a language that decide how binding a sentence is."""

    lexicon: Lexicon

    @cached_property
    def negations(self) -> frozenset[str]:
        """Words that turn a sentence into its contrary."""
        given = (*self.lexicon.pack.modality.get("not", ()), *self.lexicon.grammar.data.force.negation)
        return frozenset(word for entry in given for word in words(entry))

    @cached_property
    def strong(self) -> frozenset[str]:
        """Words of a duty."""
        return self._modal("strong") - self.negations

    @cached_property
    def weak(self) -> frozenset[str]:
        """Words of a possibility or a recommendation."""
        softer = (word for entry in self.lexicon.grammar.data.force.softer for word in words(entry))
        return self._modal("weak") | frozenset(softer)

    def _modal(self, key: str) -> frozenset[str]:
        return frozenset(word for entry in self.lexicon.pack.modality.get(key, ()) for word in words(entry))

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return tuple(fold_wording(each) for each in self.lexicon.grammar.data.force.negative_endings)

    @cached_property
    def _conditional(self) -> tuple[str, ...]:
        return tuple(fold_wording(each) for each in self.lexicon.grammar.data.force.conditional_endings)

    @cached_property
    def _conditions(self) -> tuple[str, ...]:
        return tuple(f" {' '.join(words(each))} " for each in self.lexicon.grammar.data.force.condition)

    @cached_property
    def _exceptions(self) -> tuple[str, ...]:
        return tuple(f" {' '.join(words(each))} " for each in self.lexicon.grammar.data.force.exception)

    @cached_property
    def _placing(self) -> tuple[tuple[str, ...], ...]:
        groups = self.lexicon.grammar.data.force.placing
        return tuple(tuple(f" {' '.join(words(each))} " for each in group) for group in groups)

    @cached_property
    def _times(self) -> frozenset[str]:
        """Words for times of the day."""
        given = self.lexicon.grammar.data.dosing.get("day-time", ())
        return frozenset(word for entry in given for word in words(entry))

    @cached_property
    def _urgencies(self) -> tuple[str, ...]:
        return tuple(f" {' '.join(words(each))} " for each in self.lexicon.grammar.data.force.urgency)

    @cached_property
    def _denial(self) -> Denial | None:
        """How the language denies, where its own file tells no words of force."""
        return (
            None if self.lexicon.grammar.data.force.negation else denials(self.lexicon.grammar.data.language)
        )

    @cached_property
    def _at_once(self) -> Denial | None:
        return urgency(self.lexicon.grammar.data.language)

    def negative(self, word: str) -> bool:
        """Whether a word negates: by itself, or by its ending."""
        if word in self.negations or word.endswith(self._endings or ("\0",)):
            return True
        return self._denial is not None and self._denial.plain.fullmatch(word) is not None

    def changes(
        self, found: Sequence[Run], before: Sequence[str], after: Sequence[str], joining: Collection[str]
    ) -> Iterator[tuple[Change, Run]]:
        """What weakens a sentence, each with the run of words that does it."""
        turned = list(self._negation(found, before, after))
        yield from turned
        for run in found:
            strong = self.strong.intersection(run.before) - self.strong.intersection(run.after)
            weak = self.weak.intersection(run.after) - self.weak.intersection(run.before)
            softer = (strong and weak) or (weak and self._softened(before, after))
            if softer and run not in (other for _, other in turned):
                yield "modality", run
        if self._urgent(before) > self._urgent(after):
            for run in found:
                if self._urgent(run.before) or self._touches(self._urgencies, run, before):
                    yield "urgency", run
                    break
        if self._conditional_count(after) > self._conditional_count(before):
            for run in found:
                if self._conditional_count(run.after) > self._conditional_count(run.before):
                    yield "condition", run
                    return
        for run in found:
            if run.whole and not run.before and self._widens(run, after, joining):
                yield "condition", run
                return

    def _widens(self, run: Run, after: Sequence[str], joining: Collection[str]) -> bool:
        """Whether words put in name one more case of an exception: "unless A" became "unless A or B"."""
        if not {run.after[0], run.after[-1]} & set(joining):
            return False
        head, found, _ = f" {' '.join(after)} ".partition(f" {' '.join(run.after)} ")
        return bool(found) and self._count(self._exceptions, f"{head} ".split()) > 0

    def placed(self, run: Run) -> bool:
        """Whether words that place one thing by another became others: "before" a meal, "with" it.

        So do the times of the day.
        """
        groups = [self._places(side) for side in (run.before, run.after)]
        times = [self._times.intersection(side) for side in (run.before, run.after)]
        other = all(times) and bool(missing(list(times[1]), times[0]))
        return other or (all(groups) and not groups[0] & groups[1])

    def _places(self, side: Sequence[str]) -> set[int]:
        return {number for number, phrases in enumerate(self._placing) if self._count(phrases, side)}

    def _negation(
        self, found: Sequence[Run], before: Sequence[str], after: Sequence[str]
    ) -> Iterator[tuple[Change, Run]]:
        was, is_ = (sum(map(self.negative, side)) for side in (before, after))
        for run in found:
            if self._in_one_word(run):
                continue
            lost = sum(map(self.negative, run.before)) - sum(map(self.negative, run.after))
            if lost > 0 and was > is_ and len(run.before) <= _SHORT:
                yield "negation", run
                return
            # “Do not” before what was told to be done; a clause with a “not” of its own is an addition.
            if lost < 0 and was < is_ and len(run.after) <= _FEW and not _new_words(run, self):
                yield "reversed", run
                return

    def _in_one_word(self, run: Run) -> bool:
        """Whether one side says in a word what the other negates: "unsure" and "not sure"."""
        return any(
            word != other and len(other) > _FEW and word.endswith(other) and len(word) - len(other) <= _FEW
            for one, two in ((run.before, run.after), (run.after, run.before))
            if any(map(self.negative, two)) and not any(map(self.negative, one))
            for word in one
            for other in two
        )

    def _softened(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """Whether a negation now goes with a weak word: "do not" became "should not"."""
        return self._weakly_negated(after) > self._weakly_negated(before) and any(map(self.negative, before))

    def _weakly_negated(self, side: Sequence[str]) -> int:
        alone = sum(word in self.weak and self.negative(word) for word in side)
        return alone + sum(
            (one in self.weak and self.negative(other)) or (other in self.weak and self.negative(one))
            for one, other in pairwise(side)
        )

    def _count(self, phrases: Iterable[str], side: Sequence[str]) -> int:
        text = f" {' '.join(side)} "
        return sum(text.count(phrase) for phrase in phrases)

    def _urgent(self, side: Sequence[str]) -> int:
        """How many words say that something is to be done at once."""
        known = len(self._at_once.plain.findall(" ".join(side))) if self._at_once else 0
        return max(known, self._count(self._urgencies, side))

    def _touches(self, phrases: Iterable[str], run: Run, before: Sequence[str]) -> bool:
        """Whether a run holds a word of a phrase that stands in the whole text before."""
        text = f" {' '.join(before)} "
        inside = {word for phrase in phrases if phrase in text for word in phrase.split()}
        return not inside.isdisjoint(run.before)

    def _conditional_count(self, side: Sequence[str]) -> int:
        ended = sum(word.endswith(self._conditional) for word in side) if self._conditional else 0
        return self._count(self._conditions, side) + ended


def _new_words(run: Run, force: Force) -> bool:
    """Whether a short run brings in more than the negation and helping words."""
    return any(
        len(word) > _FEW + 1
        and not force.negative(word)
        and not any(alike(word, each) for each in run.before)
        for word in run.after
    )
