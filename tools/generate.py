"""Writes what is generated: JSON Schemas from the models and the profiles, a page a rule, the coverage
and the words of each language.

`python tools/generate.py` writes, `--check` names the files that differ and fails.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from words import word_lists

from validator.catalogue import LanguagePack, languages, markets, profile, requirements, sources
from validator.configuration import configuration_model
from validator.coverage import Cover, automated, coverage
from validator.errors import LeafletError
from validator.explanation import Explanation, Told, example_lines, explanation, in_general, severities
from validator.records import Examples, Profile, Requirements
from validator.report import Report
from validator.structure import outline_schema

ROOT = Path(__file__).parent.parent
_SCHEMAS: dict[str, tuple[type, str]] = {
    "report": (Report, "Report of leaflet-validator"),
    "configuration": (configuration_model(), "leaflet.toml, or the table tool.leaflet of pyproject.toml"),
    "requirement": (Requirements, "File of law/requirements"),
    "examples": (Examples, "File of law/examples"),
    "wording": (LanguagePack, "Wording of a market's template in one language"),
    "profile": (Profile, "Profile of a market"),
}
_COMPARED = ("beside", "compared")  # what only a comparison has is left out of other reports
_NOTICE = "<!-- Generated from the law files by tools/generate.py; changes belong there. -->"


def main() -> int:
    """Write the generated files, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only name the files that are out of date")
    check = parser.parse_args().check
    try:
        wanted = {ROOT / name: text for name, text in generated()}
    except LeafletError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    present = set((ROOT / "docs" / "rules").glob("**/*.md"))
    stale = sorted(present - set(wanted))
    changed = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    if not check:
        _write({path: wanted[path] for path in changed}, stale)
        return 0
    for path in [*changed, *stale]:
        print(f"out of date: {path.relative_to(ROOT)} (run 'make generate')", file=sys.stderr)
    return 1 if changed or stale else 0


def _write(changed: dict[Path, str], stale: list[Path]) -> None:
    for path, text in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        print(f"written: {path.relative_to(ROOT)}")
    for path in stale:
        path.unlink()
        print(f"removed: {path.relative_to(ROOT)}")


def generated() -> Iterator[tuple[str, str]]:
    """Every generated file: its path in the project and its text."""
    for name, (model, title) in _SCHEMAS.items():
        yield f"schemas/{name}.schema.json", _json(_schema(model, name, title))
    for market in markets():
        yield f"schemas/leaflet.{market}.schema.json", _json(outline_schema(profile(market)))
    found = [explanation(rule) for rule in requirements() if severities(rule)]
    for each in found:
        yield f"docs/rules/{each.requirement.id}.md", _page(each)
    yield "docs/rules/index.md", _index(found)
    yield "docs/coverage.md", _coverage()
    for language, text in word_lists():
        yield f"validator/law/words/{language}.txt", text


