"""What a conversion put elsewhere is for a person to judge; what is lost is an error."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.leaflets import parsed, translated
from validator.compare.alignment import Bead
from validator.compare.doubt import elsewhere
from validator.compare.pair import paired
from validator.compare.units import Unit
from validator.document.leaflet import Leaflet

HEADS = {
    "en": (
        "Package leaflet: Information for the patient",
        "What you need to know before you take",
        "How to take",
    ),
    "da": (
        "Indlægsseddel: Information til patienten",
        "Det skal du vide, før du begynder at tage",
        "Sådan skal du tage",
    ),
}
BEFORE = {
    "en": (
        "Talk to your doctor before an allergy test. Stop taking it 3 days before the test.",
        "• if you have epilepsy or have had fits;",
        "• if you have severe heart disease.",
    ),
    "da": (
        "Tal med lægen før en allergitest. Hold op med at tage det 3 dage før testen.",
        "• hvis du har epilepsi eller har haft krampeanfald;",
        "• hvis du har en alvorlig hjertesygdom.",
    ),
}
AFTER = {
    "en": (
        "Velorin can make you tired. Do not drive on the first day.",
        "Tell your doctor about all your medicines.",
    ),
    "da": (
        "Velorin kan gøre dig træt. Du må ikke køre bil den første dag.",
        "Fortæl lægen om al den medicin, du tager.",
    ),
}
TAKE = {"en": "Take one tablet of 5 mg in the morning.", "da": "Tag en tablet på 5 mg om morgenen."}


def leaflet(language: str, *own: str) -> str:
    title, second, third = HEADS[language]
    parts = (
        f"2. {second} Velorin",
        *BEFORE[language],
        *own,
        *AFTER[language],
        f"3. {third} Velorin",
        TAKE[language],
    )
    return "\n\n".join([title, *parts])


def missing(source: tuple[str, ...], target: tuple[str, ...]) -> list[tuple[str, str]]:
    """What the comparison misses of the source, with its severity."""
    document = translated(leaflet("en", *source), leaflet("da", *target), ("en", "da"), market="eu")
    own = (f for f in document.findings if f.rule == "compare/list-item" and f.problem == "missing")
    return [(finding.severity, finding.expected) for finding in own]


KIDNEYS = "Tell your doctor if your kidneys do not work well, because the dose may have to be halved."
NYRER = "Fortæl det til lægen, hvis dine nyrer ikke fungerer godt, da dosis måske skal halveres."
BLOOD = "You may need blood tests during treatment."
BLOD = "Det kan være nødvendigt at tage blodprøver under behandlingen."
CAUTION = (
    "Your doctor will check your blood pressure and your weight, because both may rise in the first weeks of "
    "treatment, and will tell you what you can do yourself to keep them as low as they were before."
)
FORSIGTIG = (
    "Lægen vil kontrollere dit blodtryk og din vægt, fordi begge dele kan stige i de første uger af "
    "behandlingen, og vil fortælle dig, hvad du selv kan gøre for at holde dem så lave som før."
)

LOST = {
    "a paragraph": ((KIDNEYS, BLOOD), (BLOD,), [("error", KIDNEYS)]),
    "a paragraph between long ones": ((CAUTION, KIDNEYS, BLOOD), (FORSIGTIG, BLOD), [("error", KIDNEYS)]),
    "an item": (
        ("• if you take ketoconazole, erythromycin or ritonavir (for infections);", BLOOD),
        (BLOD,),
        [("error", "if you take ketoconazole, erythromycin or ritonavir (for infections);")],
    ),
}


@pytest.mark.parametrize("case", LOST)
def test_what_is_lost_is_an_error(case: str) -> None:
    source, target, wanted = LOST[case]
    assert missing(source, target) == wanted


# What stands in the source, what in the target, and the target of each text of the source (-1: none).
CASES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...], bool]] = {
    "a heading run into its paragraph": (
        ("Blood pressure and weight", CAUTION),
        (f"Blodtryk og vægt • {FORSIGTIG}",),
        (-1, 0),
        True,
    ),
    "a short sentence is no heading": (("You may feel tired.", CAUTION), (FORSIGTIG,), (-1, 0), False),
    "a sentence that the conversion cut": (
        (
            "Tell your doctor if your kidneys do not work well, because",
            "the dose may have to be halved.",
            CAUTION,
        ),
        ("Fortæl det til lægen, hvis dine nyrer ikke fungerer godt", FORSIGTIG),
        (0, -1, 1),
        True,
    ),
    "a sentence of its own": (
        (BLOOD, "The dose may have to be halved.", CAUTION),
        (BLOD, FORSIGTIG),
        (0, -1, 1),
        False,
    ),
    "an item at the end of a paragraph": (
        (CAUTION, "• medicines which change how many blood cells are made."),
        (f"{FORSIGTIG} − Medicin, der ændrer, hvor mange blodlegemer der dannes.",),
        (0, -1),
        True,
    ),
    "an item after a paragraph without it": (
        (CAUTION, "• medicines which change how many blood cells are made."),
        (FORSIGTIG,),
        (0, -1),
        False,
    ),
    "a figure that only the next one has": (
        ("• fever above 38 °C", "Frequency not known"),
        ("Feber over 38 °C Ikke kendt",),
        (-1, 0),
        True,
    ),
    "a figure that nothing has": (
        ("• fever above 38 °C", "Frequency not known"),
        ("Ikke kendt",),
        (-1, 0),
        False,
    ),
    "a sentence in the paragraph before, and a heading in its place": (
        (
            "Do not put the form for injections into the inhaler.",
            "That form is not meant for the lungs.",
            "Taking it with the inhaler",
        ),
        (
            "Du må ikke putte den form, der er til injektion, i inhalatoren. Den form er ikke beregnet til lungerne.",
            "Sådan tager du det med inhalatoren",
        ),
        (0, 1, -1),
        True,
    ),
    "a heading, and nothing in its place": (
        (
            "Do not put the form for injections into the inhaler.",
            "That form is not meant for the lungs.",
            "Taking it with the inhaler",
        ),
        (
            "Du må ikke putte den form, der er til injektion, i inhalatoren.",
            "Den form er ikke beregnet til lungerne.",
        ),
        (0, 1, -1),
        False,
    ),
    "what the source says twice": (
        ("• bleeding between menstrual periods", "• bleeding between menstruation periods"),
        ("• blødning mellem menstruationer",),
        (0, -1),
        True,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_may_stand_elsewhere(case: str) -> None:
    source, target, links, wanted = CASES[case]
    pair = paired(parsed_leaflet("en", *source), parsed_leaflet("da", *target))
    ours, theirs = (
        [u for b in pair.beads for u in side(b) if u.section == "before-use"] for side in (left, right)
    )
    ours, theirs = (sorted(own, key=lambda unit: unit.block) for own in (ours, theirs))
    first = len(BEFORE["en"])
    fixed = [(at, at) for at in range(first)]
    fixed += [(first + at, first + to if to >= 0 else -1) for at, to in enumerate(links)]
    tail = len(AFTER["en"])
    fixed += [(len(ours) - tail + at, len(theirs) - tail + at) for at in range(tail)]
    beads = tuple(Bead("before-use", (ours[at],), (theirs[to],) if to >= 0 else ()) for at, to in fixed)
    lonely = next(bead for bead in beads if bead.lonely)
    assert elsewhere(replace(pair, beads=beads), lonely) is wanted


def left(bead: Bead) -> tuple[Unit, ...]:
    return bead.left


def right(bead: Bead) -> tuple[Unit, ...]:
    return bead.right


def parsed_leaflet(language: str, *own: str) -> Leaflet:
    return parsed(leaflet(language, *own), market="eu", language=language)


def test_beside_paragraphs_in_one_block_or_in_another_order_a_person_must_look() -> None:
    items = ("• if you have asthma;", "• if you have gout;", "• if you smoke;", "• if you are tall;", CAUTION)
    pair = paired(parsed_leaflet("en", *items), parsed_leaflet("da", "• hvis du har astma;", FORSIGTIG))
    before = [unit for bead in pair.beads for unit in bead.left if unit.section == "before-use"]
    after = [unit for bead in pair.beads for unit in bead.right if unit.section == "before-use"]
    first = len(BEFORE["en"])
    *several, lonely = (unit for unit in before[first : first + 5])
    one = after[first]
    gone = Bead("before-use", (lonely,), ())
    next_to = {
        "one for one": Bead("before-use", (several[0],), (one,)),
        "four for one": Bead("before-use", tuple(several), (one,)),
        "moved": Bead("before-use", (several[0],), (one,), moved=True),
    }
    spaced = tuple(Bead("before-use", (several[1],), (one,)) for _ in range(3))
    found = {
        name: elsewhere(replace(pair, beads=(*spaced, each, gone)), gone) for name, each in next_to.items()
    }
    assert found == {"one for one": False, "four for one": True, "moved": True}
