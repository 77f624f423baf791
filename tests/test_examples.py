"""Every requirement's examples run: each `fail` is reported at its words, each `pass` is met."""

from __future__ import annotations

from typing import Any

import pytest

from tests.compose import example_text
from tests.leaflets import judged, revised, translated
from validator import catalogue
from validator.catalogue import requirements
from validator.records import Example
from validator.report import Document

_VERDICTS = {
    "pass": ("met",),
    "fail": ("gap", "met"),
    "review": ("review",),
    "not-applicable": ("not-applicable",),
}


def examples() -> list[Any]:
    return [
        pytest.param(rule, example, id=f"{rule}-{number}-{example.verdict}")
        for rule, found in catalogue.examples().items()
        for number, example in enumerate(found, 1)
    ]


def _document(rule: str, example: Example) -> Document:
    text = example_text(rule, example)
    if rule.startswith("diff/"):
        older = Example(verdict="pass", texts=example.given, language=example.language, market=example.market)
        return revised(example_text(rule, older), text, example.market, example.language, select=(rule,))
    if rule.startswith("compare/"):
        source = Example(verdict="pass", texts=example.given, language=example.beside, market=example.market)
        languages = (example.beside, example.language)
        return translated(
            example_text(rule, source),
            text,
            languages,
            market=example.market,
            product=example.product,
            select=(rule,),
        )
    return judged(
        text,
        market=example.market,
        language=example.language,
        product=example.product,
        select=(rule,),
    )


def test_every_requirement_has_examples() -> None:
    assert set(catalogue.examples()) == set(requirements())


@pytest.mark.parametrize(("rule", "example"), examples())
def test_an_example_gets_its_verdict(rule: str, example: Example) -> None:
    document = _document(rule, example)
    (judgement,) = document.requirements
    assert judgement.verdict in _VERDICTS[example.verdict], judgement.reason
    found = [(finding.problem, finding.evidence) for finding in document.findings]
    if example.verdict in ("pass", "not-applicable"):
        assert found == []
    elif example.problem:
        assert example.problem in [problem for problem, _ in found]
        told = [words for each in document.findings for words in (each.evidence, each.expected)]
        assert not example.marked or example.marked in told


@pytest.mark.parametrize(
    ("rule", "example"), [p for p in examples() if not p.values[1].product and not p.values[1].beside]
)
def test_an_example_raises_no_other_rule(rule: str, example: Example) -> None:
    document = judged(example_text(rule, example), market=example.market, language=example.language)
    others = {f.rule for f in document.findings if f.severity == "error" and f.rule != rule}
    assert others <= set(example.without)
