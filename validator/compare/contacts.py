"""Addresses and numbers to turn to: those of the source stand in the translation, letter by letter.

The list of local representatives is the same in every language of a central authorisation; a leaflet of one
country may name its own. Which of the two a translation is shows by how much of the list it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from validator.compare.pair import Pair
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.facts.contacts import Contact, read
from validator.reporting import system

_LIST = "contents"  # the section with the holder and those who represent it
_REPORTS = "side-effects"  # the section with the national reporting system
_SLIPS = 2  # letters or digits in which a contact was mistyped
_CUT = 2  # digits that the source's number lacks where its file lost the end of it
_PAGE_OF_LANGUAGE = re.compile(r"/[a-z]{2}(?:[-_][a-z]{2})?(?=/|$)")


@dataclass(frozen=True, slots=True)
class _Told:
    """A contact of a leaflet, the section and the place in which it stands first."""

    contact: Contact
    section: str
    span: Span


def compare(pair: Pair) -> Outcome:
    """Every contact of the source, those of reporting systems apart, stands in the translation."""
    ours, theirs = _told(pair.source), _told(pair.target)
    if not ours:
        return Outcome(verdict="not-applicable", note="no-contacts")
    lost = [each for key, each in ours.items() if key not in theirs]
    other = [each for key, each in theirs.items() if key not in ours]
    hits = list(_hits(lost, other, _shared(ours, theirs)))
    return Outcome(tuple(hits)) if hits else met("contacts")


def _told(leaflet: Leaflet) -> Mapping[str, _Told]:
    found: dict[str, _Told] = {}
    for index, block in enumerate(leaflet.blocks):
        for contact in read(block.text) if block.kind != "furniture" else ():
            stands = leaflet.section_at(index)
            section = stands.id if stands else ""
            if contact.sure and section != _REPORTS and system(contact.key.split("/")[0]) is None:
                told = _Told(contact, section, Span(index, contact.start, contact.end))
                found.setdefault(_PAGE_OF_LANGUAGE.sub("/", contact.key), told)
    return found


def _shared(ours: Mapping[str, _Told], theirs: Mapping[str, _Told]) -> bool:
    """Whether the lists of representatives are the same: the translation has most of the source's."""
    listed = [key for key, each in ours.items() if each.section == _LIST]
    return 2 * sum(key in theirs or _whole(key, theirs) for key in listed) > len(listed)


def _whole(key: str, theirs: Mapping[str, _Told]) -> bool:
    """Whether a number stands in the other file in full, or an address without what was run into it."""
    kind = "mail" if "@" in key else "telephone" if key.isdigit() else "site"
    others = [other for other, each in theirs.items() if each.contact.kind == kind]
    if kind == "telephone":
        return any(other.startswith(key) and len(other) >= len(key) + _CUT for other in others)
    return kind == "mail" and any(key.endswith(other) or other.endswith(key) for other in others)


def _hits(lost: Sequence[_Told], other: Sequence[_Told], shared: bool) -> Iterator[Hit]:
    free = {each.contact.key: each for each in other}
    local: list[_Told] = []
    for one in lost:
        if _whole(one.contact.key, free) or _national(one.contact, free):
            continue
        wrong = _mistyped(one, free)
        if wrong:
            del free[wrong.contact.key]
            yield _changed(one, wrong)
        elif (one.section == _LIST and not shared) or any(_instead(one, each) for each in free.values()):
            local.append(one)
        else:
            yield Hit("missing", "", None, one.section, "", one.contact.written, beside=one.span)
    if local:
        first = local[0]
        values = {"count": str(len(local)), "source": first.contact.written}
        yield Hit(
            "altered",
            "local",
            None,
            first.section,
            "",
            first.contact.written,
            values,
            review=True,
            beside=first.span,
        )


def _changed(one: _Told, wrong: _Told) -> Hit:
    return Hit(
        "inconsistent",
        "",
        wrong.span,
        wrong.section,
        wrong.contact.written,
        one.contact.written,
        beside=one.span,
    )


def _mistyped(one: _Told, free: Mapping[str, _Told]) -> _Told | None:
    """The contact of the translation that is the same but for a slip; parts of a site are told apart."""
    from rapidfuzz.distance import OSA

    if one.contact.kind == "site" and any(
        each.contact.key.split("/")[0] == one.contact.key.split("/")[0] for each in free.values()
    ):
        return None  # another page of the same site may be that of the language
    return next(
        (
            each
            for each in free.values()
            if each.contact.kind == one.contact.kind
            and OSA.distance(each.contact.key, one.contact.key, score_cutoff=_SLIPS) <= _SLIPS
        ),
        None,
    )


def _national(contact: Contact, free: Mapping[str, _Told]) -> bool:
    """Whether a number stands there without the code of its country, or with it."""
    if contact.kind != "telephone":
        return False
    own = contact.key.lstrip("0")
    others = (
        each.contact.key.lstrip("0")
        for each in free.values()
        if each.contact.kind == "telephone" and "+" in {contact.written[0]} ^ {each.contact.written[0]}
    )
    return any(own.endswith(bare) or bare.endswith(own) for bare in others)


def _instead(one: _Told, other: _Told) -> bool:
    """Whether another contact of the kind stands in the same part: it may be that of the country."""
    return one.contact.kind == other.contact.kind and one.section == other.section
