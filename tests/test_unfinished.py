"""Sentences that break off in the middle of a section, and texts that only look like it."""

from __future__ import annotations

import pytest

from tests.leaflets import input_of, judged
from tests.test_lost_and_misplaced import SECTION_2
from validator.catalogue import languages
from validator.document.text import fold
from validator.grammarfile import grammar_file
from validator.lawfile import law_values

CLEAN = input_of("eu-tablet")
GERMAN = input_of("de-tablet")
RULE = "document/unfinished"
NEXT = "\n\nSwallow the tablet whole."


def told(text: str, into: str = CLEAN, before: str = "\n\n4. ") -> list[tuple[str, str, str]]:
    """What is told of a leaflet with a text at the end of section 3."""
    assert before in into
    found = judged(into.replace(before, f"\n\n{text}{before}", 1))
    return [(f.problem, f.severity, f.evidence) for f in found.findings if f.rule == RULE]


BROKEN = {
    "a possessive": ("Your doctor may change the dose, depending on your" + NEXT, "warning"),
    "before a heading": ("Your doctor may change the dose, depending on your", "warning"),
    "an item": ("- Take it in the morning because\n- Drink plenty of water.\n- Eat well.", "warning"),
    "a preposition": ("Talk to your doctor about the treatment with" + NEXT, "advice"),
    "a comma before a heading": ("Take it at night. You may feel dizzy, sick,", "warning"),
    "a comma before a sentence": ("Take it at night. You may feel dizzy, sick," + NEXT, "advice"),
    "a joining word before a heading": ("Take the tablet in the morning or", "warning"),
}


@pytest.mark.parametrize(("text", "severity"), BROKEN.values(), ids=BROKEN)
def test_a_sentence_that_breaks_off_is_told(text, severity):
    line = text.split("\n")[0].removeprefix("- ")
    assert told(text) == [("empty", severity, line)]


def test_the_last_words_of_a_long_paragraph_are_shown():
    long = (
        "Take the tablet with a glass of water. " * 3 + "Your doctor may change the dose, depending on your"
    )
    ((_, _, evidence),) = told(long + NEXT)
    assert long.endswith(evidence)
    assert 40 < len(evidence) <= 60


ITEMS = "- Wash your hands.\n- Open the bottle.\n- "
UNMARKED = {
    "a paragraph": ("Drink water. This is because too much of the medicine can cause", "advice"),
    "a paragraph that may be whole": ("Drink water. It helps the medicine to reach your stomach", "advice"),
    "the last item": (ITEMS + "Fill the measuring cup up to the mark", "advice"),
}


@pytest.mark.parametrize(("text", "severity"), UNMARKED.values(), ids=UNMARKED)
def test_what_ends_without_its_full_stop_is_for_review(text, severity):
    ((problem, found, evidence),) = told(text)
    assert (problem, found) == ("empty", severity)
    assert text.endswith(evidence)


WHOLE = {
    "one sentence alone": "If you have taken it for longer than your doctor has told you" + NEXT,
    "a telephone number": "Talk to the poison centre at once. Its number for all of the country is 0123",
    "items without full stops": "- Wash your hands\n- Open the bottle\n- Fill the cup up to the mark",
    "an item that goes on in small letters": "- Stop here.\n- Go on.\n- and ask your doctor about this",
    "with its full stop": "Ask the doctor what the treatment is to be followed by, and if." + NEXT,
    "a list follows": "Tell your doctor if you take any of the\n- Tablets for the heart\n- Tablets for sleep",
    "a line break": "Your doctor may change the dose, depending on your\n\nkidneys and your age.",
    "a name in the next line": "Talk to your doctor before you start the treatment with the\n\nVELORIN tablets.",
    "items that are joined": "- Take it in the morning, or\n- Take it in the evening.",
    "a comma before a list": "Take it at night. Stop at once if,\n- You feel dizzy.\n- You feel sick.",
    "few words": "Depending on your" + NEXT,
    "a capital letter": "This is also called hepatitis of the type THE" + NEXT,
    "a word that may end it": "Take as many tablets as your doctor has told you to take" + NEXT,
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_what_may_be_whole_is_not_told(text):
    assert told(text) == []


def test_where_nouns_have_capitals_the_next_line_may_go_on():
    text = "Fragen Sie vor der Anwendung dieses Arzneimittels Ihren Arzt, wenn\n\nSchlucken Sie die Tablette."
    assert [severity for _, severity, _ in told(text, GERMAN)] == ["advice"]


def test_an_address_may_be_set_into_a_sentence():
    text = (
        "Melden Sie sie bitte direkt dem\n\nAmt für Velorin\n\nVelorstraße 1\n\nanzeigen. Sie helfen damit."
    )
    assert told(text, GERMAN) == []


def test_the_end_of_a_broken_section_is_told_once():
    broken = SECTION_2.replace(
        "\n\n3. How to take", "\n\nTell your doctor about this because of your\n\n3. How to take"
    )
    rules = [f.rule for f in judged(broken).findings if f.severity in ("error", "warning")]
    assert rules == ["document/truncated"]


@pytest.mark.parametrize("code", languages("eu"))
def test_no_official_sentence_ends_in_such_a_word(code):
    words = {fold(word) for word in grammar_file(code).unfinished.sure}
    statements = law_values(f"eu/wording.{code}.yaml")["statements"]
    ends = {name: each["text"].rstrip(" .>}").split()[-1] for name, each in statements.items()}
    assert len(words) > 1
    assert {name: end for name, end in ends.items() if fold(end) in words} == {}
