"""HTML: blocks by tag, emphasis, site chrome, hostile input."""

from __future__ import annotations

import time

import pytest

from validator.document.blocks import Block
from validator.errors import UnreadableError
from validator.readers import read


def _blocks(source: str) -> tuple[Block, ...]:
    return read(source.encode(), input_format="html").blocks


def _show(block: Block) -> str:
    strong = "!" if block.strong else ""
    lead = f"({block.lead})" if block.lead else ""
    return f"{block.kind}{block.level or ''}{strong}{lead} {block.marker and block.marker + ' '}{block.text}"


_CASES = {
    "headings and paragraphs": ("<h1>A</h1><p>B</p>C", ["heading1 A", "paragraph B", "paragraph C"]),
    "a break in a heading is a blank": ("<h2>Name<br>substance</h2>", ["heading2 Name substance"]),
    "a break in a paragraph begins a block": (
        "<p>1. A<br>2. B<br/><br/>C</p>",
        ["paragraph 1. A", "paragraph 2. B", "paragraph C"],
    ),
    "inline tags neither join nor split": (
        "<p><b>No tome</b><b>Odefsey</b> <i>x</i>y</p>",
        ["paragraph(14) No tomeOdefsey xy"],
    ),
    "bold paragraph and run-in heading": (
        "<p><strong>All</strong></p><p><b>Lead:</b> rest</p>",
        ["paragraph! All", "paragraph(5) Lead: rest"],
    ),
    "bold by style and class": (
        '<p style="font-weight:bold">A</p><p class="NoticeTitre1">B</p><div class="title"><p>C</p></div>',
        ["paragraph! A", "paragraph! B", "paragraph C"],
    ),
    "lists": (
        '<ul><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ul><ol start="3"><li>e<li value=7>f</ol>',
        ["item1 • a", "item2 • b", "item1 • c", "paragraph d", "item1 3. e", "item1 7. f"],
    ),
    "a list sign in the text becomes the marker": (
        "<p>·&nbsp;&nbsp; one</p><ul><li>– two</ul><p>- three</p>",
        ["item1 · one", "item1 – two", "item1 - three"],
    ),
    "table rows": (
        "<table><tr><th>Often</th><th>Rarely</th></tr><tr><td>a<br>b<td>c</table>",
        ["row! Often Rarely", "row a b c"],
    ),
    "a table for layout is no table": (
        "<table><tr><td><h2>A</h2><p>B</p></td><td>C</td></tr></table>",
        ["heading2 A", "paragraph B", "paragraph C"],
    ),
    "a bullet in a cell of its own": ("<table><tr><td>•<td>Keep it</table>", ["item1 • Keep it"]),
    "images": (
        '<p><img alt="▼" src="data:image/png;base64,AAAA"> This <img alt="icon"> medicine</p>',
        ["image ▼", "paragraph This medicine", "image icon"],
    ),
    "entities": (
        "<p>caf&eacute; &lt; &#9660; R&D &bogus; a&#b &amp",
        ["paragraph café < ▼ R&D &bogus; a&#b &"],
    ),
    "stray signs": ("<p>less than <5 mg and > 3", ["paragraph less than <5 mg and > 3"]),
    "not the leaflet": (
        "<head><title>t</title><style>s</style></head><body><nav><a href=/x>Home</a></nav>"
        "<div class='cookie-banner'>c</div><p hidden>h</p><p style='display: none'>n</p><div role=search>q</div>"
        "<p>This is the text of the leaflet, long enough to be it.</p>"
        "<form>f<button>b</button></form><footer><a href=/t>Terms</a></footer><script>if (a<b) x()</script>",
        ["paragraph This is the text of the leaflet, long enough to be it."],
    ),
    "header, footer and contents of the leaflet itself": (
        "<header><h1>A leaflet</h1></header><nav><a href=#1>1</a><a href=#2>2</a><a href=#3>3</a></nav>"
        "<p>x</p><footer>Last revised in 2024</footer>",
        ["heading1 A leaflet", "paragraph 123", "paragraph x", "paragraph Last revised in 2024"],
    ),
    "never the leaflet itself": (
        "<form><p>The whole page is a form.</p></form>",
        ["paragraph The whole page is a form."],
    ),
    "conditional comments and CDATA": (
        "<p><!--[if x]>no<![endif]--><![if !x]>yes<![endif]> <![CDATA[<raw>]]></p>",
        ["paragraph yes <raw>"],
    ),
    "preformatted lines": ("<pre>one\ntwo</pre>", ["paragraph one", "paragraph two"]),
}


