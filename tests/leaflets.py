"""Helpers of the tests: judge a text, and see a finding as the tuple that tests compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from validator import collate, engine
from validator.batch import Input
from validator.diff.revision import Version, compare
from validator.document.leaflet import Leaflet
from validator.export import leaflet_json
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


def revised(
    old: str | bytes,
    new: str | bytes,
    market: str = "auto",
    language: str = "auto",
    *,
    name: str = "new.txt",
    **settings: Any,
) -> Document:
    """The report on a newer version beside an older one; `name` tells the format of the newer one."""
    older, newer = (
        Version(parsed(text, market=market, language=language, name=file), file, "")
        for text, file in ((old, "old.txt"), (new, name))
    )
    return compare(older, newer, Options(**settings))


def translated(
    source: str | bytes,
    target: str | bytes,
    languages: tuple[str, str] = ("auto", "auto"),
    *,
    market: str = "auto",
    name: str = "target.txt",
    **settings: Any,
) -> Document:
    """The report on a translation beside its source; `settings` are fields of `Options`."""
    one, other = (text.encode() if isinstance(text, str) else text for text in (source, target))
    options = Options(market=market, language=languages[1], **settings)
    ours = Options(market=market, language=languages[0], product=options.product)
    (result,) = collate.comparisons(
        Input("source" + Path(name).suffix, data=one), [Input(name, data=other)], options, ours
    )
    assert not result.failure, result.failure
    (document,) = result.documents
    return document


def brief(document: Document) -> list[tuple[str, str, str]]:
    """The findings as (rule, problem, severity), in alphabetical order."""
    return sorted((f.rule, f.problem, f.severity) for f in document.findings)


def input_of(name: str) -> str:
    """The text of a leaflet in `fixtures/leaflets`."""
    return (FIXTURES / "leaflets" / name / "input.txt").read_text("utf-8")


def outline(leaflet: Leaflet) -> list[tuple[str, str, str, list[str]]]:
    """Sections with number and words of their headings, and the words of their sub-headings."""
    return [
        (
            section.id,
            section.heading.number if section.heading else "",
            section.heading.text if section.heading else "",
            [sub.heading.text for sub in section.subsections],
        )
        for section in leaflet.sections
    ]


def facts(leaflet: Leaflet) -> dict[str, object]:
    """The facts as words and values, without places: two formats number their blocks differently."""
    return _without_places(leaflet_json(leaflet)["facts"])


def _without_places(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_places(inner) for key, inner in value.items() if key != "location"}
    return [_without_places(inner) for inner in value] if isinstance(value, list) else value
