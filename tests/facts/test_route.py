"""How a medicine is taken, as its name and its form tell it: a tablet may be made into an enema."""

from __future__ import annotations

import pytest

from tests.compose import NAME, compose, text_of
from tests.leaflets import parsed

NAMES = [
    ("da", "tabletter", "oral", "tablet"),
    ("da", "tabletter og solvens til rektalvæske, suspension", "rectal", "tablet"),
    ("de", "Filmtabletten", "oral", "tablet"),
    ("de", "Tabletten für eine Rektalsuspension", "rectal", "tablet"),
    ("en", "film-coated tablets", "oral", "tablet"),
    ("en", "tablets for rectal suspension", "rectal", "tablet"),
    ("en", "inhalation powder, hard capsules", "inhalation", "capsule"),
]


@pytest.mark.parametrize(("language", "form", "route", "shape"), NAMES)
def test_words_that_name_the_route_win_over_the_form(
    language: str, form: str, route: str, shape: str
) -> None:
    text = text_of(compose("eu", language)).replace(f"{NAME} 10 mg\n", f"{NAME} 10 mg {form}\n", 1)
    product = parsed(text, market="eu", language=language).facts.product
    assert (product.route, product.form) == (route, shape)


def test_what_is_said_of_the_skin_further_down_is_not_the_route() -> None:
    text = text_of(compose("eu", "en"))
    heading = f"3. How to take {NAME}\n"
    before, _, after = text.rpartition(heading)
    assert before
    how = f"{heading}Take two tablets a day. If powder of broken tablets falls on the skin only, wash it.\n"
    assert parsed(before + how + after, market="eu", language="en").facts.product.route == "oral"
