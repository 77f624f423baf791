"""Slips of one word that change what a leaflet says: figures never written, names, references, the first day."""

from __future__ import annotations

import pytest

from tests.leaflets import input_of, judged
from validator.checks.wording import undone
from validator.document.text import fold
from validator.nearest import changes
from validator.statements import phrases

CLEAN = input_of("eu-tablet")


def told(rule: str, text: str) -> list[tuple[str, str, str]]:
    """What a rule finds in a text: problem, severity, words."""
    return [(f.problem, f.severity, f.evidence) for f in judged(text).findings if f.rule == rule]


def put(text: str, before: str = "\n\n4. ") -> str:
    """The clean leaflet with a paragraph at the end of section 3."""
    assert before in CLEAN
    return CLEAN.replace(before, f"\n\n{text}{before}", 1)


FIGURES = {
    "in a list": ("Packs of 14, 28 or XX tablets.", [("leftover", "error", "XX")]),
    "before what is counted": ("Take XX tablets.", [("leftover", "error", "XX")]),
    "before another word": ("Ask for the XX again.", [("leftover", "advice", "XX")]),
    "chromosomes": ("People with the 46,XX karyotype must not take it.", []),
}


@pytest.mark.parametrize(("text", "expected"), FIGURES.values(), ids=FIGURES)
def test_a_figure_never_written_is_a_placeholder(text, expected):
    assert told("residue/placeholder", put(text)) == expected


NAMES = {
    "two letters changed places": ("Do not share Velonir with others.", ["Velonir"]),
    "beside an ending": ("Take the Velonir-tablet.", ["Velonir"]),
    "another word": ("The city of Verona is far away.", []),
}


@pytest.mark.parametrize(("text", "expected"), NAMES.values(), ids=NAMES)
def test_letters_of_the_name_that_changed_places_are_a_slip(text, expected):
    assert [words for _, _, words in told("consistency/product-name", put(text))] == expected


REFERENCES = {
    "about storage": ("The tablets spoil after the expiry date (see section 5).", []),
    "about something else": ("Serious skin reactions and fever can occur. See section 5.", ["section 5"]),
}


@pytest.mark.parametrize(("text", "expected"), REFERENCES.values(), ids=REFERENCES)
def test_a_reference_to_storage_has_words_of_it(text, expected):
    assert [words for _, _, words in told("reference/section", put(text))] == expected


LAST_DAY = "The expiry date refers to the last day of that month."
EXPIRY = {
    "as in the template": (LAST_DAY, []),
    "left out": ("", []),
    "other words": ("The expiry date refers to the last day of the month.", []),
    "the first day": ("The expiry date refers to the first day of that month.", [("altered", "advice")]),
}


@pytest.mark.parametrize(("text", "expected"), EXPIRY.values(), ids=EXPIRY)
def test_an_optional_sentence_must_not_say_something_else(text, expected):
    found = told("statement/expiry-date", CLEAN.replace(LAST_DAY, text))
    assert [(problem, severity) for problem, severity, _ in found] == expected


ANY_PLACE = "This medicine does not require any special storage conditions."
SHORT = "It may be kept below 25 °C for 4 days."
STORED = {
    "a limited time alone": (SHORT, [("missing", "advice", SHORT)]),
    "and light": (f"{SHORT}\n\nKeep it in the original package to protect it from light.", True),
    "and a refrigerator": (f"Store in a refrigerator.\n\n{SHORT}", []),
    "and another temperature": (f"{SHORT} Store the others at 2 °C to 8 °C.", []),
    "and nothing special": (f"{ANY_PLACE} {SHORT}", []),
    "without a temperature": ("Protect from light.", []),
}


@pytest.mark.parametrize(("text", "expected"), STORED.values(), ids=STORED)
def test_a_temperature_for_a_limited_time_is_not_how_to_store(text, expected):
    expected = [("missing", "advice", SHORT)] if expected is True else expected
    assert told("statement/storage-conditions", CLEAN.replace(ANY_PLACE, text)) == expected


WARNINGS = "Warnings and precautions\n"


def test_a_heading_that_every_leaflet_has_is_missed():
    assert told("section/subsection", CLEAN) == []
    ((problem, severity, _),) = told("section/subsection", CLEAN.replace(WARNINGS, ""))
    assert (problem, severity) == ("missing", "advice")


DYE = (
    CLEAN.replace("hypromellose (see", "hypromellose, sunset yellow (E110) (see")
    .replace(
        "Velorin contains sodium\n", "Velorin contains sunset yellow (E110)\n{}\n\nVelorin contains sodium\n"
    )
    .replace("a severe disease of the kidneys", "ever had allergic reactions to another antihistamine")
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Sunset yellow may cause allergic reactions.", []), ("It gives the colour.", ["missing"])],
)
def test_the_effect_of_an_excipient_is_told_beside_its_name(text, expected):
    found = told("excipient/azo-dyes", DYE.replace("{}", text))
    assert [problem for problem, _, _ in found] == expected


AGES = {
    "below what is forbidden": ("Children over 3 years of age: one 10 mg tablet once a day.", ["advice"]),
    "from what is allowed": ("Children over 6 years of age: one 10 mg tablet once a day.", []),
    "a time, no age": ("Children are treated for more than 3 months.", []),
    "adults": ("Adults over 3 years after the operation: one tablet.", []),
    "forbidden, too": ("Do not give it to children over 3 years of age.", []),
}


@pytest.mark.parametrize(("text", "expected"), AGES.values(), ids=AGES)
def test_no_dose_is_given_below_a_forbidden_age(text, expected):
    found = [
        f.severity
        for f in judged(put(text, "\n\nSwallow the tablet")).findings
        if f.rule == "consistency/age"
    ]
    assert found == expected


def test_what_stands_under_do_not_take_is_forbidden():
    listed = ("if you have a severe disease of the kidneys", "in children under 8 years of age")
    unsaid = ("Do not give this medicine to children below the age of 6 years, because", "It is not for all:")
    given = put("Children over 6 years of age: one 10 mg tablet once a day.", "\n\nSwallow the tablet")
    assert told("consistency/age", given.replace(*unsaid)) == []
    both = given.replace(*unsaid).replace(*listed)
    assert [severity for _, severity, _ in told("consistency/age", both)] == ["advice"]


TURNED = {
    "left out": ("Take a double dose", "error"),
    "may": ("You may take a double dose", "error"),
    "must": ("You must take a double dose", "error"),
    "milder": ("You should avoid taking a double dose", "warning"),
    "another not": ("You must not take a double dose", ""),
}


@pytest.mark.parametrize(("text", "severity"), TURNED.values(), ids=TURNED)
def test_a_statement_without_its_not_says_the_contrary(text, severity):
    found = told("statement/missed-dose", CLEAN.replace("Do not take a double dose", text))
    assert [each for _, each, _ in found] == ([severity] if severity else [])


FORMS = {
    "its own": ("Neužívejte tento přípravek", "užívejte tento přípravek", True),
    "another form of the verb": ("Neužívejte tento přípravek", "užijte tento přípravek", True),
    "another verb that forbids": ("Neužívejte tento přípravek", "nepoužijte tento přípravek", False),
    "another word": ("Neužívejte tento přípravek", "vyhněte tento přípravek", False),
}


@pytest.mark.parametrize(("wanted", "given", "turned"), FORMS.values(), ids=FORMS)
def test_another_form_of_a_verb_has_lost_its_ne_too(wanted, given, turned):
    (change,) = changes(phrases(wanted)[0], fold(given))
    assert undone(change, ("ne",)) is turned
