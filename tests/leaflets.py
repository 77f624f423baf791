"""Helpers of the tests: judge a text, and see a finding as the tuple that tests compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from validator import engine
from validator.document.leaflet import Leaflet
from validator.outline.split import leaflets
from validator.readers import read
from validator.report import Document
from validator.settings import Options

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def parsed(
    text: str | bytes, *, market: str = "auto", language: str = "auto", name: str = "input.txt"
) -> Leaflet:
    """The only leaflet of a text."""
    data = text.encode() if isinstance(text, str) else text
    (leaflet,) = leaflets(read(data, name=name), market=market, language=language)
    return leaflet


def judged(
    text: str | bytes,
    *,
    market: str = "auto",
    language: str = "auto",
    name: str = "input.txt",
    **settings: Any,
) -> Document:
    """The report on the only leaflet of a text; `settings` are fields of `Options`."""
    leaflet = parsed(text, market=market, language=language, name=name)
    return engine.judge(leaflet, path=name, sha256="", options=Options(**settings))


def brief(document: Document) -> list[tuple[str, str, str]]:
    """The findings as (rule, problem, severity), in alphabetical order."""
    return sorted((f.rule, f.problem, f.severity) for f in document.findings)


def input_of(name: str) -> str:
    """The text of a leaflet in `fixtures/leaflets`."""
    return (FIXTURES / "leaflets" / name / "input.txt").read_text("utf-8")