def _json(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _schema(model: type, name: str, title: str) -> dict[str, Any]:
    made = TypeAdapter(model).json_schema(mode="serialization" if model is Report else "validation")
    if model is Report:
        for part in (made, *made["$defs"].values()):
            part["required"] = [name for name in part["properties"] if name not in _COMPARED]
        _leave_out_absent(made["$defs"]["Place"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:leaflet-validator:{name}.schema.json",
        **made,
        "title": title,
    }


def _leave_out_absent(place: dict[str, Any]) -> None:
    """A place lists only what the format has: no key is required and none is null."""
    place.pop("required", None)
    for name, entry in place["properties"].items():
        kind = next(option for option in entry["anyOf"] if option["type"] != "null")
        place["properties"][name] = {"title": entry["title"], **kind}


def _index(found: list[Explanation]) -> str:
    markets = sorted({market for each in found for market in each.demands})
    rows = [
        f"| [{each.requirement.id}]({each.requirement.id}.md) | {_cell(each.requirement.title)} | "
        + " | ".join(severities(each.requirement.id).get(market, "-") for market in markets)
        + " |"
        for each in sorted(found, key=lambda each: each.requirement.id)
    ]
    head = f"| rule | asks for | {' | '.join(markets)} |"
    line = "|---|---|" + "---|" * len(markets)
    intro = "How severe a gap is in each market; `-`: the market does not ask for it."
    return "\n".join([_NOTICE, "", "# Rules", "", intro, "", head, line, *rows, ""])


_SIGNS: dict[Cover, str] = {"confirmed": "●", "review": "○", "person": "P", "none": "-"}
_COVERAGE = """How each requirement is judged in each language:

- ●: by the program, with wording that was seen in the template or in authorised leaflets, or without wording;
- ○: by the program, for a person to confirm: its wording was not seen or has no official standing, or what is
  missing may rightly be missing;
- P: by a person alone;
- -: cannot apply (no readability formula is known).

The share is that of ●. It says what is judged, not how well: that is in [quality.md](quality.md)."""


def _coverage() -> str:
    found = {market: {code: coverage(market, code) for code in languages(market)} for market in markets()}
    lines = [
        _NOTICE,
        "",
        "# Coverage",
        "",
        _COVERAGE,
        "",
        "| market | languages | requirements | automated |",
    ]
    lines.append("|---|---|---|---|")
    for market, by_language in found.items():
        shares = [automated(covers.values()) for covers in by_language.values()]
        span = f"{min(shares):.0%}" + (f" to {max(shares):.0%}" if min(shares) < max(shares) else "")
        lines.append(f"| {market} | {len(by_language)} | {len(profile(market).requirements)} | {span} |")
    for market, by_language in found.items():
        lines += ["", f"## {market}: {profile(market).title}", ""]
        lines += [f"| requirement | {' | '.join(by_language)} |", "|---|" + "---|" * len(by_language)]
        shared = [f"{automated(covers.values()):.0%}" for covers in by_language.values()]
        lines.append(f"| **share** | {' | '.join(shared)} |")
        for rule in profile(market).requirements:
            signs = [_SIGNS[covers[rule]] for covers in by_language.values()]
            lines.append(f"| {rule} | {' | '.join(signs)} |")
    return "\n".join([*lines, ""])


def _page(each: Explanation) -> str:
    requirement = each.requirement
    lines = [_NOTICE, "", f"# {requirement.id}", "", f"{requirement.title}.", ""]
    lines += ["## Why", "", requirement.why, "", "## What to do", "", _text(in_general(requirement.fix)), ""]
    lines += _conditions(each)
    lines += _law(each)
    lines += _messages(requirement.messages)
    for told in each.wordings:
        lines += _wording(told)
    if each.examples:
        lines += ["## Examples", ""]
        for example in each.examples:
            problem = f", {example.problem}" if example.problem else ""
            lines += [f"{example.verdict}{problem} ({example.market}, {example.language}):", ""]
            lines += ["```text", *example_lines(example), "```", ""]
    return "\n".join(lines)


def _conditions(each: Explanation) -> list[str]:
    rows = [f"- {fact}: `{value}`" for fact, value in each.requirement.applies.items()]
    for market, (_, demand) in each.demands.items():
        rows += [f"- in {market}, {fact}: `{value}`" for fact, value in demand.applies.items()]
    if not rows:
        return []
    signs = "`!` means anything but that, `|` one of several"
    if any("`=" in row for row in rows):
        signs += ", `=` that the text or the configuration must tell it"
    return ["## When it applies", "", *rows, "", f"{signs}.", ""]


def _law(each: Explanation) -> list[str]:
    lines = ["## Law", "", "| market | severity | other wording | source | at |", "|---|---|---|---|---|"]
    for market, (_, demand) in each.demands.items():
        for citation in demand.citation:
            source = sources()[citation.source]
            title = f"[{source.title}]({source.url})" if source.url else source.title
            cells = (market, demand.severity, demand.altered, title, citation.at or "-")
            lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return [*lines, ""]


def _messages(messages: Any) -> list[str]:
    rows = [f"| {problem} | {_cell(_text(in_general(message)))} |" for problem, message in messages.items()]
    return ["## Messages", "", "| case | message |", "|---|---|", *rows, ""]


def _wording(told: Told) -> list[str]:
    lines = [f"## Wording: {told.market}, {told.language} ({told.role})", ""]
    lines += [f"{told.seen[0].upper()}{told.seen[1:]}.", ""]
    lines += ["```text", told.text, "```", ""]
    for label, texts in (("Also accepted:", told.accepted), ("Superseded:", told.outdated)):
        if texts:
            lines += [label, "", "```text", *texts, "```", ""]
    return lines


def _text(text: str) -> str:
    """Bracket notation in running text would be taken for HTML."""
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main())
