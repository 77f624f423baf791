"""How Word formats: styles, automatic numbers and symbol fonts, resolved to what a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, NamedTuple

from validator.readers.symbol_fonts import WITH_LINE, in_unicode

Element = Any  # lxml has no types of its own

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
RPR, PPR, NUM_PR = f"{W}rPr", f"{W}pPr", f"{W}numPr"
_BOLD, VANISH, _FONTS, _FONT, _FONT_TOO = f"{W}b", f"{W}vanish", f"{W}rFonts", f"{W}ascii", f"{W}hAnsi"
_OFF = frozenset(("0", "false", "off", "none"))
_HEADING_NAME = re.compile(r"heading ([1-9])", re.IGNORECASE)
_BODY_TEXT = 9  # the outline level that means none
_LEVELS = 9  # of a list, and so many overrides; what a hostile file has beyond is never looked at
_LONGEST = 60  # characters of a number's pattern
_PRIVATE_BULLET = re.compile(r"[\ue000-\uf8ff]")
_HIGHEST = {"lowerLetter": 520, "upperLetter": 520, "lowerRoman": 3999, "upperRoman": 3999}


def is_on(element: Element) -> bool:
    """Whether an on-off property says on."""
    return element.get(VAL, "1") not in _OFF


def shown_text(element: Element, font: str | None) -> str:
    """The words of a text element as its font shows them; a `>` that is underlined by itself is a `≥`."""
    text = in_unicode(element.text or "", font)
    sign = WITH_LINE.get(text.strip())
    if sign is None:
        return text
    run = element.getparent()
    beside = (next(run.itersiblings(f"{W}r", preceding=before), None) for before in (True, False))
    alone = _is_underlined(run) and not any(_is_underlined(each) for each in beside if each is not None)
    return text.replace(text.strip(), sign) if alone else text


def _is_underlined(run: Element) -> bool:
    line = run.find(f"{RPR}/{W}u")
    return line is not None and is_on(line)


def number_of(element: Element, default: int = 0) -> int:
    """The number that a property holds; the default if it is absent or no sensible number."""
    value = "" if element is None else element.get(VAL, "")
    return int(value) if re.fullmatch(r"-?[0-9]{1,6}", value) else default


class Look(NamedTuple):
    """How characters are set; None where nothing is said."""

    bold: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, below: Look) -> Look:
        """This look where it says something, the one below elsewhere."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.hidden if self.hidden is None else self.hidden,
            self.font or below.font,
        )


class Numbered(NamedTuple):
    """Which list a paragraph belongs to; `style` is the style that says so."""

    num_id: str
    level: int | None
    style: str = ""


class Style(NamedTuple):
    """A style with all that it inherits; `outline` is the level of a heading from 1, 0 for body text."""

    look: Look = Look()
    outline: int | None = None
    numbered: Numbered | None = None


def look_of(properties: Element) -> Look:
    """What run properties say directly."""
    bold = hidden = font = None
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag == _BOLD:
            bold = is_on(child)
        elif tag == VANISH:
            hidden = is_on(child)
        elif tag == _FONTS:
            font = child.get(_FONT) or child.get(_FONT_TOO)
    return Look(bold, hidden, font)


def numbered_of(properties: Element, style: str = "") -> Numbered | None:
    """The list that paragraph properties name."""
    numbered = properties.find(NUM_PR) if properties is not None else None
    if numbered is None:
        return None
    num_id, level = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
    return Numbered(
        "" if num_id is None else num_id.get(VAL, ""), None if level is None else number_of(level), style
    )


def outline_of(properties: Element) -> int | None:
    """The heading level from 1 that paragraph properties say, 0 for body text, None if they are silent."""
    outline = properties.find(f"{W}outlineLvl") if properties is not None else None
    if outline is None:
        return None
    level = number_of(outline, _BODY_TEXT)
    return level + 1 if 0 <= level < _BODY_TEXT else 0


class Styles:
    """The styles of a file."""

    def __init__(self, root: Element | None) -> None:
        found: Iterable[Element] = () if root is None else root.iter(f"{W}style")
        self._elements: dict[str, Element] = {}
        self._default = ""
        for element in found:
            style_id = element.get(f"{W}styleId", "")
            self._elements[style_id] = element
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default", "0") not in _OFF:
                self._default = style_id
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{RPR}")
        self._defaults = look_of(defaults)
        self._resolved: dict[str, Style] = {}
        self._looks: dict[tuple[str, str], Look] = {}

    def paragraph(self, style_id: str) -> Style:
        """The style of a paragraph; "" is the default one."""
        return self._resolve(style_id if style_id in self._elements else self._default)

    def look(self, paragraph: str, character: str) -> Look:
        """How a run is set by these styles; bold and hidden toggle from style to style."""
        key = (paragraph, character)
        if key not in self._looks:
            below = self.paragraph(paragraph).look
            above = self._resolve(character).look if character in self._elements else Look()
            base = self._defaults
            self._looks[key] = Look(
                bool(base.bold) or bool(below.bold) != bool(above.bold),
                bool(base.hidden) or bool(below.hidden) != bool(above.hidden),
                above.font or below.font or base.font,
            )
        return self._looks[key]

    def _resolve(self, style_id: str) -> Style:
        if style_id not in self._resolved:
            chain: dict[str, None] = {}  # a style may be based on itself in a circle
            each = style_id
            while each in self._elements and each not in chain and each not in self._resolved:
                chain[each] = None
                each = _value(self._elements[each], "basedOn")
            style = self._resolved.get(each, Style())
            for each in reversed(chain):
                style = self._resolved[each] = self._own(each, style)
            return style
        return self._resolved[style_id]

    def _own(self, style_id: str, base: Style) -> Style:
        """What a style says itself over the one that it is based on."""
        element = self._elements[style_id]
        properties = element.find(PPR)
        outline = outline_of(properties)
        name = element.find(f"{W}name")
        heading = None if name is None else _HEADING_NAME.fullmatch(name.get(VAL, ""))
        if outline is None and heading:
            outline = int(heading.group(1))
        return Style(
            look_of(element.find(RPR)).over(base.look),
            base.outline if outline is None else outline,
            numbered_of(properties, style_id) or base.numbered,
        )


