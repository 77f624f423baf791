"""Several leaflets in one file: where they are cut, what is set aside, the language and pages of each."""

from __future__ import annotations

from tests.leaflets import input_of
from tests.pdf_files import Setting, pdf_of
from validator.document.leaflet import Leaflet
from validator.outline.documents import documents
from validator.outline.lines import words_of
from validator.outline.split import leaflets
from validator.readers import read

ENGLISH = input_of("eu-tablet")
TURKISH = input_of("tr-tablet")
SMPC = "ANNEX I\n\nSUMMARY OF PRODUCT CHARACTERISTICS\n\n" + "\n\n".join(
    f"4.{n} Posology\n\nThe dose of this medicine is described here in many words for the doctor who gives it."
    for n in range(40)
)


def found(text: str | bytes, **options: str) -> list[Leaflet]:
    data = text.encode() if isinstance(text, str) else text
    return list(leaflets(read(data, name="a.txt"), **options))


def parts(text: str) -> list[tuple[str, str]]:
    reading = read(text.encode())
    return [(part.kind, part.title) for part in documents(reading, words_of(reading.blocks))]


def other(name: str) -> str:
    return ENGLISH.replace("Velorin", name)


def test_one_leaflet_is_one_document() -> None:
    assert parts(ENGLISH) == [("", "")]
    assert [leaflet.part for leaflet in found(ENGLISH)] == [None]


def test_each_leaflet_has_its_number_and_its_name() -> None:
    text = "\n\n".join(other(name) for name in ("Velorin", "Amarel", "Bonux"))
    assert [leaflet.part for leaflet in found(text)] == [
        "1 of 3: Velorin 10 mg film-coated tablets",
        "2 of 3: Amarel 10 mg film-coated tablets",
        "3 of 3: Bonux 10 mg film-coated tablets",
    ]
    assert [leaflet.facts.product.name for leaflet in found(text)] == ["Velorin", "Amarel", "Bonux"]


def test_what_stands_before_the_first_leaflet_is_set_aside() -> None:
    text = f"{SMPC}\n\nB. PACKAGE LEAFLET\n\n{ENGLISH}\n\n{other('Amarel')}"
    title = "Package leaflet: Information for the patient"
    assert parts(text) == [("other", "ANNEX I"), ("leaflet", title), ("leaflet", title)]
    first, second = found(text)
    assert first.blocks[0].text == second.blocks[0].text == title
    assert len(found(f"{SMPC}\n\n{ENGLISH}")) == 1
    assert found(f"{SMPC}\n\n{ENGLISH}")[0].blocks[0].text == title


def test_a_few_lines_before_the_title_belong_to_the_leaflet() -> None:
    (leaflet,) = found(f"Exempla Pharma\n\n{ENGLISH}")
    assert leaflet.blocks[0].text == "Exempla Pharma"


def test_a_repeated_title_begins_no_leaflet() -> None:
    title = "Package leaflet: Information for the patient"
    text = ENGLISH.replace("3. How to take Velorin\n\nAlways", f"{title}\n\n3. How to take Velorin\n\nAlways")
    assert text.count(title) == 2
    assert parts(
        text.replace("4. Possible side effects\n\nLike", f"{title}\n\n4. Possible side effects\n\nLike")
    ) == [("leaflet", title)]
    assert len(found(text)) == 1


def test_each_leaflet_is_read_in_its_own_language() -> None:
    both = found(f"{ENGLISH}\n\n{TURKISH}")
    assert [(leaflet.language.value, leaflet.market.value) for leaflet in both] == [
        ("en", "eu"),
        ("tr", "tr"),
    ]
    assert [len(leaflet.sections) for leaflet in both] == [
        len(found(ENGLISH)[0].sections),
        len(found(TURKISH)[0].sections),
    ]


def test_each_leaflet_names_its_pages() -> None:
    setting = Setting(paragraph_gap=0.4)
    pages = len({block.place().page for block in read(pdf_of(SMPC, setting)).blocks})
    whole = found(pdf_of(f"{SMPC}\n{ENGLISH}\n{other('Amarel')}", setting))
    assert pages > 1
    assert [leaflet.part for leaflet in whole] == [
        "1 of 2: Velorin 10 mg film-coated tablets, pages 3-6",
        "2 of 2: Amarel 10 mg film-coated tablets, pages 6-8",
    ]
