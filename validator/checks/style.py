"""Conventions of writing figures, units and words: each slip is told once a leaflet, with its places."""

from __future__ import annotations

import re
from collections import defaultdict

from validator.checks.registry import Task, kind
from validator.checks.running import count_words, figured, running, slips, spans
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Outcome
from validator.document.text import fold, fold_wording
from validator.grammarfile import unit_table
from validator.resources import of_law
from validator.style import language_style

# Patterns begin with what they look for and look behind it afterwards: so the text before it is skipped fast.
_MEASURES = ("mass", "volume", "amount", "activity")
_MICROGRAM = "microgram"
_GAUGE = re.compile(r"\dG$")  # the size of a needle, no unit
_YEARS = range(1900, 2101)
_SYMBOLS = [  # not "≥1/10", a frequency
    re.compile(rf"{sign}\s?\d(?![\d., ]*/\s?\d)\d*(?:[.,]\d+)*") for sign in "<>≤≥±"
]
_POSTAL = re.compile(r"[ \u00a0]+[^\W\d_]")  # between a postal code and its town
_CAPITALS = 0.8  # share of capitals among the letters, from which a text is in capitals
_OPENING = 12  # characters at the start that tell whether a closer look is worth while


@of_law
def _units() -> str:
    """The symbols of mass, volume and the like, as alternatives of a pattern; the longest first."""
    symbols = {fold(s) for unit in unit_table().values() if unit.family in _MEASURES for s in unit.symbols}
    return "|".join(re.escape(symbol) for symbol in sorted(symbols, key=lambda s: (-len(s), s)))


@of_law
def _micrograms() -> tuple[re.Pattern[str], ...]:
    symbols = [re.escape(fold(symbol)) for symbol in unit_table()[_MICROGRAM].symbols]
    return tuple(re.compile(rf"{symbol}(?<![^\W\d_]{symbol})(?![^\W_])") for symbol in symbols)


@of_law
def _odd_decimals(decimal: str) -> re.Pattern[str]:
    """ "5.0 mg", "0.50 mg" and ".5 mg"; "1.000 mg" may be a thousand in another language."""
    sign = re.escape(decimal)
    thousand = rf"(?!(?<!0)\d{{0,2}}{sign}\d{{3}}(?!\d))"
    zeros = rf"(?<=\d)(?<![\d.,].){thousand}\d*{sign}\d*0(?!\d)"
    naked = rf"(?<={sign})(?<![^\s(].)\d+"
    return re.compile(rf"[0-9{sign}](?:{zeros}|{naked})\s?(?:{_units()})(?!\w)")


@of_law
def _glued() -> re.Pattern[str]:
    return re.compile(rf"[0-9](?<![\w.,]\d)\d*(?:[.,]\d+)*(?:{_units()})(?!\w)")


@of_law
def _abbreviations(language: str) -> tuple[re.Pattern[str], ...]:
    """One pattern for each word that abbreviations begin with; blanks may stand in them."""
    begun: dict[str, list[str]] = defaultdict(list)
    for word in language_style(language).abbreviations:
        first, _, rest = fold(word).partition(".")
        begun[first].append(re.escape(rest).replace(r"\.", r"\. ?").removesuffix(" ?"))
    return tuple(
        re.compile(rf"{first}\.(?<![\w.]{first}\.) ?(?:{'|'.join(rests)})(?!\w)")
        for first, rests in begun.items()
    )


@of_law
def _thousands(signs: str) -> re.Pattern[str]:
    """Figures of four digits and more; a blank that parts no round thousands may part two figures."""
    parted = "|".join(r"(?: 000)+" if sign == " " else rf"(?:{re.escape(sign)}\d{{3}})+" for sign in signs)
    figure = rf"[1-9](?<![\w.,/-][1-9])(?<!\d [1-9])(?:\d{{0,2}}(?:{parted})|\d{{3,5}})"
    return re.compile(rf"{figure}(?![\w/-]|[.,]\d| \d)")


@kind("style/micrograms")
def micrograms(leaflet: Leaflet, task: Task) -> Outcome:
    """Micrograms are a word, not a sign that reads like milligrams."""
    found = spans(leaflet, running(leaflet, task, rows=True), *_micrograms())
    written = task.lexicon.grammar.data.units.get(_MICROGRAM, ())
    return slips(leaflet, found, written[-1] if written else "")


