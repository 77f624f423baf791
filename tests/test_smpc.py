"""The leaflet against section 4.8 of the SmPC in the same file: in tables and lines, formats and languages."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

import pytest

import validator
from tests.formats import SMPC, bundle, composition, narrative, section
from tests.leaflets import input_of
from tests.smpc_files import (
    FORMATS,
    LANGUAGES,
    Content,
    as_docx,
    as_html,
    as_pdf,
    as_text,
    content,
    leaflet_text,
)
from validator.document.blocks import Block
from validator.document.leaflet import Leaflet
from validator.document.location import Anchor
from validator.facts.reactions import reactions
from validator.grammar import grammar
from validator.outline import smpc
from validator.report import Document

EFFECTS = {
    "en": ("headache", "dizziness", "hives", "dry mouth", "Nervous system disorders"),
    "de": ("Kopfschmerzen", "Schwindel", "Nesselsucht", "Mundtrockenheit", "Erkrankungen des Nervensystems"),
    "es": ("cefalea", "mareo", "urticaria", "boca seca", "Trastornos del sistema nervioso"),
    "sv": ("huvudvärk", "yrsel", "nässelutslag", "muntorrhet", "Centrala och perifera nervsystemet"),
}


def _forms(language: str) -> dict[str, Content]:
    """The same section 4.8 in every form: two common effects and two rare ones."""
    headache, dizziness, hives, mouth, organ = EFFECTS[language]
    labels = LANGUAGES[language].labels
    common, rare = labels["common"], labels["rare"]
    return {
        "columns": [[("", common, rare), (organ, f"{headache}, {dizziness}", f"{hives}; {mouth}*")]],
        "rows": [
            [("1", "2", "3"), (organ, common, f"{headache}, {dizziness}"), ("", rare, f"{hives}1, {mouth}")]
        ],
        "last column": [
            [
                ("1", "2", "3"),
                (organ, headache, common),
                ("", dizziness, common),
                ("", hives, rare),
                ("", mouth, rare),
            ]
        ],
        "lines": [organ, f"{common}: {headache}, {dizziness}.", f"{rare}: {hives} (4.4), {mouth}."],
        "headings": [f"{common}:", headache, dizziness, f"{rare}:", f"{hives}, {mouth}"],
    }


def _cases() -> list[object]:
    return [
        pytest.param(language, form, kind, id=f"{language}-{form}-{kind}")
        for language in LANGUAGES
        for form, found in _forms(language).items()
        for kind in FORMATS
        if kind != "txt" or all(isinstance(part, str) for part in found)
    ]


def _judged(data: bytes, kind: str) -> Document:
    (document,) = validator.check(data, name=f"a.{kind}", market="eu", select=("frequency/smpc",)).documents
    return document


def _leaflet(language: str, common: tuple[str, ...], rare: tuple[str, ...]) -> str:
    words = LANGUAGES[language]
    lines = [words.common, *(f"• {each}" for each in common), words.rare, *(f"• {each}" for each in rare)]
    return leaflet_text(language, "\n".join(lines))


@pytest.mark.parametrize(("language", "form", "kind"), _cases())
def test_the_same_categories_agree(language: str, form: str, kind: str) -> None:
    headache, dizziness, hives, mouth, _ = EFFECTS[language]
    leaflet = _leaflet(language, (headache, f"xyz ({dizziness})"), (f"{mouth}, {hives}",))
    document = _judged(FORMATS[kind](content(language, _forms(language)[form], leaflet)), kind)
    (judgement,) = document.requirements
    assert (document.language, judgement.verdict, judgement.reason, document.findings) == (
        language,
        "met",
        "effects under the same category as in section 4.8 of the SmPC: 4",
        (),
    )


@pytest.mark.parametrize(("language", "form", "kind"), _cases())
def test_an_effect_under_another_category_is_for_review(language: str, form: str, kind: str) -> None:
    headache, dizziness, hives, mouth, _ = EFFECTS[language]
    leaflet = _leaflet(language, (headache, hives), (f"xyz ({dizziness})", mouth))
    document = _judged(FORMATS[kind](content(language, _forms(language)[form], leaflet)), kind)
    (judgement,) = document.requirements
    found = [
        (
            each.problem,
            each.severity,
            each.evidence,
            each.expected,
            re.sub(r"”, (?:page|line|paragraph)[^)]*\)\.$", "”).", each.message),
        )
        for each in document.findings
    ]
    message = "“{}” stands under “{}” here, and under “{}” in section 4.8 of the SmPC (“{}”)."
    xyz = f"xyz ({dizziness})"
    assert judgement.verdict == "review"
    assert found == [
        (
            "inconsistent",
            "advice",
            hives,
            "rare",
            message.format(hives, "common", "rare", _written(hives, form)),
        ),
        ("inconsistent", "advice", xyz, "common", message.format(xyz, "rare", "common", dizziness)),
    ]


def _written(hives: str, form: str) -> str:
    """How a form writes the effect with its mark or reference."""
    return {"rows": f"{hives}1", "lines": f"{hives} (4.4)"}.get(form, hives)


@pytest.mark.parametrize(
    ("make", "place"),
    [(as_text, "line 7"), (as_docx, "paragraph 4"), (as_html, "line 5"), (as_pdf, "page 1, line 4")],
)
def test_the_place_in_the_smpc_is_told(make: object, place: str) -> None:
    found = content("en", ["Some words.", "Common: headache."], _leaflet("en", ("nausea",), ("headache",)))
    kind = {as_text: "txt", as_docx: "docx", as_html: "html", as_pdf: "pdf"}[make]
    (finding,) = _judged(FORMATS[kind](found), kind).findings
    assert finding.message.endswith(f"(“headache”, {place}).")
    assert (
        finding.fix == "Put “headache” under “common”, as section 4.8 of the SmPC does, or correct the SmPC."
    )


def _verdict(effects: Content, common: tuple[str, ...], rare: tuple[str, ...]) -> list[str]:
    """The effects reported of an English file, read as a Word file."""
    return [
        each.evidence
        for each in _judged(as_docx(content("en", effects, _leaflet("en", common, rare))), "docx").findings
    ]


def test_two_names_that_and_joins_are_two() -> None:
    effects: Content = ["Common: headache and vomiting.", "Rare: pain of arms and legs."]
    assert _verdict(effects, ("headache", "legs"), ("vomiting",)) == ["vomiting"]


@pytest.mark.parametrize(
    ("explained", "reported"),
    [(("rash (red skin)",), []), (("rash (red skin)", "chills (cold)"), ["nausea"])],
)
def test_brackets_that_explain_names_do_not_hide_them(
    explained: tuple[str, ...], reported: list[str]
) -> None:
    effects: Content = ["Common: headache; rash; chills.", "Rare: nausea."]
    common = ("headache (sore head)", *explained, "nausea (feeling sick)")
    assert [words.split(" (")[0] for words in _verdict(effects, common, ("fever",))] == reported


@pytest.mark.parametrize(
    "effects",
    [
        pytest.param(["Very common: headache.", "In children:", "Common: headache."], id="two populations"),
        pytest.param(
            [[("", "Adults", "Children"), ("Headache", "Very common", "Common")]], id="a column a population"
        ),
        pytest.param(
            [[("", "A", "B"), ("Nervous", "Common: headache", "Rare: headache")]], id="two substances"
        ),
        pytest.param(["Common: headache (in children)."], id="with a qualification"),
        pytest.param(["Common: severe headache after the injection."], id="a longer name"),
        pytest.param(
            ["Common: headache.", "Rare: tension headache."], id="and a longer name as in the leaflet"
        ),
        pytest.param(
            ["Common: headache.", "In elderly patients headache was rare."], id="another in running text"
        ),
        pytest.param(["Common to very common: headache."], id="a range of categories"),
        pytest.param(["Very common:", "Common:", "headache"], id="columns one by one"),
        pytest.param(["Common:", "Uncommon:", "Very common:", "headache"], id="three columns one by one"),
        pytest.param(
            [[("", "All", "Severe"), ("Nausea", "Common", "Rare"), ("Headache", "Common", "Uncommon")]],
            id="the last row of a table with two categories a row",
        ),
        pytest.param(["Common: allergic reaction with rash, headache"], id="a sign in few words"),
        pytest.param(["Common: injection reactions: redness, headache"], id="after a colon"),
        pytest.param(["Common: hypersensitivity reactions including rash, headache"], id="a sign of another"),
        pytest.param(["The medicine may commonly lead to headache."], id="running text"),
        pytest.param([[("", "Common", "Uncommon"), ("Nervous", "headache")]], id="a row of another width"),
        pytest.param([[("Common\nUncommon", "headache\ndizziness\nnausea")]], id="lines that do not pair"),
        pytest.param(
            ["Common: frequent urination; rarely headache: this stops."], id="a category in the middle"
        ),
        pytest.param([], id="nothing"),
    ],
)
def test_what_is_not_certain_in_the_smpc_is_not_reported(effects: Content) -> None:
    assert _verdict(effects, ("chills",), ("headache",)) == []


@pytest.mark.parametrize(
    ("item", "reported"),
    [
        ("headache", True),
        ("Headache.", True),
        ("pain in the head (headache)", True),
        ("nausea, headache", True),
        ("headache (severe)", False),
        ("severe headache", False),
        ("allergic reaction with rash, headache", False),
        ("inflammation of the membranes around the brain, headache", False),
        ("pain (such as headache, back pain)", False),
        ("nausea: headache", False),
    ],
)
def test_what_names_an_effect_in_the_leaflet(item: str, reported: bool) -> None:
    assert _verdict(["Common: headache, vomiting.", "Rare: nausea."], ("chills",), (item,)) == (
        [_head(item)] if reported else []
    )


def _head(item: str) -> str:
    return "headache" if item == "nausea, headache" else item.rstrip(".")


@pytest.mark.parametrize("more", ["• headache (in children)", "Headache was common in the elderly."])
def test_what_stands_under_two_categories_in_the_leaflet_is_not_reported(more: str) -> None:
    words = LANGUAGES["en"]
    text = leaflet_text("en", f"{words.common}\n• nausea\n{more}\n{words.rare}\n• headache")
    document = _judged(as_docx(content("en", ["Very common: headache"], text)), "docx")
    assert document.findings == ()


@pytest.mark.parametrize("line", ["In children:", "Other effects in children"])
def test_a_list_ends_before_another(line: str) -> None:
    text = leaflet_text("en", f"{LANGUAGES['en'].common}\n• nausea\n{line}\n• headache")
    assert _judged(as_text(content("en", ["Rare: headache"], text)), "txt").findings == ()


def test_not_known_counts_as_a_category() -> None:
    assert _verdict(["Not known: headache."], ("chills",), ("headache",)) == ["headache"]


@pytest.mark.parametrize(
    ("effects", "found"),
    [
        ([[("A", "Common\nRare", "headache\nhives")]], {"headache": "common", "hives": "rare"}),
        ([[("A", "headache1,2\nHives", "Common\nRare")]], {"headache": "common", "hives": "rare"}),
        (
            [[("A", "Common", "Chest pain\nDry mouth\nfeeling hot")]],
            {"chest pain": "common", "dry mouth feeling hot": "common"},
        ),
        ([[("Common (≥1/100)", ""), ("Nerves", "headache")]], {"headache": "common"}),
        (["Common (≥1/100 to <1/10): headache†, +dizziness"], {"headache": "common", "dizziness": "common"}),
        (
            ["Common (≥1/100 to <1/10): headache. Not known: hives"],
            {"headache": "common", "hives": "not-known"},
        ),
        (
            ["Common: chest pain, and rash Rare: hives"],
            {"chest pain": "common", "and rash": "common", "hives": "rare"},
        ),
    ],
)
def test_what_a_section_lists(effects: Content, found: dict[str, str]) -> None:
    (leaflet,) = validator.parse(
        as_docx(content("en", effects, _leaflet("en", ("headache",), ()))), name="a.docx"
    )
    assert {each.term: ", ".join(each.labels) for each in leaflet.facts.smpc} == found


def _of(leaflets: tuple[Leaflet, ...]) -> list[list[str]]:
    return [[f"{each.term} {each.labels[0]}" for each in leaflet.facts.smpc] for leaflet in leaflets]


def _file(*parts: str) -> bytes:
    return "\n\n".join(parts).encode()


def _smpc(language: str, effects: str) -> str:
    return as_text(content(language, [effects], "")).decode()


def test_as_many_leaflets_as_smpcs_belong_together_in_their_order() -> None:
    leaflet = input_of("eu-tablet")
    first, second = _smpc("en", "Common: headache."), _smpc("en", "Rare: hives.")
    both = ["headache common", "hives rare"]
    assert _of(validator.parse(_file(first, second, leaflet, leaflet))) == [
        ["headache common"],
        ["hives rare"],
    ]
    assert _of(validator.parse(_file(first, second, leaflet))) == [both]
    assert _of(validator.parse(_file(first, leaflet, leaflet))) == [["headache common"], ["headache common"]]
    assert _of(validator.parse(_file(leaflet))) == [[]]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        (Block("4.8 Undesirable effects"), [2]),
        (Block("4.8. Undesirable effects", "heading"), [2]),
        (Block("Undesirable effects", marker="4.8"), [2]),  # numbered by Word
        (Block("4.8 6.9", "row"), []),
        (Block("4.8 mg of the substance are in each of the tablets that the study used"), []),
        (Block("4.8.2 Reporting"), []),
    ],
)
def test_what_opens_section_4_8(heading: Block, found: list[int]) -> None:
    text = Block("The patients of the study had a headache for the time of the study.")
    blocks = [text, heading, text, Block("4.9 Overdose"), text, Block("Package leaflet")]
    sections = smpc.effects(blocks, [smpc.Document(0, 5), smpc.Document(5, 6, "en")])
    assert [index for section in sections.values() for index in section] == found


def _fhir(*documents: tuple[str, str]) -> bytes:
    """A bundle of SmPCs and leaflets, each with the text of one section or the whole leaflet."""
    made = []
    for language, text in documents:
        lines = [line for line in text.split("\n") if line.strip()]
        smpc = lines[0] == "ANNEX I"
        code = {"code": SMPC} if smpc else {}
        made.append(composition(section("x", narrative(lines)), title="x", language=language, **code))
    return json.dumps(bundle(*made)).encode()


def test_the_nearest_smpc_before_the_leaflet_in_its_language_counts() -> None:
    english, german = input_of("eu-tablet"), input_of("de-tablet")
    first, second = _smpc("en", "Common: headache."), _smpc("en", "Rare: hives.")
    foreign = _smpc("de", "Häufig: Schwindel.")
    documents = [
        ("en", first),
        ("de", foreign),
        ("en", english),
        ("en", second),
        ("de", german),
        ("en", english),
    ]
    found = _of(validator.parse(_fhir(*documents), name="a.json"))
    assert found == [["headache common"], ["schwindel common"], ["hives rare"]]
    after = _of(validator.parse(_fhir(("en", english), ("en", first)), name="a.json"))
    assert after == [["headache common"]]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: "Common: " + "a,b1;" * n, id="parts"),
        pytest.param(lambda n: "Common: " + "(" * n + "headache", id="brackets"),
        pytest.param(lambda n: "Common: rash" + "1,1" * n, id="marks"),
        pytest.param(lambda n: "common " * n + ": rash", id="categories"),
        pytest.param(lambda n: "common: rash " * n, id="heads"),
        pytest.param(lambda n: "common (1/10) rash " * n, id="definitions"),
        pytest.param(lambda n: "\n".join(["Common: rash, fever", "rare fever occurs."] * n), id="lines"),
        pytest.param(lambda n: "\n".join(["Common:", "Rare:"] * n), id="bare lines"),
    ],
)
def test_a_hostile_section_costs_linear_time(make: Callable[[int], str]) -> None:
    def cost(size: int) -> float:
        text = make(size)
        blocks = {index: Block(line, anchors=_anchors(line)) for index, line in enumerate(text.split("\n"))}
        start = time.process_time()
        reactions(blocks, grammar("en"))
        return time.process_time() - start

    cost(10)
    small, large = min(cost(400) for _ in range(3)), min(cost(1600) for _ in range(2))
    assert large < 10 * small + 0.1


def _anchors(line: str) -> tuple[Anchor, ...]:
    """A new line of a page every few characters."""
    return tuple(Anchor(at, at + 1, 1, 1) for at in range(0, max(len(line), 1), 10))
