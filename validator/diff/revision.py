"""Two versions of one leaflet to a report: all edits, settled as findings of the newer version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from validator import engine
from validator.diff.edit import Edit
from validator.diff.exchanged import exchanged
from validator.diff.frequencies import definitions, moved
from validator.diff.names import name_words, new_name, renamed
from validator.diff.pairing import Group, Pairing, pair, together
from validator.diff.reworded import changed, retitled
from validator.diff.runs import content
from validator.diff.standing import out_of_place
from validator.diff.texts import Texts
from validator.diff.units import Unit, units
from validator.diff.verdicts import FAMILIES, Loss, losses, sections
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome
from validator.errors import UnreadableError
from validator.plan import Plan, plan
from validator.report import Compared, Document
from validator.settings import Options

_FAMILY = "diff/"
_UNITS_AT_MOST = 5000  # authorised leaflets have some hundreds


@dataclass(frozen=True, slots=True)
class Version:
    """A leaflet with the file that it was read from."""

    leaflet: Leaflet
    path: str
    sha256: str


def compare(older: Version, newer: Version, options: Options, layout: bool = False) -> Document:
    """The report on a newer version: what it lost and what it changed against the older one.

    With `layout` it also carries the newer version's text, for the faces that show it.
    """
    old, new = older.leaflet, newer.leaflet
    law = plan(new.market.value, new.language.value, new.template)
    every = replace(options, select=FAMILIES, ignore=())
    before = engine.judge(old, path=older.path, sha256=older.sha256, options=every)
    after = engine.judge(new, path=newer.path, sha256=newer.sha256, options=every)
    hits: dict[str, list[Hit]] = {rule: [] for rule in law.comparisons if rule.startswith(_FAMILY)}
    for edit in dict.fromkeys(_edits(old, new, law, before, after)):
        hits.get(_FAMILY + edit.kind, []).append(_hit(edit))
    return engine.compared(
        new,
        old,
        {rule: Outcome(tuple(found), note="unchanged") for rule, found in hits.items()},
        path=newer.path,
        sha256=newer.sha256,
        beside=Compared(
            path=older.path,
            sha256=older.sha256,
            language=old.language.value,
            market=old.market.value,
            product=old.facts.product.name,
        ),
        options=options,
        layout=layout,
    )


def _hit(edit: Edit) -> Hit:
    return Hit(
        edit.problem,
        edit.case,
        edit.new,
        edit.section,
        edit.after,
        edit.before,
        dict(edit.values),
        beside=edit.old,
        beside_text=edit.before,
    )


def _edits(old: Leaflet, new: Leaflet, law: Plan, before: Document, after: Document) -> list[Edit]:
    lexicon = law.lexicon
    other = renamed(old, new)
    ours, theirs = (units(side, lexicon, name_words(side) if other else ()) for side in (old, new))
    if max(len(ours), len(theirs)) > _UNITS_AT_MOST:
        raise UnreadableError(f"too long to compare: more than {_UNITS_AT_MOST} sentences")
    pairing = pair(ours, theirs)
    places = _Places(new, ours, pairing)
    texts = Texts(old, new, lexicon)
    _rewritten(texts, pairing)
    gone = list(sections(old, new))
    lost = list(_true(losses(old, law, before, after), gone, pairing))
    found = [_placed(loss.edit, places) for loss in (*gone, *lost)]
    explained = _Explained((*gone, *lost))
    told = [unit for unit in pairing.removed if not explained.holds(unit.span.block)]
    found += [texts.removed(same, places.after(same[0])) for same in together(told)]
    found += [texts.repeated(unit, places.after(unit)) for unit in pairing.repeated]
    heads = [unit for unit in pairing.headings if not explained.holds(unit.span.block)]
    found += [texts.heading(unit, places.after(unit)) for unit in heads]
    found += out_of_place(pairing, ours, theirs)
    found += exchanged(texts, pairing, ours, theirs)
    found += _changed(texts, pairing.groups, explained)
    found += [edit for group in pairing.retitled for edit in retitled(texts, group)]
    found += [texts.added(same) for same in together(pairing.added)]
    found += [edit for edit in definitions(old, new) if not _within(edit, explained)]
    found += moved(pairing, old, new)
    found += new_name(old, new)
    return found


def _rewritten(texts: Texts, pairing: Pairing) -> None:
    """Pair what has the same figures and no other words: a cell "5-7 kg" that reads "5 to 7 kg"."""
    for unit in list(pairing.removed):
        known = texts.figures(texts.old, [unit])
        if not known.counts or content(unit.words, texts.harmless):
            continue
        for other in pairing.added:
            same = unit.context == other.context and not content(other.words, texts.harmless)
            if same and not known.differ(texts.figures(texts.new, [other])):
                pairing.removed.remove(unit)
                pairing.added.remove(other)
                pairing.same.append((unit, other))
                pairing.places[unit.number] = other
                break


def _true(found: Iterable[Loss], gone: Sequence[Loss], pairing: Pairing) -> Iterator[Loss]:
    """The losses that go with words: a reading that differs by the format alone is none.

    What stood in a section that is gone as a whole is told with it.
    """
    told = _Explained(gone)
    before: list[Loss] = []
    touched = {unit.span.block for unit in pairing.removed}
    touched |= {unit.span.block for group in pairing.groups for unit in group.old}
    for loss in found:
        if loss.blocks and told.holds(loss.blocks[0]):
            continue
        if any(loss.repeats(other) for other in before):
            continue
        if loss.certain or not touched.isdisjoint(loss.blocks):
            before.append(loss)
            yield loss


class _Explained:
    """Blocks of the older version of which a greater loss tells."""

    def __init__(self, found: Iterable[Loss]) -> None:
        self._blocks = {block for loss in found for block in loss.blocks}

    def holds(self, block: int) -> bool:
        """Whether a greater loss tells of a block."""
        return block in self._blocks


def _within(edit: Edit, explained: _Explained) -> bool:
    return edit.old is not None and explained.holds(edit.old.block)


def _changed(texts: Texts, groups: Iterable[Group], explained: _Explained) -> Iterator[Edit]:
    for group in groups:
        told = all(explained.holds(unit.span.block) for unit in group.old)
        yield from (edit for edit in changed(texts, group) if not (told and edit.kind == "wording"))


class _Places:
    """Where in the newer version a thing of the older one would stand."""

    def __init__(self, new: Leaflet, ours: Sequence[Unit], pairing: Pairing) -> None:
        self._new = new
        self._ours = ours
        self._places: Mapping[int, Unit] = pairing.places

    def after(self, unit: Unit) -> Span | None:
        """The end of what stood before it in its section, else the beginning of what followed."""
        for number in range(unit.number - 1, -1, -1):
            other = self._ours[number]
            if other.section != unit.section:
                break
            if (now := self._places.get(number)) and now.section == unit.section:
                return Span(now.span.block, now.span.end, now.span.end)
        for number in range(unit.number + 1, len(self._ours)):
            if self._ours[number].section != unit.section:
                break
            if (now := self._places.get(number)) and now.section == unit.section:
                return Span(now.span.block, now.span.start, now.span.start)
        return None

    def of(self, span: Span) -> Span | None:
        """The same for any place of the older version."""
        unit = next((each for each in self._ours if each.span.block >= span.block), None)
        return self.after(unit) if unit else None


def _placed(edit: Edit, places: _Places) -> Edit:
    if edit.new is not None or edit.old is None or edit.kind == "section-removed":
        return edit
    return replace(edit, new=places.of(edit.old))
