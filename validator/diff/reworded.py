"""The edits of units that have other words than before: what of the difference changes what is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from validator.diff.edit import ADDED, EXCHANGED, LOST, Edit, Kind
from validator.diff.figures import Figures
from validator.diff.pairing import Group
from validator.diff.runs import Run, content, missing, runs, taken_apart
from validator.diff.texts import Texts
from validator.diff.units import Unit, span_of
from validator.document.outcome import Problem
from validator.facts.contacts import contacts

# Topics whose words are the safety content itself: there another word is another risk.
_STRICT = ("contraindication", "interaction", "effect", "excipient", "storage")
# Those whose lost word is as much as a lost item.
_LOSS = ("contraindication-removed", "interaction-removed", "storage-changed")
_BINDING = ("contraindication", "interaction", "warning", "instruction", "effect", "storage")


def changed(texts: Texts, group: Group) -> Iterator[Edit]:
    """The edits of units with other words than before, the wording alone if nothing else."""
    edit = _Group(texts, group)
    found = list(edit.edits())
    yield from found or [edit.edit("wording", "altered", difference=edit.difference(edit.runs))]


def retitled(texts: Texts, group: Group) -> Iterator[Edit]:
    """The edits of a heading: "must not" that became "should not"."""
    return _Group(texts, group).weakened()


class _Group:
    """One group of units with other words: what of its difference changes what is said."""

    def __init__(self, texts: Texts, group: Group) -> None:
        self.texts = texts
        self.group = group
        self.first = group.old[0]
        self.topic = self.first.topic
        self.words = before = taken_apart(group.old)
        after = taken_apart(group.new)
        self.before = [word.text for word in before]
        self.after = [word.text for word in after]
        self.runs = list(runs(before, after, texts.joining, texts.opening))

    def edits(self) -> Iterator[Edit]:
        """All edits that are more than wording, each kind of change once."""
        if self.topic == "contact" or contacts(self._text(self.group.old)) != contacts(
            self._text(self.group.new)
        ):
            if self._other_contact():
                yield self.edit("contact-changed", "inconsistent")
            if self.topic == "contact":
                return
        yield from self._figures()
        weakened = False
        for edit in self.weakened():
            weakened = True
            yield edit
        if not weakened:
            yield from self._exchanged() or self._words()

    def _exchanged(self) -> list[Edit]:
        """Words that changed places, so that what was said of one is said of the other.

        Parts of one list may stand in any order.
        """
        for one, other in combinations(self.runs, 2):
            if one.before != other.after or one.after != other.before or not one.before or not one.after:
                continue
            if self._listed(one, other):
                continue
            figures = self.texts.figures(self.texts.old, self.group.old).of_dose()
            numeric = any(word[0].isdigit() for word in one.before)
            kind = EXCHANGED[self.topic]
            if numeric and figures and self.topic in ("instruction", "composition"):
                kind = "dose-changed" if self.topic == "instruction" else "strength-changed"
            return [self.edit(kind, "out-of-order", "exchanged", difference=self.difference([one, other]))]
        return []

    def _listed(self, one: Run, other: Run) -> bool:
        """Whether a sign or "and" follows the one part and goes before the other."""
        end, start, joining = one.at + len(one.before), other.at, self.texts.joining
        closed = self.words[end].opens or self.before[end] in joining
        return closed and (self.words[start].opens or self.before[start - 1] in joining)

    def weakened(self) -> Iterator[Edit]:
        """The edits that make it less binding; in text that is no warning a condition may be anything."""
        if self.topic not in (*_BINDING, "text"):
            return
        for case, run in self.texts.force.changes(self.runs, self.before, self.after, self.texts.joining):
            if case != "condition" or self.topic != "text":
                yield self.edit("warning-weakened", "altered", case, difference=self.difference([run]))

    def _other_contact(self) -> bool:
        old, new = (contacts(self._text(side)) for side in (self.group.old, self.group.new))
        if old.keys() != new.keys():
            return True
        return any(content(run.before, ()) or content(run.after, ()) for run in self.runs) or any(
            word[0].isdigit() for run in self.runs for word in (*run.before, *run.after)
        )

    def _figures(self) -> Iterator[Edit]:
        old = self.texts.figures(self.texts.old, self.group.old)
        new = self.texts.figures(self.texts.new, self.group.new)
        if not old.differ(new):
            return
        lost, come = old.lost(new), new.lost(old)
        difference = "; ".join(
            f"“{b}” instead of “{a}”" if a and b else f"“{b}” added" if b else f"“{a}” left out"
            for a, b in _side_by_side(lost, come)
        )
        yield self._of_figures(old, new, difference)

    def _of_figures(self, old: Figures, new: Figures, difference: str) -> Edit:
        changed = Figures(old.counts - new.counts, {}), Figures(new.counts - old.counts, {})
        kind: Kind = LOST[self.topic]
        if self.topic == "instruction":
            kind = "dose-changed"
        elif self.topic == "composition":
            kind = "strength-changed"
        elif self.topic == "storage" and any(side.of_time() for side in changed):
            kind = "shelf-life-changed"
        elif self.topic in ("warning", "effect"):
            return self.edit("warning-weakened", "altered", "figures", difference=difference)
        return self.edit(kind, "inconsistent", difference=difference)

    def _words(self) -> Iterator[Edit]:
        """Parts that were left out or put in, and words that were replaced by others."""
        for run in self.runs:
            lost, come = (content(side, self.texts.harmless) for side in (run.before, run.after))
            lost, come = missing(lost, self.after), missing(come, self.before)
            if self.topic == "instruction" and self.texts.force.placed(run):
                yield self.edit("instruction-removed", "inconsistent", difference=self.difference([run]))
            elif lost and not come and run.whole:
                yield self.edit(self._lost(), "missing", "part", before=" ".join(run.before))
            elif come and not lost and run.whole and (kind := ADDED.get(self.topic)):
                problem: Problem = "altered" if self.topic == "storage" else "inconsistent"
                yield self.edit(kind, problem, "added-part", after=" ".join(run.after))
            elif lost and come and (edit := self._replaced(run, lost, come)):
                yield edit

    def _lost(self) -> Kind:
        if self.topic == "effect" and self.first.kind != "item":
            return "warning-removed"
        return "instruction-removed" if self.topic == "instruction" else LOST[self.topic]

    def _replaced(self, run: Run, lost: Sequence[str], come: Sequence[str]) -> Edit | None:
        """Other words in place of some: what they named may be gone from the whole leaflet."""
        populations = self.texts.lexicon.grammar.populations
        who, others = (populations(" ".join(side)) for side in (run.before, run.after))
        whom = bool(who - others and others - who)
        gone = bool(missing(lost, self.texts.new_words)) and bool(missing(come, self.texts.old_words))
        kind, difference = self._lost(), self.difference([run])
        if self.topic in _STRICT and not (self.topic == "effect" and self.first.kind != "item"):
            sure = kind in _LOSS and (whom or gone)
            return self.edit(kind, "inconsistent" if sure else "altered", difference=difference)
        if self.topic in _BINDING and (whom or gone):
            return self.edit(kind, "altered", difference=difference)
        return None

    def edit(
        self,
        kind: Kind,
        problem: Problem,
        case: str = "",
        *,
        before: str = "",
        after: str = "",
        difference: str = "",
    ) -> Edit:
        """An edit of this group; `before` and `after` are all its words unless a part is named."""
        old, new = self.group.old, self.group.new
        return Edit(
            kind,
            problem,
            case or problem,
            span_of(old),
            span_of(new),
            self.first.section,
            before or self._text(old),
            after or self._text(new),
            (("difference", difference),),
        )

    def difference(self, found: Iterable[Run]) -> str:
        """The words that differ as a person reads them."""
        return ", ".join(_change(run) for run in found) or "signs and blanks"

    def _text(self, side: Sequence[Unit]) -> str:
        return " ".join(unit.text for unit in side)


def _change(run: Run) -> str:
    before, after = " ".join(run.before), " ".join(run.after)
    if before and after:
        return f"“{after}” instead of “{before}”"
    return f"“{after}” added" if after else f"“{before}” left out"


def _side_by_side(lost: Sequence[str], come: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at in range(max(len(lost), len(come))):
        yield (lost[at] if at < len(lost) else ""), (come[at] if at < len(come) else "")