@kind("style/decimals")
def decimals(leaflet: Leaflet, task: Task) -> Outcome:
    """An amount has no zero at its end and a figure before its decimal sign."""
    pattern = _odd_decimals(task.lexicon.grammar.data.numbers.decimal)
    return slips(leaflet, spans(leaflet, figured(leaflet, task), pattern))


@kind("style/unit-spacing")
def unit_spacing(leaflet: Leaflet, task: Task) -> Outcome:
    """A blank parts figure and unit; a strength that belongs to the medicine's name is as authorised."""
    named = {fold(strength) for strength in leaflet.facts.product.strengths}
    found = spans(leaflet, figured(leaflet, task), _glued())
    written = ((span, leaflet.text(span)) for span in found)
    return slips(
        leaflet, [span for span, text in written if not _GAUGE.search(text) and fold(text) not in named]
    )


@kind("style/separators")
def separators(leaflet: Leaflet, task: Task) -> Outcome:
    """Thousands are written in one way; figures without a sign count beside others of as many digits."""
    signs = task.lexicon.grammar.data.numbers.thousands
    pattern = _thousands("".join(signs))
    forms: dict[str, list[Span]] = defaultdict(list)
    plain: list[tuple[int, Span]] = []
    lengths = set()
    for span in spans(leaflet, figured(leaflet, task), pattern):
        figure = leaflet.folded[span.block][span.start : span.end]
        digits = "".join(char for char in figure if char.isdigit())
        if figure != digits:
            forms[next(char for char in figure if not char.isdigit())].append(span)
            lengths.add(len(digits))
        elif int(digits) not in _YEARS and not _is_postal_code(leaflet, span):
            plain.append((len(digits), span))
    if alike := [span for length, span in plain if length in lengths]:
        forms[""] = alike
    if len(forms) < 2:
        return slips(leaflet, ())
    usual = max(forms, key=lambda sign: len(forms[sign]))
    odd = sorted((s for sign, found in forms.items() if sign != usual for s in found), key=_order)
    return slips(leaflet, odd, usual=leaflet.text(forms[usual][0]), usual_count=str(len(forms[usual])))


def _is_postal_code(leaflet: Leaflet, span: Span) -> bool:
    """Whether a figure stands before a town: at the start of a line or after a comma, before a capital."""
    text = leaflet.blocks[span.block].text
    before = text[: span.start].rstrip()
    town = _POSTAL.match(text, span.end)
    return (not before or before.endswith((",", ";", "–", "-"))) and bool(town and town[0][-1].isupper())


def _order(span: Span) -> tuple[int, int]:
    return span.block, span.start


@kind("style/symbols")
def symbols(leaflet: Leaflet, task: Task) -> Outcome:
    """Comparisons are words; where frequencies are explained, figures stand as they do there."""
    explained = {definition.span.block for definition in leaflet.facts.definitions}
    blocks = [index for index in running(leaflet, task) if index not in explained]
    return slips(leaflet, spans(leaflet, blocks, *_SYMBOLS))


@kind("style/abbreviations")
def abbreviations(leaflet: Leaflet, task: Task) -> Outcome:
    """Abbreviations that many readers do not know are written out."""
    language = leaflet.language.value
    found = spans(leaflet, running(leaflet, task), *_abbreviations(language))
    if not found:
        return slips(leaflet, ())
    written = {fold_wording(short): words for short, words in language_style(language).abbreviations.items()}
    return slips(leaflet, found, written.get(fold(leaflet.text(found[0])).replace(" ", ""), ""))


@kind("style/capitals")
def capitals(leaflet: Leaflet, task: Task) -> Outcome:
    """No paragraph is in capitals, but for headings and what is emphasised as a whole."""
    least = task.params["words"]
    return slips(
        leaflet,
        (
            Span(index, 0, len(leaflet.blocks[index].text))
            for index in running(leaflet, task)
            if _in_capitals(leaflet.blocks[index].text)
            if not leaflet.blocks[index].strong and count_words(leaflet, index) >= least
        ),
    )


def _in_capitals(text: str) -> bool:
    if not text[:_OPENING].isupper():
        return False
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) >= _CAPITALS * len(letters)
