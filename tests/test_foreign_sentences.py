"""Sentences left in another language, told from the leaflet's own by the words of our wordings."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.leaflets import input_of, judged
from validator.document.text import words
from validator.vocabulary import known_words, marks, strange

SENTENCES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text("utf-8"))
DANISH = input_of("da-tablet")
DOSE = "Din læge afgør, hvor længe behandlingen skal vare."
PLACE = "\n\n5. "


def foreign(text: str) -> list[tuple[str, str, str]]:
    """What is told of a Danish leaflet with a text at the end of section 4."""
    found = judged(DANISH.replace(PLACE, f"\n\n{text}{PLACE}", 1) if text else DANISH)
    told = [
        (finding.problem, finding.severity, finding.evidence)
        for finding in found.findings
        if finding.rule == "residue/untranslated"
    ]
    return told


def languages_of(code: str) -> dict[str, str]:
    """The language found for each sentence of another language, "" where none is."""
    others = {text: other for other, texts in SENTENCES.items() if other != code for text in texts}
    found = {text: strange(words(text), code) for text in others}
    return {text: told.language if (told := found[text]) else "" for text in others}


@pytest.mark.parametrize("code", SENTENCES)
def test_no_sentence_of_its_own_is_foreign(code):
    assert [text for text in SENTENCES[code] if strange(words(text), code)] == []


@pytest.mark.parametrize("code", SENTENCES)
def test_most_sentences_of_other_languages_and_all_english_ones_are_foreign(code):
    found = languages_of(code)
    assert sum(map(bool, found.values())) >= 0.75 * len(found)
    assert all(found.get(text, "en") == "en" for text in SENTENCES["en"])


def test_near_languages_are_known_by_all_their_words():
    frequent = {code for codes in marks("sl").values() for code in codes}
    assert {"hr", "en", "da"} <= frequent
    assert (
        sum("hr" in codes for codes in marks("sl").values())
        > 1000
        > len([word for word, codes in marks("sl").items() if "da" in codes])
    )


def test_a_language_without_a_list_has_no_foreign_sentence():
    assert known_words("xx") == frozenset()
    assert strange(words(SENTENCES["en"][0]), "xx") is None


CASES = {
    "a near language": ("Legen din har sagt hvor mye du skal ta av legemidlet.", "error"),
    "English": ("Some people have had a bad headache and felt dizzy after the first dose.", "error"),
    "little that tells": ("Personen kan ikke ta medisin, og legen har sagt nei.", "advice"),
}


@pytest.mark.parametrize(("text", "severity"), CASES.values(), ids=CASES)
def test_a_sentence_of_its_own_paragraph(text, severity):
    assert foreign(text) == [("leftover", severity, text)]


def test_sentences_in_a_row_are_one_and_stand_out_in_their_paragraph():
    strange_ones = f"{SENTENCES['en'][0]} {SENTENCES['en'][1]}"
    assert foreign(f"{DOSE} {strange_ones} {DOSE}") == [("leftover", "error", strange_ones)]


def test_short_sentences_tell_together():
    text = "Do not freeze. Do not chew it. Use once only. Keep it dry. Read the label."
    assert foreign(text) == [("leftover", "error", text)]


NO_SENTENCES = {
    "an authority": "Agenția Națională a Medicamentului și a Dispozitivelor Medicale din România, www.anm.ro.",
    "an address": "Exempla Pharmaceuticals Ltd, The Old Mill, 12 Station Road, Dublin, Ireland",
    "a web page": "www.example.com/report-side-effects-of-your-medicine",
    "Latin names": "Escherichia coli, Klebsiella pneumoniae, Haemophilus influenzae, Staphylococcus aureus",
    "a title": "Brug “Yellow Card Scheme” eller “MedSafety” til at melde bivirkninger.",
}


@pytest.mark.parametrize("text", NO_SENTENCES.values(), ids=NO_SENTENCES)
def test_names_are_no_sentences(text):
    assert foreign(text) == []


def test_the_last_section_may_name_the_medicine_in_other_languages():
    name = "Velorin 10 mg comprimidos recubiertos con película para administrar por vía oral"
    assert [
        finding
        for finding in judged(f"{DANISH.rstrip()}\n\n{name}.\n").findings
        if finding.rule == "residue/untranslated"
    ] == []
