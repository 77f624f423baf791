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


REGIMENS = [
    ("en", ["Take one tablet twice a day.", "When required, your doctor will take blood."], ""),
    ("en", ["Take one tablet twice a day when needed."], "as-needed"),
    ("en", ["Take up to 3 tablets a day.", "Use it when needed."], "as-needed"),
    ("en", ["Use it when needed.", "You may take it up to three times a day."], "as-needed"),
    ("de", ["Nehmen Sie zweimal täglich eine Tablette ein.", "Ein Abführmittel bei Bedarf anwenden."], ""),
    ("pt", ["Poderá ser necessário tratamento de emergência."], ""),
    ("tr", ["Günde 2 kez 1 tablet alınız.", "Doktorunuz gerektiğinde kan testi yapacaktır."], ""),
    ("tr", ["Ağrınız olduğunda gerektiğinde 1 tablet alınız."], "as-needed"),
]


@pytest.mark.parametrize(("language", "said", "regimen"), REGIMENS)
def test_words_of_need_somewhere_do_not_make_a_medicine_of_set_times_one_for_need(
    language: str, said: list[str], regimen: str
) -> None:
    market = "tr" if language == "tr" else "eu"
    pieces = compose(market, language)
    how = next(at for at, each in enumerate(pieces) if each.rule == "statement/overdose")
    text = text_of([*pieces[:how], *(Piece(line, section="how-to-use") for line in said), *pieces[how:]])
    assert parsed(text, market=market, language=language).facts.product.regimen == regimen


def test_what_is_done_after_an_overdose_tells_nothing_of_how_the_medicine_is_taken() -> None:
    pieces = compose("eu", "en")
    after = next(at for at, each in enumerate(pieces) if each.rule == "statement/overdose") + 1
    said = Piece("Your doctor will treat the signs when needed.", section="how-to-use")
    text = text_of([*pieces[:after], said, *pieces[after:]])
    assert parsed(text, market="eu", language="en").facts.product.regimen == ""


@pytest.mark.parametrize(("front", "given"), [(True, "professional"), (False, "")])
def test_being_given_a_medicine_stands_at_the_top_though_a_sub_heading_speaks_of_using_it(
    front: bool, given: str
) -> None:
    said = Piece("Ask before you are given it.", section="front" if front else "how-to-use")
    pieces = [each for each in compose("eu", "en") if each.rule != "statement/take-as-told"]
    at = next(at for at, each in enumerate(pieces) if each.rule == "statement/overdose")
    place = 1 if front else at
    text = text_of([*pieces[:place], said, *pieces[place:]])
    assert parsed(text, market="eu", language="en").facts.product.administration == given