@pytest.mark.parametrize(("source", "expected"), _CASES.values(), ids=_CASES)
def test_blocks(source: str, expected: list[str]) -> None:
    assert [_show(block) for block in _blocks(source)] == expected


def test_declared_language() -> None:
    assert read(b"<html lang='pt'><p>a<p>b<p>c").language == "pt"


def test_cells() -> None:
    (row,) = _blocks("<table><tr><td>Common</td><td></td><td>dry cough</td></tr></table>")
    assert (row.text, row.cells) == ("Common dry cough", (0, 7, 7))


def test_unfinished_end_is_noted() -> None:
    reading = read(b"<p>a<p>b<p>c\n<!-- and so on <p>d")
    assert [block.text for block in reading.blocks] == ["a", "b", "c"]
    assert reading.notes == ("an unfinished tag or comment on line 2 hides the rest of the file",)


_HOSTILE = {
    "deep": "<div>" * 100_000,
    "empty elements": "<b></b>" * 50_000,
    "comments": "<!--" * 100_000,
    "references": "&#" * 100_000,
    "quotes": '<a b="' * 50_001,
    "brackets": "<![foo[" * 50_000,
    "end tags": "<div>" * 20_000 + "</p>" * 50_000,
    "tables": "<table><tr><td>" * 20_000,
    "footers": "<footer>x" * 20_000,
    "hidden": "<div hidden>" + "<span>x" * 50_000,
    "long class": f'<p class="{"a " * 5_000_000}">x</p>',
    "a quoted end and attributes": f'<a b=">" {"a " * 900}>' * 300,
}


@pytest.mark.parametrize("source", _HOSTILE.values(), ids=_HOSTILE)
def test_hostile_input_takes_little_time(source: str) -> None:
    begin = time.process_time()
    assert _blocks("<p>The leaflet</p>" + source)[0].text == "The leaflet"
    assert time.process_time() - begin < 10


_REFUSED = {
    "elements": ("<b></b>" * 6_000_000, "the file has more than 500000 tags and character references"),
    "references": ("&lt;" * 6_000_000, "the file has more than 500000 tags and character references"),
    "attributes": ("<a " + "a " * 10_000_000 + ">", "a tag has more than 1000 attributes"),
    "attributes after a quoted end": (
        "<a b='>' " + "a='1'" * 3_000_000 + ">",
        "a tag has more than 1000 attributes",
    ),
    "an attribute in quotes each": (
        "<a " + 'a="1" ' * 3_000_000 + ">",
        "a tag has more than 1000 attributes",
    ),
}


@pytest.mark.parametrize(("source", "message"), _REFUSED.values(), ids=_REFUSED)
def test_what_would_take_minutes_is_refused_at_once(source: str, message: str) -> None:
    begin = time.process_time()
    with pytest.raises(UnreadableError) as caught:
        _blocks(f"<p>The leaflet</p>{source}")
    assert str(caught.value) == message
    assert time.process_time() - begin < 5


def test_a_picture_in_an_attribute_is_no_matter() -> None:
    picture = "iVBORw0KGgo/+ /=" * 200_000
    assert [b.kind for b in _blocks(f'<p>a<p><img src="{picture}" alt="b">c')] == [
        "paragraph",
        "image",
        "paragraph",
    ]
