"""Many leaflets at a glance: product by language and market, and requirement by language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from validator.report import Document
from validator.reports.html.heat import TONES, Column, Heat, Row, Spot, Tone, grid
from validator.reports.html.view import Page
from validator.reports.words import counted, name

# What stands after the name of a product: strength, form, legal signs.
_AFTER_NAME = re.compile(r"\s*[\d,;/(\[®™*†].*$")
_TONE: dict[str, Tone] = {
    "error": "error",
    "warning": "warning",
    "advice": "advice",
    "waived": "accepted",
    "known": "accepted",
}
_OPEN = ("error", "warning", "advice")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of a leaflet; `worst` has tone and address of the worst finding of each rule."""

    name: str
    title: str
    product: str
    market: str
    language: str
    href: str
    counts: Counter[str]
    verdicts: Counter[str]
    worst: dict[str, tuple[Tone, str]]
    met: frozenset[str]

    @property
    def result(self) -> str:
        """The findings in words."""
        return counted(self.counts)

    @property
    def column(self) -> Column:
        """Where it stands in the matrices."""
        return Column(self.language, f"language {self.language}, market {self.market}", self.market)


@dataclass(frozen=True, slots=True)
class Affected:
    """A requirement with the leaflets that have a finding of it: name, language, tone in words, address."""

    rule: str
    leaflets: tuple[tuple[str, str, Tone, str], ...]


def entry(page: Page, href: str) -> Entry:
    """What the index keeps of a page."""
    document = page.document
    worst: dict[str, tuple[Tone, str]] = {}
    for card in page.cards:
        tone = _TONE[card.finding.status]
        known = worst.get(card.finding.rule)
        if known is None or TONES.index(tone) < TONES.index(known[0]):
            worst[card.finding.rule] = tone, f"{href.split('#')[0]}#{page.key}f{card.number}"
    return Entry(
        name=name(document),
        title=page.name,
        product=product(document),
        market=document.market,
        language=document.language,
        href=href,
        counts=page.counts,
        verdicts=page.verdicts,
        worst=worst,
        met=frozenset(j.rule for j in document.requirements if j.verdict == "met"),
    )


def product(document: Document) -> str:
    """The name that leaflets of one product share: without strength and form, in small letters."""
    named = document.product.name or document.title or document.path
    return " ".join(_AFTER_NAME.sub("", named).casefold().split()) or named.casefold()


def by_product(entries: Sequence[Entry]) -> Heat:
    """Product by market and language: a spot a leaflet."""
    table = grid(entries, lambda each: each.product, lambda each: each.column)
    shown = {
        each.product: _AFTER_NAME.sub("", each.title).strip() or each.title for each in reversed(entries)
    }
    rows = tuple(Row(shown[row], table.cells(row, _leaflets)) for row in table.rows)
    return Heat("Gaps by product, market and language", "Product", table.columns, rows)


def _leaflets(entries: Sequence[Entry]) -> Iterator[Spot]:
    if not entries:
        yield Spot("none", None, "no leaflet")
    for each in entries:
        tones: list[tuple[Tone, int | None]] = [(_TONE[s], each.counts[s]) for s in _OPEN if each.counts[s]]
        tone, count = (*tones, ("met", None))[0]
        yield Spot(tone, count, f"{each.title}, {each.column.words}: {each.result}", each.href)


def by_rule(entries: Sequence[Entry], titles: dict[str, str]) -> Heat:
    """Requirement by market and language: how many leaflets have a finding; the gravest rows first."""
    table = grid(entries, lambda each: "", lambda each: each.column)
    tones = {rule: Counter(e.worst[rule][0] for e in entries if rule in e.worst) for rule in titles}
    order = sorted(titles, key=lambda rule: (*(-tones[rule][tone] for tone in TONES), rule))
    rows = tuple(
        Row(
            titles[rule],
            tuple((_rule_spot(rule, table.items["", c]),) for c in table.columns),
            rule,
            _key(rule),
        )
        for rule in order
    )
    return Heat("Findings by requirement, market and language", "Requirement", table.columns, rows)


def _rule_spot(rule: str, entries: Sequence[Entry]) -> Spot:
    found = [each.worst[rule] for each in entries if rule in each.worst]
    if not found:
        holds = any(rule in each.met for each in entries)
        return Spot("met", None, "met") if holds else Spot("none", None, "not asked for here")
    tone = min((tone for tone, _ in found), key=TONES.index)
    href = found[0][1] if len(found) == 1 else f"#{_key(rule)}"
    words = f"{len(found)} of {len(entries)} leaflets, at worst {tone}"
    return Spot(tone, len(found) if len(entries) > 1 else None, words, href)


def affected(entries: Sequence[Entry], rules: Iterable[str]) -> tuple[Affected, ...]:
    """The leaflets behind the counts, for every requirement."""
    return tuple(
        Affected(
            rule,
            tuple((e.name, e.language, *e.worst[rule]) for e in entries if rule in e.worst),
        )
        for rule in rules
    )


def _key(rule: str) -> str:
    return f"rule-{rule.replace('/', '-')}"
