"""Seeded defects and harmless controls: each changes a complete leaflet in one way.

A defect names the rules of which one must report it; a control must change nothing.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.compose import NAME, Piece, compose, text_of
from validator.grammar import Grammar, grammar
from validator.plan import plan
from validator.statements import paste

WORDINGS = ROOT / "tests" / "facts" / "frequency_wordings"
LABELS = ("very-common", "common", "uncommon", "rare", "very-rare")
Change = Callable[["Base"], "Sequence[Piece] | str | None"]


@dataclass(frozen=True)
class Base:
    """A complete leaflet of a market and language as pieces, with what operators need to know of it."""

    market: str
    language: str
    pieces: tuple[Piece, ...]
    grammar: Grammar
    frequencies: dict[str, str]


@dataclass(frozen=True)
class Operator:
    """A change with its name and the rules of which one must report it (none: a control)."""

    name: str
    rules: tuple[str, ...]
    change: Change


def base(market: str, language: str) -> Base:
    """The complete leaflet: every statement, the notice, a ladder of frequencies, and doses that compute."""
    words = grammar(language)
    path = WORDINGS / f"{language}.yaml"
    known = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else []
    first = {entry["label"]: entry["text"] for entry in reversed(known)}
    frequencies = {label: first[label] for label in LABELS if label in first}
    pieces = compose(market, language)
    notice = plan(market, language).lexicon.pack.statements.get("additional-monitoring")
    if notice:
        pieces.insert(2, Piece(f"▼{paste(notice.text, NAME, oral=True)}", "notice"))
    pieces = _into(
        pieces,
        "side-effects",
        [Piece(f"{text}\n• Velopathia", f"frequency:{label}") for label, text in frequencies.items()],
    )
    pieces = _into(pieces, "how-to-use", [Piece(text, f"dose:{name}") for name, text in doses(words).items()])
    return Base(market, language, tuple(pieces), words, frequencies)


def doses(words: Grammar) -> dict[str, str]:
    """Dose sentences made of the words of a language alone."""
    data = words.data
    half = "0.5".replace(".", data.numbers.decimal)
    tablet = data.units["tablet"][0]
    found = {
        "rate": f"{half} mg/kg",
        "example": f"{half} mg/kg. {data.dosing['example'][0].capitalize()}: 70 kg, 35 mg.",
        "range": "10–20 mg",
        "multiple": f"2 {tablet} (20 mg).",
        "volume": "250 mg/5 ml, 10 ml (500 mg).",
        "bands": "• 10–20 kg: 5 ml\n• 21–30 kg: 10 ml",
    }
    if data.each.get("day") and data.dosing.get("times"):
        day, times = data.each["day"][0], data.dosing["times"][0]
        often = f"{day} 2 {times}" if data.frequency.order == "whole-first" else f"2 {times} {day}"
        found["total"] = f"10 mg {often} ({data.dosing['total'][0]} 20 mg)."
    return found


def _into(pieces: Sequence[Piece], section: str, more: Sequence[Piece]) -> list[Piece]:
    after = max(i for i, piece in enumerate(pieces) if piece.section == section) + 1
    return [*pieces[:after], *(replace(piece, section=section) for piece in more), *pieces[after:]]


def _edit(rule: str, old: str, new: str) -> Change:
    """Replace words in the piece of a rule; None where the piece does not hold them."""

    def change(leaflet: Base) -> list[Piece] | None:
        pieces = [replace(p, text=p.text.replace(old, new)) if p.rule == rule else p for p in leaflet.pieces]
        return pieces if pieces != list(leaflet.pieces) else None

    return change


def _drop(*rules: str) -> Change:
    def change(leaflet: Base) -> list[Piece] | None:
        pieces = [piece for piece in leaflet.pieces if piece.rule not in rules]
        return pieces if len(pieces) < len(leaflet.pieces) else None

    return change


def _drop_section(section: str, keep_heading: bool = False) -> Change:
    def change(leaflet: Base) -> list[Piece] | None:
        heading = f"section/{section}"
        pieces = [p for p in leaflet.pieces if p.section != section or (keep_heading and p.rule == heading)]
        # What closes the leaflet stands under its last heading: such a section does not become empty.
        rules = [piece.rule for piece in pieces]
        after = rules[rules.index(heading) + 1] if keep_heading and heading in rules[:-1] else "section/"
        closed = not after.startswith("section/")
        return pieces if len(pieces) < len(leaflet.pieces) and not closed else None

    return change


def _move(rule: str, section: str) -> Change:
    def change(leaflet: Base) -> list[Piece] | None:
        moved = [piece for piece in leaflet.pieces if piece.rule == rule]
        rest = [piece for piece in leaflet.pieces if piece.rule != rule]
        return _into(rest, section, moved) if moved else None

    return change


def _swap_sections(first: str, second: str) -> Change:
    def change(leaflet: Base) -> list[Piece]:
        one = [p for p in leaflet.pieces if p.section == first]
        other = [p for p in leaflet.pieces if p.section == second]
        start = leaflet.pieces.index(one[0])
        stop = leaflet.pieces.index(other[-1]) + 1
        return [*leaflet.pieces[:start], *other, *one, *leaflet.pieces[stop:]]

    return change


def _add(section: str, text: str) -> Change:
    def change(leaflet: Base) -> list[Piece] | None:
        known = any(piece.section == section for piece in leaflet.pieces)
        return _into(leaflet.pieces, section, [Piece(text)]) if known else None

    return change


def _half(rule: str) -> Change:
    """Cut a statement in the middle."""

    def change(leaflet: Base) -> list[Piece] | None:
        def cut(text: str) -> str:
            words = text.split(" ")
            return " ".join(words[: max(1, len(words) // 3)])

        return [replace(p, text=cut(p.text)) if p.rule == rule else p for p in leaflet.pieces]

    return change


def _relabel(label: str, other: str) -> Change:
    """Give a frequency category the figures of another one."""

    def change(leaflet: Base) -> list[Piece] | None:
        if label not in leaflet.frequencies or other not in leaflet.frequencies:
            return None
        name, wrong = leaflet.frequencies[label], leaflet.frequencies[other]
        cut, wrong_cut = (re.search(r"[(:]", text) for text in (name, wrong))
        if not (cut and wrong_cut):
            return None
        text = name[: cut.start()] + wrong[wrong_cut.start() :]
        rule = f"frequency:{label}"
        return [replace(p, text=f"{text}\n• Velopathia") if p.rule == rule else p for p in leaflet.pieces]

    return change


def _order(first: str, second: str) -> Change:
    def change(leaflet: Base) -> list[Piece] | None:
        places = [
            i for i, p in enumerate(leaflet.pieces) if p.rule in (f"frequency:{first}", f"frequency:{second}")
        ]
        if len(places) != 2:
            return None
        pieces = list(leaflet.pieces)
        one, other = places
        pieces[one], pieces[other] = pieces[other], pieces[one]
        return pieces

    return change


def _other_number(section: str, number: str) -> Change:
    def change(leaflet: Base) -> list[Piece] | None:
        rule = f"section/{section}"
        return [
            replace(p, text=re.sub(r"\d", number, p.text, count=1)) if p.rule == rule else p
            for p in leaflet.pieces
        ]

    return change


def _text(change: Callable[[str], str]) -> Change:
    return lambda leaflet: change(text_of(leaflet.pieces))


_FOREIGN = {
    "en": "Nehmen Sie die Tablette unzerkaut mit einem Glas Wasser ein und kauen Sie die Tablette nicht, wenn der Arzt Ihnen nicht etwas anderes gesagt hat.",
    "": "Swallow the tablet whole with a glass of water, and do not chew it unless your doctor has told you that you may do so.",
}


def _untranslated(leaflet: Base) -> list[Piece]:
    return _into(leaflet.pieces, "how-to-use", [Piece(_FOREIGN.get(leaflet.language, _FOREIGN[""]))])


def _reference(leaflet: Base) -> list[Piece]:
    notation = plan(leaflet.market, leaflet.language).lexicon.pack.references[0]
    return _into(leaflet.pieces, "before-use", [Piece(f"Velorin ({notation.replace('{n}', '9')}).")])


def _cut_off(leaflet: Base) -> str:
    text = text_of(leaflet.pieces)
    heading = next(piece for piece in leaflet.pieces if piece.rule == "section/storage").text.strip()
    return text[: text.rindex(heading)].rstrip(" .\n") + "\nVelorin"


STATEMENTS = [
    "read-carefully",
    "keep-leaflet",
    "further-questions",
    "prescribed-for-you",
    "allergy",
    "other-medicines",
    "pregnancy",
    "driving",
    "take-as-told",
    "overdose",
    "missed-dose",
    "stopping",
    "side-effects-intro",
    "reporting-side-effects",
    "keep-out-of-reach",
    "expiry-date",
    "disposal",
    "active-substance",
    "excipients",
    "appearance-and-pack",
    "marketing-authorisation-holder",
    "last-revised",
]
FIXED = (
    "read-carefully",
    "keep-leaflet",
    "prescribed-for-you",
    "reporting-side-effects",
    "keep-out-of-reach",
)
SECTIONS = ("what-it-is", "before-use", "how-to-use", "side-effects", "storage", "contents")


def defects() -> Iterator[Operator]:
    """Every seeded defect."""
    for name in STATEMENTS:
        yield Operator(f"drop statement {name}", (f"statement/{name}",), _drop(f"statement/{name}"))
    for name in FIXED:
        yield Operator(f"cut statement {name}", (f"statement/{name}",), _half(f"statement/{name}"))
    for name in SECTIONS:
        yield Operator(f"drop section {name}", (f"section/{name}",), _drop_section(name))
        yield Operator(f"empty section {name}", (f"section/{name}",), _drop_section(name, keep_heading=True))
    yield Operator("wrong section number", ("section/storage",), _other_number("storage", "7"))
    yield Operator(
        "swap sections",
        ("section/how-to-use", "section/side-effects"),
        _swap_sections("how-to-use", "side-effects"),
    )
    yield Operator("drop the contents list", ("section/contents-list",), _drop("section/contents-list"))
    yield Operator(
        "move keep-out-of-reach",
        ("statement/keep-out-of-reach",),
        _move("statement/keep-out-of-reach", "side-effects"),
    )
    yield Operator("notice without ▼", ("black-triangle/symbol",), _edit("notice", "▼", ""))
    yield Operator("notice with another triangle", ("black-triangle/symbol",), _edit("notice", "▼", "▽ "))
    yield Operator("notice points elsewhere", ("black-triangle/reference",), _edit("notice", "4", "5"))
    yield Operator("notice moved", ("black-triangle/position",), _move("notice", "storage"))
    yield Operator(
        "▼ alone",
        ("black-triangle/statement", "black-triangle/symbol"),
        lambda b: [replace(p, text="▼") if p.rule == "notice" else p for p in b.pieces],
    )
    for label, other in (
        ("common", "uncommon"),
        ("uncommon", "rare"),
        ("very-common", "common"),
        ("rare", "very-common"),
    ):
        yield Operator(f"{label} with the figures of {other}", ("frequency/numbers",), _relabel(label, other))
    yield Operator("categories out of order", ("frequency/order",), _order("common", "rare"))
    yield Operator(
        "category without effects",
        ("frequency/usage",),
        lambda b: (
            [
                replace(p, text=p.text.partition("\n")[0]) if p.rule == "frequency:uncommon" else p
                for p in b.pieces
            ]
            if "uncommon" in b.frequencies
            else None
        ),
    )
    yield Operator("wrong example", ("dose/worked-example",), _edit("dose:example", "35 mg", "53 mg"))
    yield Operator("reversed range", ("dose/range",), _edit("dose:range", "10–20", "20–10"))
    yield Operator("wrong multiple", ("dose/strength-multiple",), _edit("dose:multiple", "(20 mg", "(30 mg"))
    yield Operator("wrong total", ("dose/daily-total",), _edit("dose:total", " 20 mg)", " 40 mg)"))
    yield Operator("wrong volume", ("dose/volume",), _edit("dose:volume", "(500 mg", "(50 mg"))
    yield Operator(
        "two bases",
        ("dose/unit",),
        lambda b: _into(
            b.pieces,
            "how-to-use",
            [
                Piece(
                    f"{b.grammar.data.numbers.decimal.join('05')} mg/{b.grammar.data.units['day'][0]} ({b.grammar.data.numbers.decimal.join('05')} mg/kg/{b.grammar.data.units['day'][0]})."
                )
            ],
        ),
    )
    yield Operator("overlapping bands", ("dose/weight-band",), _edit("dose:bands", "21–30", "15–30"))
    yield Operator("hole between bands", ("dose/weight-band",), _edit("dose:bands", "21–30", "31–40"))
    yield Operator("reference to nowhere", ("reference/section",), _reference)
    yield Operator("slot left", ("residue/placeholder",), _add("contents", "Exempla Ltd, {address}"))
    yield Operator("option left", ("residue/placeholder",), _add("how-to-use", "Velorin <tablet> <capsule>."))
    yield Operator("untranslated paragraph", ("residue/untranslated",), _untranslated)
    yield Operator("unclosed bracket", ("consistency/brackets",), _add("before-use", "Velorin (10 mg"))
    yield Operator("another name", ("consistency/product-name",), _edit("section/storage", NAME, "Zolumax"))
    lost = tuple(f"statement/{topic}" for topic in ("other-medicines", "pregnancy", "driving"))
    yield Operator("rest of a section lost", ("document/truncated", *lost), _drop(*lost))
    yield Operator("cut off", ("document/truncated", "section/storage"), _cut_off)


def _upper_headings(leaflet: Base) -> list[Piece]:
    # Turkish and Greek capitals are their own matter; the letters of a heading are kept there.
    if leaflet.language in ("tr", "el"):
        return list(leaflet.pieces)
    return [
        replace(p, text=p.text.upper())
        if p.rule.startswith("section/") and p.rule != "section/contents-list"
        else p
        for p in leaflet.pieces
    ]


def controls() -> Iterator[Operator]:
    """Every harmless change."""
    changes: dict[str, Callable[[str], str]] = {
        "CRLF": lambda text: text.replace("\n", "\r\n"),
        "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
        "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
        "typewriter quotes": lambda text: text.translate(str.maketrans("’“”„", '\'"""')),
        "double spaces": lambda text: text.replace(" ", "  "),
        "trailing spaces": lambda text: text.replace("\n", "  \n"),
        "more blank lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
        "other bullets": lambda text: text.replace("•", "\uf0b7"),
        "byte-order mark": lambda text: "\ufeff" + text,
        "zero-width spaces": lambda text: text.replace(". ", ".\u200b "),
        "long dashes": lambda text: text.replace("–", "—"),
        "page numbers": lambda text: text.replace("\n\n2.", "\n\n1/3\n\n2.").replace(
            "\n\n4.", "\n\n2/3\n\n4."
        ),
        "hyphens that do not break": lambda text: text.replace("-", "\u2011"),
    }
    for name, change in changes.items():
        yield Operator(name, (), _text(change))
    yield Operator("headings in capitals", (), _upper_headings)
    yield Operator(
        "more doses that compute",
        (),
        lambda b: _into(b.pieces, "how-to-use", [Piece(f"3 {b.grammar.data.units['tablet'][0]} (30 mg).")]),
    )
    yield Operator("another name throughout", (), _text(lambda text: text.replace(NAME, "Xanthovir Plus")))
    yield Operator(
        "a longer list of effects", (), _add("side-effects", "• Velopathia maior\n• Velopathia minor")
    )
