"""The law files as a whole: everything cited exists, every slot is filled, every example runs."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from tests.compose import compose, text_of
from tests.leaflets import parsed
from validator import catalogue, checks
from validator.catalogue import Concept, Wording
from validator.document.facts import Product
from validator.errors import ConfigurationError, UsageError
from validator.lawfile import load_model
from validator.lexicon import Lexicon
from validator.outline.recognise import recognition
from validator.plan import COMPARISON, STRUCTURE, plan
from validator.records import Requirements
from validator.resources import law_folder
from validator.statements import phrases
from validator.substances import substances

PACKS = [(market, language) for market in catalogue.markets() for language in catalogue.languages(market)]
CONTRACT_IDS = {
    "section": "what-it-is before-use how-to-use side-effects storage contents contents-list subsection",
    "statement": (
        "read-carefully keep-leaflet further-questions prescribed-for-you side-effects-intro "
        "reporting-side-effects keep-out-of-reach expiry-date disposal take-as-told overdose missed-dose "
        "stopping allergy other-medicines pregnancy driving active-substance excipients "
        "appearance-and-pack marketing-authorisation-holder last-revised"
    ),
    "black-triangle": "symbol statement reference position listing",
    "frequency": "definitions numbers order usage wording",
    "dose": "worked-example range unit daily-total strength-multiple volume weight-band",
    "reference": "section",
    "warning": "pregnancy-box",
    "excipient": "lactose sucrose sorbitol sodium soya arachis azo-dyes",
    "consistency": "product-name strength active-substance brackets",
    "residue": "placeholder tracked-change untranslated",
    "document": "truncated language unreadable",
}


def test_every_rule_of_the_contract_exists() -> None:
    wanted = {f"{family}/{name}" for family, names in CONTRACT_IDS.items() for name in names.split()}
    assert wanted <= set(catalogue.requirements())
    assert wanted <= set(catalogue.profile("eu").requirements)


@pytest.mark.parametrize(("market", "language"), PACKS)
def test_every_fact_that_a_text_may_tell_may_be_stated(market: str, language: str) -> None:
    values = recognition().facts
    told = catalogue.language_pack(market, language).facts
    read = {(fact, value) for fact in values for value in told.get(fact, ())} - {("administration", "vein")}
    assert read <= {(fact, value) for fact, known in values.items() for value in known}
    assert set(values) <= {each.name for each in fields(Product)}


@pytest.mark.parametrize(("market", "language"), PACKS)
def test_no_pattern_is_met_by_nothing(market: str, language: str) -> None:
    pack = catalogue.language_pack(market, language)
    patterns = {
        *(text for each in pack.statements.values() for text in (*each.signals, *each.mentions)),
        *(text for each in pack.concepts.values() for text in (*each.patterns, *each.outdated)),
        *(text for each in pack.excipients.values() for text in (*each.statement, *each.contraindicated)),
    }
    assert [text for text in patterns for phrase in phrases(text) if re.fullmatch(phrase.regex, "")] == []


def test_ids_stand_once_and_in_the_file_of_their_family() -> None:
    seen: set[str] = set()
    for path in sorted((law_folder() / "requirements").glob("*.yaml")):
        for requirement in load_model(path, Requirements).requirements:
            assert requirement.id not in seen
            assert requirement.id.split("/")[0] == path.stem
            seen.add(requirement.id)


@pytest.mark.parametrize("market", catalogue.markets())
def test_a_market_cites_sources_that_exist(market: str) -> None:
    for key, demand in catalogue.profile(market).demands.items():
        assert key in catalogue.requirements()
        for citation in demand.citation:
            assert citation.source in catalogue.sources(), key


@pytest.mark.parametrize("key", sorted(catalogue.requirements()))
def test_a_requirement_is_complete(key: str) -> None:
    requirement = catalogue.requirements()[key]
    assert requirement.kind in (STRUCTURE, COMPARISON, *checks.KINDS)
    assert requirement.title[0].isupper()
    for text in (*requirement.messages.values(), requirement.why):
        assert text.rstrip().endswith((".", "”", "”."))
    for text in (*requirement.messages.values(), requirement.fix):
        assert re.fullmatch(r"(?:[^{}]|\{[A-Za-z_]+\})*", text)


@pytest.mark.parametrize(("market", "language"), PACKS)
def test_a_language_pack_has_what_its_market_asks_for(market: str, language: str) -> None:
    compiled = plan(market, language)
    pack = compiled.lexicon.pack
    assert set(pack.sections) == {section.id for section in compiled.lexicon.profile.sections}
    for entry in compiled.entries:
        params = entry.task.params
        if entry.requirement.kind in ("statement", "topic", "active-substance"):
            assert compiled.lexicon.statement(params["statement"]) is not None, entry.requirement.id
        if language == "en" and entry.requirement.kind == "concept":
            assert params["concept"] in pack.concepts
        if language == "en" and entry.requirement.kind == "excipient":
            assert params["excipient"] in pack.excipients


def test_a_warning_without_wording_in_a_language_is_for_review() -> None:
    known = plan("eu", "de").lexicon
    (told,) = (e for e in plan("eu", "de").entries if e.requirement.id == "warning/methotrexate-weekly")
    lacking = Lexicon(known.profile, replace(known.pack, concepts={}), known.grammar)
    leaflet = parsed(text_of(compose("eu", "de")), market="eu", language="de")
    outcome = checks.KINDS["concept"](leaflet, replace(told.task, lexicon=lacking))
    assert (outcome.verdict, outcome.note, outcome.hits) == ("review", "no-wording", ())


def test_every_class_holds_substances_that_are_known() -> None:
    law = substances()
    members = {inn for inns in law.classes.values() for inn in inns}
    assert members <= set(law.substances)
    conditions = [r.applies for r in catalogue.requirements().values()]
    asked = {value for applies in conditions for value in re.split(r"[|+]", applies.get("class", ""))}
    assert asked - {""} <= set(law.classes)
    asked = {value for applies in conditions for value in re.split(r"[|+]", applies.get("substance", ""))}
    assert asked - {""} <= set(law.substances)


@pytest.mark.parametrize(("market", "language"), PACKS)
def test_every_wording_compiles(market: str, language: str) -> None:
    pack = catalogue.language_pack(market, language)
    wordings: list[Wording | Concept] = [*pack.statements.values(), *pack.concepts.values()]
    for wording in wordings:
        forms = [wording.text, *wording.outdated]
        forms += wording.patterns if isinstance(wording, Concept) else (*wording.accepted, *wording.signals)
        for notation in forms:
            for phrase in phrases(notation):
                found = phrase.find(" some words ", 0, 12)
                assert found is None or not isinstance(wording, Concept), notation
                assert notation.count("<") == notation.count(">")
                assert notation.count("{") == notation.count("}")


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("sources:\n  a: {title: T, seen: text, titel: X}\n", "2", "typing slip"),
        ("sources:\n  a: {title: T, seen: perhaps}\n", "2", "'text', 'secondary' or 'memory'"),
        ("sources:\n  a: {seen: text}\n", "2", "required"),
        ("sources: [\n", "2", "not valid YAML"),
        ("sources:\n  [a]: {title: T}\n", "2", "a key must be a word"),
        ("sources:\n  a: !!python/name:os.system\n", "2", "not valid YAML"),
    ],
)
def test_a_slip_in_a_law_file_is_told_with_file_and_line(
    tmp_path: Path, text: str, place: str, told: str
) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_model(path, catalogue.SourceFile)
    assert f"sources.yaml:{place}: " in str(caught.value)
    assert told in str(caught.value)


def test_unknown_market_and_language_name_the_choices() -> None:
    with pytest.raises(UsageError, match=r"unknown market 'xx': choose .*eu"):
        catalogue.profile("xx")
    with pytest.raises(UsageError, match=r"no wording in language 'xx': choose .*en"):
        catalogue.language_pack("eu", "xx")
