"""The parts of an HTML page a walker meets: lists, and the site around the leaflet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType

from validator.document.blocks import Block
from validator.readers.symbol_fonts import SYMBOL_FONTS, in_unicode

Attributes = dict[str, str | None]


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


REGIONS = _names("nav header footer aside")
VOID = _names("area base br col embed hr img input link meta param source track wbr")
LISTS = _names("ul ol menu dir")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = REGIONS | LISTS | frozenset(HEADINGS)
BLOCKS |= _names(
    "address article blockquote body caption center dd details dialog div dl dt fieldset figcaption"
)
BLOCKS |= _names(
    "figure form hgroup hr html legend li main p pre section summary table tbody td tfoot th thead"
)
BLOCKS |= _names("title tr")
PLAIN_BLOCKS = _names("p div section table tbody dd dt")  # nothing to note about them
BOLD = _names("b strong th button")
NOT_TEXT = _names("script style noscript template svg title iframe object math canvas datalist")
CONTROLS = _names("form button select textarea dialog")
NEVER_DROPPED = _names("html body main article")
PARAGRAPH = _names("p")
# An element whose end tag may be left out ends where one of these begins right inside it.
CLOSED_BY = {
    "li": _names("p li"),
    "dt": _names("p dt dd"),
    "dd": _names("p dt dd"),
    "td": _names("p td th"),
    "th": _names("p td th"),
    "tr": _names("p td th tr"),
}
_CHROME_ROLES = _names("navigation banner contentinfo search dialog alertdialog")
_CHROME_CLASS = re.compile(
    r"cookie|onetrust|gdpr|breadcrumb|navbar|skip-?link|(?:^|[\s_-])(?:menu|nav|sitemap)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TITLE_CLASS = re.compile(r"bold|title|heading|titre|gras(?:$|[\s_-])", re.IGNORECASE)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINES_STYLE = re.compile(r"white-space\s*:\s*(?:(pre)|normal|nowrap)", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:(bold|[6-9]00)|normal|[1-4]00)", re.IGNORECASE)
_FONT_STYLE = re.compile(r"(?:^|;)\s*font(-family)?\s*:\s*([^;]*)", re.IGNORECASE)
_STYLE_SHEET = re.compile(r"<style\b", re.IGNORECASE)
_SHEETS, _LONGEST_SHEET = 20, 200_000  # how many style sheets are looked at, and characters of each
_CLASS_OF_RULE = re.compile(r"\.([\w-]{1,99})\s*(?:,|$)")
NO_FONTS: Mapping[str, str] = MappingProxyType({})
_TYPEWRITER = "courier new"  # the font of Word's round bullet, which is the letter o
_FONTS = SYMBOL_FONTS | {_TYPEWRITER}
_SIGNS_AT_ONCE = 5  # a longer text is words, to which a font was given by mistake
_UNFOLDING_CLASS = re.compile(r"accordion|collaps|expand|toggle|panel", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|copyright|all rights reserved", re.IGNORECASE)
_REGION_NAME = re.compile(
    r"(?:^|[\s_-])(?:(header|masthead|topbar)|(footer)|(side-?bar|share|social|related))(?:$|[\s_-])",
    re.IGNORECASE,
)
_FOOTER_SIZE = 5000  # characters; what holds more only begins or ends with a footer
_LAST_BLOCKS = 20  # how far back a copyright line is looked for
_LONGEST = 1000  # characters of a class, id or style that are looked at


class OpenList:
    """An open list; ordered ones count."""

    def __init__(self, tag: str, start: str) -> None:
        self.ordered = tag == "ol"
        self.next = int(start) if start.isdecimal() and len(start) < 6 else 1

    def marker(self, value: str) -> str:
        """The sign of the next item."""
        if not self.ordered:
            return "•"
        if value.isdecimal() and len(value) < 6:
            self.next = int(value)
        self.next += 1
        return f"{self.next - 1}."


class Region:
    """An open header, footer, nav or aside, or what is named so: furniture of the site if mostly links.

    `kept` is how much text was kept before it, `depth` how many elements are open with it.
    """

    def __init__(self, tag: str, role: str, into: list[Block], kept: int, depth: int) -> None:
        self.tag, self.into, self.begin, self.kept, self.depth = tag, into, len(into), kept, depth
        self.linked = self.inner_links = self.outer_links = 0
        self.chrome = role in _CHROME_ROLES and tag != "nav"

    def is_chrome(self, text_size: int) -> bool:
        """Whether to drop it; a list of links into this very page is the leaflet's contents."""
        if self.chrome:
            return True
        if self.tag == "nav":
            return self.outer_links > 0 or self.inner_links < 3
        if self.tag == "footer" and text_size < _FOOTER_SIZE and self.ends_in_copyright():
            return True
        return self.outer_links > 0 and self.linked * 2 >= text_size

    def ends_in_copyright(self) -> bool:
        """Whether one of the last lines is the site's copyright."""
        begin = max(self.begin, len(self.into) - _LAST_BLOCKS)
        return any(_COPYRIGHT.search(block.text) for block in self.into[begin:])


