"""The bracket notation: what it matches, what it calls near, and what people paste."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.document.text import WORD, fold
from validator.document.wordtext import word_text
from validator.nearest import Change, changes, nearest
from validator.statements import Phrase, paste, phrases


def words_of(*texts: str) -> tuple[str, object]:
    folded = [fold(text) for text in texts]
    found = word_text(folded, [WORD.findall(text) for text in folded])
    return found.text, found


MATCHES = [
    ("Keep this leaflet.", "Keep this leaflet", True),
    ("Keep this leaflet.", "KEEP  this leaflet!", True),
    ("Keep this leaflet.", "Keep that leaflet", False),
    ("before you <take> <use> it", "before you use it", True),
    ("before you <take> <use> it", "before you it", False),
    ("your doctor <or pharmacist> has", "your doctor has", True),
    ("your doctor <or pharmacist> has", "your doctor or pharmacist has", True),
    ("ask your <doctor> <,> <or> <pharmacist> <or nurse>.", "ask your doctor, pharmacist or nurse.", True),
    ("What {X} is", "What Velorin forte 10 mg is", True),
    ("What {X} is", "What is", False),
    ("Φύλλο οδηγιών χρήσης", "ΦΥΛΛΟ ΟΔΗΓΙΩΝ ΧΡΗΣΗΣ", True),
    ("μην πάρετε", "\u00b5ην πάρετε", True),
    ("{X}’i kullanmadan önce", "ASE-COLD’u kullanmadan önce", True),
    ("KULLANMA TALİMATI", "kullanma talımatı", True),
    ("never … alone", "never leave the child alone", True),
    ("stored at 2,000", "stored at 2,000", True),
]


@pytest.mark.parametrize(("notation", "text", "found"), MATCHES)
def test_phrase_matches(notation: str, text: str, found: bool) -> None:
    words, _ = words_of("Before.", text, "After.")
    assert (Phrase(notation).find(words, 0, len(words)) is not None) is found


QUICK = [
    "<low> <controlled> … <salt> <sodium> … <diet> <intake>",
    "{X} <and> a low <salt> diet",
    "a <very low> <low salt> diet … of {X} <each day>",
    "… salt <or sodium> diet",
]


@given(
    st.sampled_from(QUICK),
    st.lists(
        st.sampled_from(
            [
                "a",
                "low",
                "controlled",
                "very",
                "salt",
                "sodium",
                "or",
                "and",
                "diet",
                "intake",
                "of",
                "each",
                "day",
                "x",
            ]
        )
    ),
)
def test_the_quick_look_finds_what_the_pattern_finds(notation: str, given_words: list[str]) -> None:
    text, phrase = f" {' '.join(['x', *given_words])} ", Phrase(notation)
    found = re.search(phrase.regex + "(?= )", text)
    assert phrase.find(text, 0, len(text)) == (found and found.span())


def test_sentences_are_matched_one_by_one() -> None:
    sentences = phrases("Keep it. Do not use it after {date}. <The date is the last day of that month.>")
    assert [phrase.source for phrase in sentences] == [
        "Keep it.",
        "Do not use it after {date}.",
        "<The date is the last day of that month.>",
    ]
    assert [phrase.optional for phrase in sentences] == [False, False, True]


def test_near_names_the_words_that_differ() -> None:
    words, _ = words_of("Women should use effective contraception.")
    near = nearest(Phrase("Women must use effective contraception."), words, 0, len(words))
    assert near is not None
    assert near.changes == (Change("must", "should"),)


def test_words_run_together_are_no_difference() -> None:
    assert changes(Phrase("this medicine may cause side effects"), "this medicinemay cause sideeffects") == ()


def test_words_of_options_are_no_difference() -> None:
    phrase = Phrase("ask your <doctor> <or> <pharmacist> first")
    assert changes(phrase, "ask your pharmacist first") == ()


def test_a_small_letter_begins_no_sentence() -> None:
    assert len(phrases("Βλ. τέλος της παραγράφου 4. Lásd a 4. pont végét. Вижте края на т. четири.")) == 3


PASTED = [
    ("How to <take> <use> {X}", "How to take Velorin"),
    ("Tell your <doctor> <or> <pharmacist> now.", "Tell your doctor or pharmacist now."),
    ("ask your <doctor> <,> <or> <pharmacist> <or nurse>.", "ask your doctor or pharmacist."),
    ("via wastewater <or household waste>.", "via wastewater or household waste."),
    ("on the {carton} <after {abbreviation used}>.", "on the {carton}."),
]


@pytest.mark.parametrize(("notation", "text"), PASTED)
def test_paste(notation: str, text: str) -> None:
    assert paste(notation, "Velorin", oral=True) == text


@given(st.lists(st.text(alphabet="ab İç’-,. \n", max_size=30), min_size=1, max_size=8), st.data())
def test_a_word_is_found_where_it_stands(texts: list[str], data: st.DataObject) -> None:
    folded = [fold(text) for text in texts]
    tokens = [WORD.findall(text) for text in folded]
    found = word_text(folded, tokens)
    everything = [(index, match) for index, text in enumerate(folded) for match in WORD.finditer(text)]
    if not everything:
        return
    ordinal = data.draw(st.integers(0, len(everything) - 1))
    start = -1
    for _ in range(ordinal + 1):
        start = found.text.index(" ", start + 1)
    end = found.text.index(" ", start + 1)
    index, match = everything[ordinal]
    assert found.span(start, end + 1)[:3] == (index, match.start(), match.end())


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="abc <>{}…. ", max_size=60), st.text(alphabet="abc ", max_size=80))
def test_no_notation_breaks_the_compiler(notation: str, text: str) -> None:
    words, _ = words_of(text)
    for phrase in phrases(notation):
        phrase.find(words, 0, len(words))
