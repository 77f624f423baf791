"""How a medicine is taken, as its name and its form tell it: a tablet may be made into an enema."""

from __future__ import annotations

import pytest

from tests.compose import NAME, Piece, compose, text_of
from tests.leaflets import judged, parsed

RULE = "statement/missed-dose"

NAMES = [
    ("da", "tabletter", "oral", "tablet"),
    ("da", "tabletter og solvens til rektalvæske, suspension", "rectal", "tablet"),
    ("de", "Filmtabletten", "oral", "tablet"),
    ("de", "Tabletten für eine Rektalsuspension", "rectal", "tablet"),
    ("en", "film-coated tablets", "oral", "tablet"),
    ("en", "tablets for rectal suspension", "rectal", "tablet"),
    ("en", "inhalation powder, hard capsules", "inhalation", "capsule"),
    ("en", "powder for oral suspension in sachets", "oral", "suspension"),
    ("en", "vaginal tablets", "vaginal", "tablet"),
    ("en", "eye ointment", "ocular", "cream"),
    ("en", "ear drops, solution", "auricular", ""),
    ("de", "Sirup", "oral", "solution"),
    ("de", "Vaginaltabletten", "vaginal", ""),
    ("es", "suspensión oral", "oral", "suspension"),
    ("es", "comprimidos vaginales", "vaginal", "tablet"),
    ("fr", "sirop", "oral", ""),
    ("fr", "pommade ophtalmique", "ocular", "cream"),
    ("it", "granulato in bustine", "oral", ""),
    ("pl", "krople do uszu", "auricular", "solution"),
    ("pt", "óvulos", "vaginal", ""),
    ("sv", "ögonsalva", "ocular", ""),
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


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Use it only when you need it."),
        ("de", "Wenden Sie es nur bei Bedarf an."),
        ("es", "Úselo cuando lo necesite."),
        ("fr", "À utiliser uniquement en cas de besoin."),
        ("da", "Bruges efter behov."),
        ("pl", "Stosować w razie potrzeby."),
    ],
)
def test_what_is_used_when_needed_alone_may_say_nothing_of_a_missed_dose(language: str, said: str) -> None:
    pieces = [each for each in compose("eu", language) if each.rule != "statement/missed-dose"]
    facts = {"administration": "self"}
    always = text_of(pieces)
    how = next(at for at, each in enumerate(pieces) if each.rule == "statement/overdose")
    rare = text_of([*pieces[:how], Piece(said, section="how-to-use"), *pieces[how:]])
    found = [
        [
            (f.problem, f.severity)
            for f in judged(text, market="eu", language=language, product=facts).findings
            if f.rule == RULE
        ]
        for text in (always, rare)
    ]
    assert found == [[("missing", "error")], [("missing", "advice")]]
