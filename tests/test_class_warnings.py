"""The warnings by substance in every language: one leaflet for all classes has them, one has none.

The medicine holds one substance of every class, so each requirement applies at once.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.compose import NAME, Piece, compose, text_of
from tests.leaflets import judged
from validator import catalogue
from validator.document.text import words
from validator.plan import Entry, plan
from validator.report import Document
from validator.statements import paste, phrases
from validator.substances import substances

# Every language that words the warnings itself; the English rendering of a Turkish leaflet takes them over.
PACKS = [*(("eu", language) for language in catalogue.languages("eu")), ("tr", "tr")]
# What every leaflet says of breast-feeding and of sharing is near enough to some warnings to meet them.
SAID_BY_EVERY_LEAFLET = frozenset({"statement/pregnancy", "statement/prescribed-for-you"})


def warnings(market: str, language: str) -> dict[str, Entry]:
    """The requirements of the family `warning`, by the concept that each asks for."""
    entries = (
        entry for entry in plan(market, language).entries if entry.requirement.id.startswith("warning/")
    )
    return {entry.requirement.id.removeprefix("warning/"): entry for entry in entries}


@cache
def every_class() -> str:
    """One substance of each class, and every substance that a warning names."""
    asked: set[str] = set()
    for entry in warnings("eu", "en").values():
        substance = entry.applies.get("substance", "").replace("|", "+").split("+")
        asked.update(inn for inn in substance if inn)
        if group := entry.applies.get("class"):
            asked.add(substances().classes[group][0])
    return ", ".join(sorted(asked))


def with_warnings(market: str, language: str) -> Document:
    """The report on the leaflet that says everything, each warning in its own section."""
    concepts = catalogue.language_pack(market, language).concepts
    pieces = compose(market, language)
    for key, entry in warnings(market, language).items():
        section = entry.task.section
        last = max(at for at, piece in enumerate(pieces) if piece.section == section)
        text = paste(concepts[key].text, NAME, oral=True)
        pieces.insert(2 if section == "front" else last + 1, Piece(text, section=section))
    return report(market, language, pieces)


def without_warnings(market: str, language: str) -> Document:
    """The report on the leaflet that says none, and nothing near to one."""
    pieces = compose(market, language)
    return report(market, language, [piece for piece in pieces if piece.rule not in SAID_BY_EVERY_LEAFLET])


def report(market: str, language: str, pieces: list[Piece]) -> Document:
    product = {"substance": every_class(), "route": "oral", "administration": "self"}
    return judged(text_of(pieces), market=market, language=language, product=product)


def told(document: Document) -> dict[str, tuple[str, str]]:
    found = {j.rule: (j.verdict, j.reason) for j in document.requirements}
    return {rule: judgement for rule, judgement in found.items() if rule.startswith("warning/")}


def test_every_warning_applies_to_the_medicine_of_these_tests() -> None:
    verdicts = {verdict for verdict, _ in told(without_warnings("eu", "en")).values()}
    assert verdicts == {"gap", "review"}


@pytest.mark.parametrize(("market", "language"), PACKS)
def test_a_language_has_every_concept(market: str, language: str) -> None:
    assert set(warnings("eu", "en")) - set(catalogue.language_pack(market, language).concepts) == set()


@pytest.mark.parametrize(("market", "language"), PACKS)
def test_warnings_that_stand_there_are_met(market: str, language: str) -> None:
    document = with_warnings(market, language)
    assert {rule: said for rule, said in told(document).items() if said[0] != "met"} == {}
    assert [f for f in document.findings if f.rule.startswith("warning/")] == []


@pytest.mark.parametrize(("market", "language"), PACKS)
def test_warnings_left_out_are_reported_with_the_text_to_insert(market: str, language: str) -> None:
    concepts = catalogue.language_pack(market, language).concepts
    document = without_warnings(market, language)
    found = {f.rule: (f.problem, f.expected) for f in document.findings if f.rule.startswith("warning/")}
    wanted = {
        f"warning/{key}": ("missing", paste(concepts[key].text, NAME, oral=True))
        for key in warnings(market, language)
    }
    assert found == wanted


@pytest.mark.parametrize(("market", "language"), PACKS)
def test_each_concept_is_said_by_its_own_text_and_not_in_superseded_words(market: str, language: str) -> None:
    def said(key: str, notations: tuple[str, ...]) -> bool:
        text = f" {' '.join(words(paste(concepts[key].text, NAME, oral=True)))} "
        found = (phrase.find(text, 0, len(text)) for notation in notations for phrase in phrases(notation))
        return any(place is not None for place in found)

    concepts = catalogue.language_pack(market, language).concepts
    entries = warnings(market, language).items()
    asked = [key for key, entry in entries if entry.requirement.kind == "concept"]
    unsaid = [key for key in asked if not said(key, concepts[key].patterns)]
    assert unsaid == []
    assert [key for key in asked if said(key, concepts[key].outdated)] == []


def test_not_to_be_taken_when_pregnant_is_told_by_a_long_list_under_do_not_take() -> None:
    reasons = "\n".join(f"- if you have the {number}th of many other illnesses" for number in range(9))
    pieces = [piece for piece in compose("eu", "en") if piece.rule not in SAID_BY_EVERY_LEAFLET]
    allergy = next(at for at, piece in enumerate(pieces) if piece.rule == "statement/allergy")
    listed = Piece(f"{reasons}\n- if you are pregnant", section="before-use")
    rule = "warning/valproate-pregnancy"
    without, with_it, elsewhere = (
        told(report("eu", "en", all_pieces))[rule][0]
        for all_pieces in (
            pieces,
            [
                *pieces[:allergy],
                Piece(f"Do not take {NAME}\n- if you are allergic to it", section="before-use"),
                listed,
                Piece(
                    "Warnings and precautions\nTalk to your doctor before taking it.", section="before-use"
                ),
                *pieces[allergy + 1 :],
            ],
            [
                *pieces[: allergy + 1],
                Piece("Signs are swollen legs, also when pregnant.", section="before-use"),
                *pieces[allergy + 1 :],
            ],
        )
    )
    assert (without, with_it, elsewhere) == ("gap", "met", "gap")
