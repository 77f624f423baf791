"""What stands for what: paragraphs and list items of two languages, whatever the files make of them."""

from __future__ import annotations

import pytest

from tests.leaflets import parsed
from validator.compare.pair import Pair, paired
from validator.document.leaflet import Leaflet

HEADINGS = {
    "en": (
        "Package leaflet: Information for the patient",
        "What you need to know before you take",
        "How to take",
    ),
    "de": (
        "Gebrauchsinformation: Information für Patienten",
        "Was sollten Sie vor der Einnahme von",
        "Wie ist",
    ),
}
TAILS = {"en": ("Velorin", "Velorin"), "de": ("Velorin beachten?", "Velorin einzunehmen?")}


def leaflet(language: str, *paragraphs: str) -> Leaflet:
    """A leaflet whose section 2 holds some paragraphs."""
    title, second, third = HEADINGS[language]
    one, other = TAILS[language]
    text = "\n\n".join([title, f"2. {second} {one}", *paragraphs, f"3. {third} {other}", "x 5 mg."])
    return parsed(text, market="eu", language=language)


def beads(source: tuple[str, ...], target: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    found: Pair = paired(leaflet("en", *source), leaflet("de", *target))
    own = (bead for bead in found.beads if bead.section == "before-use")
    return [(found.text(bead, "left"), found.text(bead, "right"), bead.moved) for bead in own]


EPILEPSY = "• if you have epilepsy or have had fits;"
KETOCONAZOLE = "• if you take ketoconazole (for fungal infections);"
LIVER = "• if your liver works less than 30 % of normal;"
EPILEPSIE = "• wenn Sie Epilepsie haben oder Krampfanfälle hatten;"
KETOCONAZOL = "• wenn Sie Ketoconazol einnehmen (gegen Pilzinfektionen);"
LEBER = "• wenn Ihre Leber weniger als 30 % des Normalen leistet;"
TALK = "Talk to your doctor before an allergy test. Stop taking it 3 days before the test."
SPRECHEN = "Sprechen Sie vor einem Allergietest mit Ihrem Arzt."
ABSETZEN = "Setzen Sie es 3 Tage vor dem Test ab."


def bare(text: str) -> str:
    return text.removeprefix("• ")


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_one_missing_item_does_not_shift_the_rest(gone: int) -> None:
    source, target = (EPILEPSY, KETOCONAZOLE, LIVER), [EPILEPSIE, KETOCONAZOL, LEBER]
    target[gone] = ""
    wanted = [(bare(one), bare(other), False) for one, other in zip(source, target, strict=True)]
    assert beads(source, tuple(text for text in target if text)) == wanted


def test_one_extra_item_does_not_shift_the_rest() -> None:
    assert beads((EPILEPSY, LIVER), (EPILEPSIE, KETOCONAZOL, LEBER)) == [
        (bare(EPILEPSY), bare(EPILEPSIE), False),
        ("", bare(KETOCONAZOL), False),
        (bare(LIVER), bare(LEBER), False),
    ]


def test_a_paragraph_cut_in_two_is_one() -> None:
    assert beads((TALK, LIVER), (SPRECHEN, ABSETZEN, LEBER)) == [
        (TALK, f"{SPRECHEN} {ABSETZEN}", False),
        (bare(LIVER), bare(LEBER), False),
    ]


def test_items_that_changed_places_are_marked() -> None:
    assert beads((EPILEPSY, KETOCONAZOLE, LIVER), (KETOCONAZOL, EPILEPSIE, LEBER)) == [
        (bare(EPILEPSY), bare(EPILEPSIE), True),
        (bare(KETOCONAZOLE), bare(KETOCONAZOL), False),
        (bare(LIVER), bare(LEBER), False),
    ]


def test_a_section_divided_otherwise_is_unsure() -> None:
    many = tuple(f"• item {number} of {number * 7} mg;" for number in range(12))
    one = " ".join(f"Punkt {number} von {number * 7} mg;" for number in range(12))
    assert paired(leaflet("en", *many), leaflet("de", one)).unsure == {"before-use"}
    assert paired(leaflet("en", *many), leaflet("de", *many)).unsure == frozenset()
