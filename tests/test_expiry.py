"""The day to which an expiry date refers: the template leaves its sentence free, but not another day."""

from __future__ import annotations

import pytest

from tests.compose import compose, text_of
from tests.leaflets import judged
from validator import catalogue

RULE = "statement/expiry-date"
LAST_AND_FIRST = {
    "bg": ("последния", "първия"),
    "cs": ("poslednímu", "prvnímu"),
    "da": ("sidste", "første"),
    "de": ("letzten", "ersten"),
    "el": ("τελευταία", "πρώτη"),
    "en": ("last", "first"),
    "es": ("último", "primer"),
    "et": ("viimasele", "esimesele"),
    "fi": ("viimeistä", "ensimmäistä"),
    "fr": ("dernier", "premier"),
    "hr": ("zadnji", "prvi"),
    "hu": ("utolsó", "első"),
    "is": ("síðasti", "fyrsti"),
    "it": ("all’ultimo", "al primo"),
    "lt": ("paskutinės", "pirmos"),
    "lv": ("pēdējo", "pirmo"),
    "mt": ("għall-aħħar", "għall-ewwel"),
    "nl": ("laatste", "eerste"),
    "no": ("siste", "første"),
    "pl": ("ostatni", "pierwszy"),
    "pt": ("último", "primeiro"),
    "ro": ("ultima", "prima"),
    "sk": ("posledný", "prvý"),
    "sl": ("zadnji", "prvi"),
    "sv": ("sista", "första"),
}


def expiry(language: str, last: str) -> list[tuple[str, str]]:
    """What is found where this word stands for the "last" of the composed leaflet."""
    pieces = compose("eu", language)
    (statement,) = [piece for piece in pieces if piece.rule == RULE]
    changed = statement.text.replace(LAST_AND_FIRST[language][0], last)
    text = text_of(pieces).replace(statement.text, changed)
    document = judged(text, market="eu", language=language, select=(RULE,))
    return [(finding.rule, finding.problem) for finding in document.findings]


@pytest.mark.parametrize("language", catalogue.languages("eu"))
def test_the_first_day_for_the_last_is_found(language: str) -> None:
    last, first = LAST_AND_FIRST[language]
    assert (expiry(language, last), expiry(language, first)) == ([], [(RULE, "altered")])


def test_other_words_for_the_same_day_are_left_alone() -> None:
    assert expiry("en", "final") == []
    text = text_of(compose("eu", "en")).replace(" The expiry date refers to the last day of that month.", "")
    document = judged(text, market="eu", language="en", select=(RULE,))
    assert document.findings == ()
