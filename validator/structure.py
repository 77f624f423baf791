"""The structure of a leaflet against the JSON Schema that the market's list of sections amounts to.

The schema judges the outline, not every block. Each of its `allOf` entries carries `x-rule`, and
each constraint in it `x-problem` and `x-case`, so an error becomes a hit of that rule like any other.
`schemas/leaflet.<market>.schema.json` is the same schema, written down for other programs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jsonschema.validators import Draft202012Validator

from validator.catalogue import profile
from validator.document.leaflet import Heading, Leaflet, Section
from validator.document.location import Span
from validator.document.outcome import Hit, Problem
from validator.lexicon import Lexicon
from validator.records import Profile, SectionPlan
from validator.resources import of_law

_DESCRIPTION = (
    "Which sections the outline of a leaflet must hold, with text, in which order, under which number. "
    "Each allOf entry names its rule (x-rule); each constraint in it the problem (x-problem) and the "
    "message (x-case) of its error."
)


def outline(leaflet: Leaflet) -> dict[str, Any]:
    """The outline as plain values, the instance of the market's schema."""
    before: list[str] = []
    sections: dict[str, Any] = {}
    for section in leaflet.sections:
        if section.heading is None:
            continue
        number = section.heading.number
        sections[section.id] = {
            "heading": section.heading.text,
            "number": int(number) if number else None,
            "wording": _wording(section.heading),
            "text": not section.empty,
            "count": 1 + len(section.repeats),
            "after": list(before),
        }
        before.append(section.id)
    return {"market": leaflet.market.value, "language": leaflet.language.value, "sections": sections}


def _wording(heading: Heading) -> str:
    """How well the words of a heading agree with the template; words that only a code explains hardly do."""
    deviations = set(heading.deviations)
    if deviations & {"fuzzy", "coded", "foreign"}:
        return "fuzzy"
    return "accepted" if "accepted" in deviations else "template"


def outline_schema(law: Profile) -> dict[str, Any]:
    """The JSON Schema of an outline: which sections, with text, in which order, under which number."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:leaflet-validator:leaflet.{law.market}.schema.json",
        "title": f"Outline of a leaflet: {law.title}",
        "description": _DESCRIPTION,
        "type": "object",
        "required": ["sections"],
        "properties": {
            "market": {"const": law.market},
            "language": {"type": "string"},
            "sections": {"type": "object"},
        },
        "allOf": [_section(plan, law.sections[:index]) for index, plan in enumerate(law.sections)],
    }


def _section(plan: SectionPlan, earlier: Sequence[SectionPlan]) -> dict[str, Any]:
    ids = [other.id for other in earlier]
    limits: dict[str, Any] = {
        "text": {"const": True, "x-problem": "empty"},
        "after": (
            {"items": {"enum": ids, "x-problem": "out-of-order"}}
            if ids
            else {"maxItems": 0, "x-problem": "out-of-order"}
        ),
        "count": {"maximum": 1, "x-problem": "duplicate"},
    }
    if plan.number is not None:
        limits["number"] = {
            "allOf": [
                {"enum": [plan.number, None], "x-problem": "altered", "x-case": "number"},
                {"type": "integer", "x-problem": "altered", "x-case": "unnumbered"},
            ]
        }
    limits["wording"] = {"enum": ["template", "accepted"], "x-problem": "altered", "x-case": "wording"}
    present = {"required": [plan.id], "x-problem": "missing", "properties": {plan.id: {"properties": limits}}}
    return {"x-rule": f"section/{plan.id}", "properties": {"sections": present}}


def check(leaflet: Leaflet, lexicon: Lexicon) -> Mapping[str, list[Hit]]:
    """The hits of the market's schema, by rule id."""
    found: dict[str, list[Hit]] = {}
    # What a heading says decides nothing here, so most leaflets have one of a few outlines.
    instance = outline(leaflet)
    for section in instance["sections"].values():
        del section["heading"]
    said = json.dumps(instance)
    for rule, constraint in _errors(lexicon.profile.market, leaflet.template)(said):
        hit = _hit(leaflet, lexicon, rule, constraint)
        known = found.setdefault(rule, [])
        if hit not in known:
            known.append(hit)
    return found


@of_law
def _errors(market: str, template: str) -> Callable[[str], Sequence[tuple[str, Mapping[str, Any]]]]:
    """What answers, for an outline as JSON, with the rules and constraints that it breaks."""
    schema = outline_schema(profile(market, template))
    validator = Draft202012Validator(schema)

    @lru_cache(maxsize=256)
    def errors(said: str) -> Sequence[tuple[str, Mapping[str, Any]]]:
        found: list[tuple[str, Mapping[str, Any]]] = []
        for error in validator.iter_errors(json.loads(said)):
            at = error.absolute_schema_path
            if len(at) > 1 and at[0] == "allOf":
                constraint = error.schema
                assert isinstance(constraint, Mapping)  # only a boolean schema has none, and we have no such
                found.append((schema["allOf"][at[1]]["x-rule"], constraint))
        return found

    return errors


def _hit(leaflet: Leaflet, lexicon: Lexicon, rule: str, constraint: Mapping[str, Any]) -> Hit:
    section_id = rule.split("/")[1]
    case: str = constraint.get("x-case", "")
    problem: Problem = constraint["x-problem"]
    section = leaflet.section(section_id)
    expected = lexicon.heading_text(section_id)
    values = {"heading": expected}
    if section is None or section.heading is None:
        return Hit(problem, case, None, section_id, "", expected, values)
    if case == "wording" and "foreign" in section.heading.deviations:
        case = "foreign"
    cause = _fill(leaflet, lexicon, section, case, values)
    span: Span = section.repeats[0].span if problem == "duplicate" else section.heading.span
    if case in ("number", "unnumbered"):
        expected = str(next(plan.number for plan in lexicon.profile.sections if plan.id == section_id))
    return Hit(problem, case, span, section_id, leaflet.text(span), expected, values, cause=cause)


def _fill(leaflet: Leaflet, lexicon: Lexicon, section: Section, case: str, values: dict[str, str]) -> str:
    """Fill the slots of the message; the answer is the rule that explains a shifted number, if one does."""
    order = [plan.id for plan in lexicon.profile.sections]
    earlier = order[: order.index(section.id)]
    present = [other.id for other in leaflet.sections]
    values["after"] = ", ".join(
        f"“{lexicon.heading_text(other)}”"
        for other in present[: present.index(section.id)]
        if other in order[order.index(section.id) + 1 :]
    )
    number = section.heading.number if section.heading else ""
    values |= {"number": number, "cause": ""}
    gone = [other for other in earlier if other not in present]
    if case == "number" and gone and int(number) == len(earlier) - len(gone) + 1:
        values["cause"] = f", because “{lexicon.heading_text(gone[0])}” is missing"
        return f"section/{gone[0]}"
    return ""
