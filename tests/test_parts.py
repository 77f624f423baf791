"""Files that hold several documents: each is judged by itself, and what is no leaflet is set aside."""

from __future__ import annotations

from typing import Any

import pytest

from tests.formats import LEAFLET, SMPC, as_json, bundle, composition, fhir, narrative, section
from tests.leaflets import input_of
from validator.document.leaflet import Leaflet
from validator.errors import UnreadableError
from validator.outline import recognise
from validator.outline.split import leaflets
from validator.readers import read

EU, TR = input_of("eu-tablet"), input_of("tr-tablet")
SMPC_TITLES = (
    "1. NAME OF THE MEDICINAL PRODUCT",
    "4.1 Therapeutic indications",
    "4.2 Posology",
    "5.1 Properties",
)


def leaflet(text: str = EU, code: str = LEAFLET, **more: Any) -> dict[str, Any]:
    """A leaflet as a Composition."""
    made: dict[str, Any] = fhir(text, nested=True)["entry"][0]["resource"]
    return made | composition(*made["section"], code=code, **more)


def smpc(code: str = SMPC) -> dict[str, Any]:
    """A summary of product characteristics as a Composition."""
    text = narrative(
        ["This medicine is for the treatment of hives in adults and should be taken with food or water."]
    )
    return composition(*(section(title, text) for title in SMPC_TITLES), code=code, title="SmPC")


def spanish() -> dict[str, Any]:
    """A leaflet in a language that no market has, by the fixture."""
    lines = [
        "Conserve este prospecto, ya que puede tener que volver a leerlo y si tiene alguna duda, consulte a su médico."
    ]
    return composition(section("Prospecto: información para el usuario", narrative(lines * 3)), language="es")


def found(*resources: dict[str, Any]) -> tuple[Leaflet, ...]:
    return leaflets(read(as_json(bundle(*resources))))


def test_the_smpc_is_set_aside() -> None:
    (one,) = found(smpc(), leaflet())
    assert (one.part, one.market.value, one.sections[-1].id) == (None, "eu", "contents")
    assert one.blocks[0].place().xpath == "Bundle.entry[1].resource.section[0].title"


def test_an_smpc_with_the_code_of_a_leaflet_is_none() -> None:
    assert len(found(smpc(LEAFLET), leaflet())) == 1
    assert found(smpc(LEAFLET)) == ()


def test_a_leaflet_with_the_code_of_an_smpc_is_judged() -> None:
    (one,) = found(leaflet(code=SMPC))
    assert len(one.sections) == 7


def test_a_few_headings_do_not_make_a_leaflet_of_another_document() -> None:
    first_two = composition(*leaflet()["section"][0]["section"][:2], code=SMPC)
    assert [len(one.sections) for one in found(first_two, leaflet())] == [7]


def test_two_leaflets_are_numbered() -> None:
    parts = [one.part for one in found(leaflet(), smpc(), leaflet(EU.replace("Velorin", "Nimorin")))]
    assert [part and part[:7] for part in parts] == ["1 of 2:", "2 of 2:"]


@pytest.fixture
def without_spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no market had wording in Spanish."""
    monkeypatch.setattr(recognise, "languages", lambda market: ("en", "tr") if market == "tr" else ("en",))


@pytest.mark.usefixtures("without_spanish")
def test_each_has_its_own_language_and_market() -> None:
    several = found(leaflet(language="en"), leaflet(TR, language="tr"), spanish())
    assert [(one.language.value, one.market.value, one.declared_language) for one in several] == [
        ("en", "eu", "en"),
        ("tr", "tr", "tr"),
    ]
    note = "another document of the file was not judged: no market has wording in the language found ('es')"
    assert [one.notes for one in several] == [(note,), (note,)]


@pytest.mark.usefixtures("without_spanish")
def test_none_in_a_language_that_a_market_has() -> None:
    with pytest.raises(UnreadableError, match="no market has wording in the language found"):
        found(smpc(), spanish())


def test_the_declared_language_counts_where_the_text_is_too_short() -> None:
    titles = ("4. Possible side effects", "5. How to store Velorin")
    bare = [section(title, narrative(["unavailable"])) for title in titles]
    assert found(composition(*bare)) == ()
    (one,) = found(composition(*bare, language="en-GB"))
    assert (one.language.value, one.lossy) == ("en", {"unavailable", "front"})