def is_hidden(attributes: Attributes) -> bool:
    """Whether a browser would not show the element or a screen reader not read it."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return attributes.get("aria-hidden") == "true" or bool(style and _HIDING_STYLE.search(style, 0, _LONGEST))


def _labels(attributes: Attributes) -> str:
    """Class and id; nobody's names are as long as what an attacker writes there."""
    return f"{(attributes.get('class') or '')[:_LONGEST]} {(attributes.get('id') or '')[:_LONGEST]}"


def is_chrome(tag: str, attributes: Attributes) -> bool:
    """Whether role, class or id say that the element belongs to the site, not to the leaflet."""
    role = attributes.get("role")
    if role and tag not in REGIONS and role.lower() in _CHROME_ROLES:
        return True
    names = _labels(attributes)
    return len(names) > 1 and _CHROME_CLASS.search(names) is not None


def region(tag: str, attributes: Attributes) -> str:
    """The kind of region that an element is by its tag or by its class or id; "" for none."""
    if tag in REGIONS:
        return tag
    if tag not in ("div", "section") or not attributes:
        return ""
    named = _REGION_NAME.search(_labels(attributes))
    return ("header", "footer", "aside")[(named.lastindex or 1) - 1] if named else ""


def unfolds(attributes: Attributes) -> bool:
    """Whether a button opens a part of the text: then its words are the heading of that part."""
    if "aria-expanded" in attributes or "aria-controls" in attributes:
        return True
    return _UNFOLDING_CLASS.search(attributes.get("class") or "", 0, _LONGEST) is not None


def font(attributes: Attributes, inherited: str, of_classes: Mapping[str, str] = NO_FONTS) -> str:
    """The font of an element's text if it shows other signs than its characters; "" for any other font."""
    name = _styled_font(attributes.get("style") or "") or attributes.get("face")
    if name is not None:
        return _known_font(name)
    classes = (attributes.get("class") or "")[:_LONGEST].split() if of_classes else ()
    return next((of_classes[each] for each in classes if each in of_classes), inherited)


def class_fonts(page: str) -> Mapping[str, str]:
    """What `font` gives for the classes to which a page's own style sheets give a font."""
    found: dict[str, str] = {}
    for sheet in islice(_STYLE_SHEET.finditer(page), _SHEETS):
        begin, end = sheet.end(), page.find("</", sheet.end(), sheet.end() + _LONGEST_SHEET)
        for rule in page[begin:end].split("}"):
            selector, _, style = rule.rpartition("{")
            if name := _styled_font(style):
                classes = _CLASS_OF_RULE.findall(selector[-_LONGEST:].rstrip())
                found |= dict.fromkeys(classes, _known_font(name))
    return found if any(found.values()) else NO_FONTS


def _styled_font(style: str) -> str | None:
    named = _FONT_STYLE.search(style, 0, _LONGEST)
    if named is None:
        return None
    # In the short form the family comes last, after size and weight.
    return named[2] if named[1] else named[2].rpartition("pt ")[2]


def _known_font(name: str) -> str:
    name = name.partition(",")[0].strip(" \"'\n").lower()
    return name if name in _FONTS else ""


def in_font(text: str, font: str, *, first: bool) -> str:
    """What a reader sees of a text in a font that `font` names; `first`: nothing stands before it."""
    if font == _TYPEWRITER:
        return text.replace("o", "○") if first and text.strip() == "o" else text
    return in_unicode(text, font) if len(text.strip()) <= _SIGNS_AT_ONCE else text


def boldness(attributes: Attributes, inherited: int) -> int:
    """How bold the text of an element is: 0 not, 1 by the name of its class, 2 by its style."""
    style = attributes.get("style")
    if style and (weight := _BOLD_STYLE.search(style, 0, _LONGEST)):
        return 2 if weight.group(1) else 0
    if not inherited and _TITLE_CLASS.search(attributes.get("class") or "", 0, _LONGEST):
        return 1
    return inherited


def keeps_lines(attributes: Attributes, inherited: bool) -> bool:
    """Whether the line feeds of an element's text are shown as such."""
    style = attributes.get("style")
    found = style and _LINES_STYLE.search(style, 0, _LONGEST)
    return bool(found[1]) if found else inherited
