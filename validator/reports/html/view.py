"""What a page says of one leaflet, ready to be set: nothing is decided in the templates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from validator.document.outcome import Verdict
from validator.report import Document, Finding, Law
from validator.reports import RuleText
from validator.reports.html.shown import ShownSection, sections
from validator.reports.words import counted, place

STATUSES = ("error", "warning", "advice", "waived", "known")
VERDICTS: tuple[tuple[Verdict, str], ...] = (
    ("gap", "Not met"),
    ("review", "For a person to judge"),
    ("met", "Met"),
    ("not-applicable", "Does not apply"),
)
_LONG = 90  # characters of a wording beyond which it is not shown twice
_SHOWN = 60
_SLOT = re.compile(r"(\{[^{}\n]{1,60}\})")


@dataclass(frozen=True, slots=True)
class Card:
    """One finding. `fix` has a list of (text, whether it is a slot to fill) for every line of it."""

    number: int
    finding: Finding
    title: str
    place: str
    message: str
    why: str
    fix: Sequence[Sequence[tuple[str, bool]]]
    expected: str
    evidence: str
    law: Sequence[tuple[str, str]]
    verdict: str

    @property
    def family(self) -> str:
        """The family of its rule."""
        return self.finding.rule.split("/")[0]


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement in the lists at the end; `findings` are numbers, `at` the block where it was met."""

    rule: str
    title: str
    reason: str
    verdict: Verdict
    findings: tuple[int, ...]
    at: int | None

    @property
    def family(self) -> str:
        """The family of the rule."""
        return self.rule.split("/")[0]


@dataclass(frozen=True, slots=True)
class Page:
    """One leaflet; `key` begins every id on its page, so that several leaflets fit into one."""

    key: str
    document: Document
    name: str
    cards: tuple[Card, ...]
    sections: tuple[ShownSection, ...]
    lines: tuple[tuple[Verdict, str, tuple[Line, ...]], ...]
    counts: Counter[str]
    verdicts: Counter[str]
    found_at: frozenset[int]

    @property
    def result(self) -> str:
        """The findings in words: "2 errors, 1 waived"."""
        return counted(self.counts)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is known of the leaflet, as terms with words; what is not known is left out."""
        known, product = self.document, self.document.product
        told = (
            ("Market", known.market),
            ("Language", known.language),
            ("Template", known.profile),
            ("Format", known.format),
            ("Active substance", ", ".join(product.active_substances)),
            ("Strength", ", ".join(product.strengths)),
        )
        return tuple((term, words) for term, words in told if words)

    @property
    def guessed(self) -> tuple[str, ...]:
        """What was recognised, and by what."""
        seen = self.document.recognised
        told = (("market", seen.market), ("language", seen.language))
        return tuple(f"{what} by {', '.join(reasons)}" for what, reasons in told if reasons)

    @property
    def choices(self) -> tuple[tuple[str, str, tuple[tuple[str, str, int], ...]], ...]:
        """What the findings can be chosen by: kind, legend, and each value with words and number."""
        status = Counter(card.finding.status for card in self.cards)
        verdict = Counter(card.verdict for card in self.cards)
        family = Counter(card.family for card in self.cards)
        return (
            ("status", "Severity", tuple((s, s, status[s]) for s in STATUSES if status[s])),
            ("verdict", "Verdict", tuple((v, title, verdict[v]) for v, title in VERDICTS if verdict[v])),
            ("family", "Family", tuple((f, f.replace("-", " "), n) for f, n in sorted(family.items()))),
        )

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """All law that the findings cite, once."""
        return tuple(sorted({law for card in self.cards for law in card.law}))

    @property
    def tone(self) -> str:
        """The gravest severity that counts, or "met"."""
        return next((status for status in STATUSES[:3] if self.counts[status]), "met")

    @property
    def bar(self) -> tuple[tuple[str, float, float], ...]:
        """Each verdict with where its share of the requirements begins and how wide it is, in hundredths."""
        total = max(1, sum(self.verdicts.values()))
        numbers = [self.verdicts[verdict] for verdict, _ in VERDICTS]
        starts = [sum(numbers[:at]) for at in range(len(numbers))]
        return tuple(
            (verdict, round(100 * start / total, 2), round(100 * number / total, 2))
            for (verdict, _), start, number in zip(VERDICTS, starts, numbers, strict=True)
        )

    def worst(self, numbers: Sequence[int]) -> str:
        """The gravest status of some findings."""
        return min((self.document.findings[n - 1].status for n in numbers), key=STATUSES.index)

    @property
    def glance(self) -> tuple[Card, ...]:
        """The errors, and after them the warnings, that count."""
        open_ = (card for card in self.cards if card.finding.status in STATUSES[:2])
        return tuple(sorted(open_, key=lambda card: STATUSES.index(card.finding.status)))


def page(document: Document, key: str, rule: Callable[[str], RuleText]) -> Page:
    """The view of a document."""
    verdicts = {judgement.rule: judgement.verdict for judgement in document.requirements}
    cards = tuple(
        _card(number, document, finding, rule(finding.rule), verdicts.get(finding.rule, "gap"))
        for number, finding in enumerate(document.findings, 1)
    )
    lines = tuple((v, title, tuple(_lines(document, v, rule))) for v, title in VERDICTS)
    return Page(
        key=key,
        document=document,
        name=document.product.name or document.title or document.path,
        cards=cards,
        sections=sections(document),
        lines=lines,
        counts=document.counts(),
        verdicts=Counter(verdicts.values()),
        found_at=frozenset(line.at for _, _, each in lines for line in each if line.at is not None),
    )


def _card(number: int, document: Document, finding: Finding, text: RuleText, verdict: str) -> Card:
    told = finding.message + finding.fix
    shown = bool(document.layout and document.layout.marks[number - 1])
    told_already = shown or finding.evidence.lower() in finding.message.lower()
    return Card(
        number=number,
        finding=finding,
        title=text.title or finding.rule,
        place=place(document, finding),
        message=_shortened(finding),
        why=text.why,
        fix=[
            [(part, i % 2 == 1) for i, part in enumerate(_SLOT.split(line)) if part]
            for line in finding.fix.split("\n")
        ],
        expected="" if finding.expected in told else finding.expected,
        evidence="" if told_already else finding.evidence,
        law=[
            (_cited(law), law.url if law.url.startswith(("https://", "http://")) else "")
            for law in finding.citation
        ],
        verdict=verdict,
    )


def _shortened(finding: Finding) -> str:
    """The message, without saying a long wording that the fix says in full."""
    wording = finding.expected
    if len(wording) <= _LONG or wording not in finding.message or wording not in finding.fix:
        return finding.message
    return finding.message.replace(wording, wording[:_SHOWN].rsplit(" ", 1)[0] + " …", 1)


def _cited(law: Law) -> str:
    """Source and place; what the source ends with, the place does not say again."""
    last = law.source.rsplit(", ", 1)[-1]
    source = law.source.removesuffix(f", {last}") if law.at.startswith(last) else law.source
    return ", ".join(part for part in (source, law.at) if part)


def _lines(document: Document, verdict: Verdict, rule: Callable[[str], RuleText]) -> Iterator[Line]:
    met = document.layout.met if document.layout else {}
    for judgement in document.requirements:
        if judgement.verdict == verdict:
            of_rule = (n for n, f in enumerate(document.findings, 1) if f.rule == judgement.rule)
            at = met[judgement.rule].block if judgement.rule in met else None
            title = rule(judgement.rule).title or judgement.rule
            yield Line(judgement.rule, title, judgement.reason, verdict, tuple(of_rule), at)
