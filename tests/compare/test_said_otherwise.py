"""What a translation says in other words, and what only seems to be so: whole findings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from tests.compare.test_contacts_dates_substances import with_text
from tests.leaflets import translated
from validator.catalogue import languages
from validator.compare.data import comparison
from validator.compare.terms import TermsFile, terms
from validator.lawfile import load_law

# Section, text of the source and of the translation, and what is found: rule, problem, severity, message.
CASES = {
    "a week for 7 days, in words": (
        "how-to-use",
        "Take it for 7 days, then wait 24 hours.",
        "Nehmen Sie es eine Woche lang ein, warten Sie dann einen Tag.",
        [],
    ),
    "figures in words": ("how-to-use", "Wait 30 minutes.", "Warten Sie dreißig Minuten.", []),
    "every 12 hours, every 12 days": (
        "how-to-use",
        "Take it every 12 hours.",
        "Nehmen Sie es alle 12 Tage ein.",
        [
            (
                "compare/number",
                "inconsistent",
                "error",
                "The source says “every 12 hours”, the translation says “alle 12 Tage”.",
            )
        ],
    ),
    "of the body's surface, of its weight": (
        "how-to-use",
        "The dose is 10 mg/m².",
        "Die Dosis beträgt 10 mg/kg.",
        [
            (
                "compare/number",
                "inconsistent",
                "error",
                "The source says “10 mg/m²”, the translation says “10 mg/kg”.",
            )
        ],
    ),
    "centimetres, millimetres": (
        "how-to-use",
        "Inject it 5 cm from the navel.",
        "Spritzen Sie es 5 mm vom Nabel entfernt.",
        [
            (
                "compare/number",
                "inconsistent",
                "error",
                "The source says “5 cm”, the translation says “5 mm”.",
            )
        ],
    ),
    "two figures exchanged": (
        "before-use",
        "Women need 6 months, men 3 months.",
        "Frauen brauchen 3 Monate, Männer 6 Monate.",
        [
            (
                "compare/number",
                "altered",
                "advice",
                "Two figures seem to have changed places: the source says “Women need 6 months, men "
                "3 months.”, the translation “Frauen brauchen 3 Monate, Männer 6 Monate.”.",
            )
        ],
    ),
    "the street of an authority": (
        "side-effects",
        "You can also report side effects directly via the Yellow Card Scheme, www.mhra.gov.uk/yellowcard.",
        "Sie können Nebenwirkungen auch direkt anzeigen beim Bundesinstitut für Arzneimittel und "
        "Medizinprodukte, Kurt-Georg-Kiesinger-Allee 3, D-53175 Bonn, www.bfarm.de.",
        [],
    ),
    "names written nearly alike": (
        "before-use",
        "• if you take prednisolone (for asthma);",
        "• wenn Sie Prednison einnehmen (gegen Asthma);",
        [
            (
                "compare/substance",
                "inconsistent",
                "advice",
                "The source names “prednisolone”, the translation “Prednison”, which is written nearly alike.",
            )
        ],
    ),
    "another INN by its beginning": (
        "before-use",
        "• if you take omeprazole (for the stomach);",
        "• wenn Sie Esomeprazol einnehmen (für den Magen);",
        [
            (
                "compare/substance",
                "inconsistent",
                "advice",
                "The source names “omeprazole”, the translation “Esomeprazol”, which is written nearly alike.",
            )
        ],
    ),
    "no longer at once": (
        "before-use",
        "If you fall, seek medical attention at once.",
        "Wenn Sie stürzen, können Sie einen Arzt aufsuchen.",
        [
            (
                "compare/force",
                "altered",
                "advice",
                "The source says that it is to be done at once; the translation seems not to: “Wenn Sie "
                "stürzen, können Sie einen Arzt aufsuchen.”.",
            )
        ],
    ),
    "no longer a duty": (
        "before-use",
        "Women must use contraception.",
        "Frauen können verhüten, wenn sie wollen.",
        [
            (
                "compare/force",
                "altered",
                "advice",
                "The source says “must”; the translation seems to leave it open: “Frauen können verhüten, "
                "wenn sie wollen.”.",
            )
        ],
    ),
    "immediately after is no order": (
        "storage",
        "Use it immediately after opening.",
        "Verwenden Sie es nach dem Öffnen.",
        [],
    ),
    "two effects exchanged": (
        "side-effects",
        "• headache\n• dizziness",
        "• Schwindel\n• Kopfschmerzen",
        [
            ("compare/list-item", "misplaced", "warning", "It stands elsewhere in the source: “Schwindel”."),
        ],
    ),
    "effects in the source's language": (
        "side-effects",
        "• headache\n• fatigue",
        "• headache\n• Fatigue",
        [
            (
                "compare/untranslated",
                "leftover",
                "error",
                "“headache” is still in the language of the source (en).",
            ),
        ],
    ),
    "said twice in one sentence": (
        "how-to-use",
        "Swallow it whole. Do not chew it. Do not crush it.",
        "Im Ganzen schlucken. Nicht zerkauen und nicht zerdrücken.",
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_said_otherwise(case: str) -> None:
    section, source, target, wanted = CASES[case]
    one, other = with_text("en", section, source), with_text("de", section, target)
    document = translated(one, other, ("en", "de"), market="eu")
    assert [(f.rule, f.problem, f.severity, f.message) for f in document.findings] == wanted


def test_every_language_has_every_term_and_a_word_for_urgency() -> None:
    wanted = {*languages("eu"), "tr"}
    told = load_law("terms.yaml", TermsFile).terms
    assert {term: wanted - set(_codes(own)) for term, own in told.items()} == {term: set() for term in told}
    assert wanted <= comparison().urgency.keys()
    assert wanted <= comparison().counted.keys()


def _codes(own: dict[str, str]) -> Iterator[str]:
    return (code for names in own for code in names.split())


@pytest.mark.parametrize(
    ("language", "words", "named"),
    [
        ("en", "headache", "head pain"),
        ("de", "Kopfschmerzen", "head pain"),
        ("fi", "päänsärky", "head pain"),
        ("en", "early reduced hotel", ""),
        ("hu", "vérnyomás vér", "blood"),
    ],
)
def test_terms_are_known_by_how_words_begin(language: str, words: str, named: str) -> None:
    found = {term for word in words.lower().split() for term in terms(language, word)}
    assert found == {f"={each}" for each in named.split()}


def test_the_terms_hold_no_language_that_yaml_takes_for_a_truth_value() -> None:
    assert yaml.safe_load("no: 1") == {False: 1}  # why "no" is quoted there
    assert all(
        isinstance(code, str) for own in load_law("terms.yaml", TermsFile).terms.values() for code in own
    )