class _Level(NamedTuple):
    """One level of a list: `restart` is the level (from 1) after which it starts anew, None: any above it."""

    format: str
    text: str
    start: int
    restart: int | None
    legal: bool
    style: str
    font: str | None


class _List(NamedTuple):
    """A list as paragraphs use it: the definition that counts, its levels, and starts of its own."""

    counted_by: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a file; `marker` must be asked for every numbered paragraph, in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        found = [] if root is None else list(root)
        self._definitions = {e.get(f"{W}abstractNumId", ""): e for e in found if e.tag == f"{W}abstractNum"}
        self._nums = {e.get(f"{W}numId", ""): e for e in found if e.tag == f"{W}num"}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def marker(self, numbered: Numbered) -> tuple[str, int]:
        """The number or sign before a paragraph ("" if none shows) and its level from 1."""
        entry = self._list(numbered.num_id)
        if entry is None:
            return "", 0
        at = numbered.level
        if at is None:
            linked = (n for n, each in entry.levels.items() if each.style and each.style == numbered.style)
            at = next(linked, 0)
        level = entry.levels.get(at)
        if level is None:
            return "", 0
        counts = self._count(numbered.num_id, entry, at, level)
        return _shown(entry.levels, counts, level), at + 1

    def _count(self, num_id: str, entry: _List, at: int, level: _Level) -> dict[int, int]:
        counts = self._counts.setdefault(entry.counted_by, {})
        start = entry.starts.get(at, level.start)
        anew = at in entry.starts and (num_id, at) not in self._begun
        counts[at] = start if anew else counts.get(at, start - 1) + 1
        self._begun.add((num_id, at))
        for lower in [n for n in counts if n > at]:
            restart = entry.levels[lower].restart if lower in entry.levels else None
            if restart is None or 0 < at + 1 <= restart:
                del counts[lower]
        return counts

    def _list(self, num_id: str) -> _List | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._make(num_id)
        return self._lists[num_id]

    def _make(self, num_id: str) -> _List | None:
        num = self._nums.get(num_id)
        if num is None:
            return None
        definition_id = _value(num, "abstractNumId")
        definition = self._definitions.get(definition_id)
        linked = "" if definition is None else _value(definition, "numStyleLink")
        if linked and (numbered := self._styles.paragraph(linked).numbered):
            target = self._nums.get(numbered.num_id)
            definition_id = definition_id if target is None else _value(target, "abstractNumId")
            definition = self._definitions.get(definition_id)
        if definition is None:
            return None
        if definition_id not in self._levels:
            own_levels = islice(definition.iterfind(f"{W}lvl"), _LEVELS)
            self._levels[definition_id] = dict(map(_level, own_levels))
        levels = dict(self._levels[definition_id])
        starts: dict[int, int] = {}
        for override in islice(num.iterfind(f"{W}lvlOverride"), _LEVELS):
            at = _index(override)
            if (own := override.find(f"{W}lvl")) is not None:
                levels[at] = _level(own)[1]
                starts[at] = levels[at].start
            if (start := override.find(f"{W}startOverride")) is not None:
                starts[at] = number_of(start)
        return _List(definition_id, levels, starts)


def _value(element: Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return "" if child is None else child.get(VAL, "")


def _index(element: Element) -> int:
    value = element.get(f"{W}ilvl", "0")
    return int(value) if re.fullmatch("[0-8]", value) else 0


def _level(element: Element) -> tuple[int, _Level]:
    restart, legal = element.find(f"{W}lvlRestart"), element.find(f"{W}isLgl")
    return _index(element), _Level(
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText")[:_LONGEST],
        number_of(element.find(f"{W}start")),
        None if restart is None else number_of(restart),
        legal is not None and is_on(legal),
        _value(element, "pStyle"),
        look_of(element.find(RPR)).font,
    )


def _shown(levels: Mapping[int, _Level], counts: Mapping[int, int], level: _Level) -> str:
    if level.format == "bullet":
        sign = in_unicode(level.text, level.font).strip()
        return _PRIVATE_BULLET.sub("•", sign) or "•"

    def figure(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        if at not in levels:
            return ""
        number = counts.get(at, levels[at].start)
        return _figure(number, "decimal" if level.legal else levels[at].format)

    return re.sub(r"%([1-9])", figure, level.text).strip()


def _figure(number: int, form: str) -> str:
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if 0 < number <= _HIGHEST.get(form, 0):  # beyond, letters and Roman numerals would only grow
        if form in ("lowerLetter", "upperLetter"):
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter if form == "lowerLetter" else letter.upper()
        if form in ("lowerRoman", "upperRoman"):
            return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    return str(number)


def _roman(number: int) -> str:
    places = (("", "", "m"), ("m", "d", "c"), ("c", "l", "x"), ("x", "v", "i"))
    signs = []
    for digit, (ten, five, one) in zip(f"{number:04d}", places, strict=True):
        count = int(digit)
        if count in (4, 9):
            signs.append(one + (five if count == 4 else ten))
        else:
            signs.append(five * (count > 4) + one * (count % 5))
    return "".join(signs)
