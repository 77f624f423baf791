"""What a reader sees in Word is what the blocks say."""

from __future__ import annotations

import pytest

from tests.docx_files import b, docx, numbered, p, r, table
from validator.document.blocks import Block
from validator.readers import read


def blocks(body: str, revisions: str = "accepted", **parts: str) -> tuple[Block, ...]:
    return read(docx(body, **parts), revisions=revisions).blocks


def texts(body: str, revisions: str = "accepted", **parts: str) -> list[str]:
    """The blocks as one reads them: marker and words, rows as "a | b"."""
    return [shown(block) for block in blocks(body, revisions, **parts)]


def shown(block: Block) -> str:
    ends = [*block.cells[1:], len(block.text)]
    cells = [block.text[start:end].strip() for start, end in zip(block.cells, ends, strict=False)]
    text = " | ".join(cells) if block.kind == "row" else block.text
    mark = {"image": "[image] ", "furniture": "[furniture] "}.get(block.kind, "")
    return f"{mark}{block.marker} {text}".strip() if block.marker else f"{mark}{text}"


# Words

TAB, BREAK = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"
_FIELD = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>".format
BEGIN, SEPARATE, END = _FIELD("begin"), _FIELD("separate"), _FIELD("end")
_LINE = '<w:u w:val="single"/>'
_WORDS = {
    "runs join without a blank": (p("Vel", b("or"), "in"), ["Velorin"]),
    "an empty paragraph is none": (p() + p("a") + p(" "), ["a"]),
    "a tab is a blank": (p("1.", TAB, "What"), ["1. What"]),
    "a line break is a blank": (p("used", BREAK, "for"), ["used for"]),
    "a page break keeps words apart": (p("used", '<w:r><w:br w:type="page"/></w:r>', "for"), ["used for"]),
    "a hyphen that never breaks": (p("film", "<w:r><w:noBreakHyphen/></w:r>", "coated"), ["film\u2011coated"]),
    "a soft hyphen is nothing": (p("chil", "<w:r><w:softHyphen/></w:r>", "dren"), ["children"]),
    "a line feed in the XML is a blank": (p(r("a\nb")), ["a b"]),
    "a link": (p("see ", f'<w:hyperlink w:anchor="x">{r("section 4")}</w:hyperlink>'), ["see section 4"]),
    "a smart tag": (p(f"<w:smartTag>{r('Berlin')}</w:smartTag>"), ["Berlin"]),
    "a content control in a line": (p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('10')}</w:sdtContent></w:sdt>", " mg"), ["10 mg"]),
    "a content control of paragraphs": (f"<w:sdt><w:sdtContent>{p('a')}{p('c')}</w:sdtContent></w:sdt>", ["a", "c"]),
    "a simple field": (p(f'<w:fldSimple w:instr="DATE">{r("May 2026")}</w:fldSimple>'), ["May 2026"]),
    "a field shows its result": (
        p("see ", BEGIN, r(" REF x ", tag="instrText"), SEPARATE, "section 4", END, "."),
        ["see section 4."],
    ),
    "a field in the instruction of a field": (
        p(BEGIN, r(" IF ", tag="instrText"), BEGIN, SEPARATE, "1", END, SEPARATE, "shown", END),
        ["shown"],
    ),
    "a field over several paragraphs": (p(BEGIN, SEPARATE, "a") + p("c", END), ["a", "c"]),
    "a field that never ends hides nothing": (p("a", BEGIN, "x") + p("c"), ["a", "c"]),
    "hidden text": (p("a", r("hidden", "<w:vanish/>"), r("c", '<w:vanish w:val="0"/>')), ["ac"]),
    "capitals stay as they are written": (p(r("Warning", "<w:caps/>")), ["Warning"]),
    "shading and highlight are text": (p(r("a", '<w:shd w:fill="D9D9D9"/><w:highlight w:val="yellow"/>')), ["a"]),
    "a formula": (p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), ["x=1"]),
    "a drop cap belongs to its word": (p("V", properties='<w:framePr w:dropCap="drop"/>') + p("elorin"), ["Velorin"]),
    "a hidden paragraph mark runs on": (p("Driving.", mark="<w:vanish/><w:specVanish/>") + p(" Do not"), ["Driving. Do not"]),
    "an unknown wrapper is looked into": (p(f"<w:newThing>{r('a')}</w:newThing>"), ["a"]),
    "a sign that is underlined": (p("Age ", r(">", _LINE), " 12 years, ", r("<", _LINE), " 40 kg"), ["Age ≥ 12 years, ≤ 40 kg"]),
    "a sign in underlined words": (p(r("Age ", _LINE), r(">", _LINE), r(" 12 years", _LINE)), ["Age > 12 years"]),
    "a sign whose line is off": (p("Age ", r(">", '<w:u w:val="none"/>'), " 12 years"), ["Age > 12 years"]),
    "a bullet typed by hand": (p("•", TAB, "Keep this leaflet."), ["• Keep this leaflet."]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), _WORDS.values(), ids=_WORDS)
def test_words(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


_SYMBOLS = [
    ("Wingdings 3", "F071", "▼"),
    ("Wingdings 3", "71", "▼"),
    ("Symbol", "F0B3", "≥"),
    ("Symbol", "F0A3", "≤"),
    ("Symbol", "F0B1", "±"),
    ("Symbol", "F06D", "μ"),
    ("Symbol", "F0B0", "°"),
    ("Wingdings", "F0E0", "→"),
    ("Wingdings", "F04E", "□"),
    ("Calibri", "25BC", "▼"),
    ("Calibri", "D800", ""),
    ("Calibri", "0000", ""),
    ("Calibri", "no number", ""),
]


@pytest.mark.parametrize(("font", "code", "sign"), _SYMBOLS)
def test_symbols(font: str, code: str, sign: str) -> None:
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    assert texts(p("x", symbol, "y")) == [f"x{sign}y"]


@pytest.mark.parametrize("char", ["\uf071", "q"])
def test_text_in_a_symbol_font(char: str) -> None:
    font = '<w:rFonts w:ascii="Wingdings 3" w:hAnsi="Wingdings 3"/>'
    styles = f'<w:style w:type="character" w:styleId="S"><w:rPr>{font}</w:rPr></w:style>'
    assert texts(p(r(char, font), "This")) == ["▼This"]
    assert texts(p(r(char, '<w:rStyle w:val="S"/>'), "This"), styles=styles) == ["▼This"]


# Emphasis and headings

_STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Bold"><w:basedOn w:val="N"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Derived"><w:basedOn w:val="Bold"/></w:style>
<w:style w:type="paragraph" w:styleId="Plain"><w:basedOn w:val="Bold"/><w:rPr><w:b w:val="false"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop2"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop2"><w:basedOn w:val="Loop"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="TitleB"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Body"><w:basedOn w:val="Own"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>
"""
_STRONG = '<w:rStyle w:val="Strong"/>'
_EMPHASIS = {
    "direct": (p(b("Heading")), (True, 0)),
    "off": (p(r("Heading", '<w:b w:val="0"/>')), (False, 0)),
    "by paragraph style": (p("Heading", style="Bold"), (True, 0)),
    "by inherited style": (p("Heading", style="Derived"), (True, 0)),
    "taken back by the derived style": (p("Heading", style="Plain"), (False, 0)),
    "taken back directly": (p(r("Heading", '<w:b w:val="off"/>'), style="Bold"), (False, 0)),
    "by character style": (p(r("Heading", _STRONG)), (True, 0)),
    "toggled twice": (p(r("Heading", _STRONG), style="Bold"), (False, 0)),
    "styles in a circle": (p("Heading", style="Loop"), (True, 0)),
    "a style that is not there": (p("Heading", style="None"), (False, 0)),
    "at the start": (p(b("Driving:"), " do not"), (False, 8)),
}


@pytest.mark.parametrize(("body", "expected"), _EMPHASIS.values(), ids=_EMPHASIS)
def test_emphasis(body: str, expected: tuple[bool, int]) -> None:
    (block,) = blocks(body, styles=_STYLES)
    assert (block.strong, block.lead) == expected


def test_bold_by_the_defaults_of_the_document() -> None:
    styles = _STYLES.replace("<w:rPr/>", "<w:rPr><w:b/></w:rPr>", 1)
    assert [block.strong for block in blocks(p("a") + p(r("c", _STRONG)), styles=styles)] == [True, True]


@pytest.mark.parametrize(
    ("style", "properties", "level"),
    [
        ("berschrift1", "", 1),
        ("Own", "", 1),
        ("TitleB", "", 2),
        ("Body", "", 0),
        ("N", '<w:outlineLvl w:val="2"/>', 3),
        ("Own", '<w:outlineLvl w:val="9"/>', 0),
        ("Bold", "", 0),
    ],
)
def test_headings(style: str, properties: str, level: int) -> None:
    (block,) = blocks(p("What it is", style=style, properties=properties), styles=_STYLES)
    assert (block.kind, block.level) == ("heading" if level else "paragraph", level)


def test_a_style_can_hide_text() -> None:
    assert texts(p("a", style="Hidden") + p("c"), styles=_STYLES) == ["c"]


# Lists


def level(at: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def num(num_id: int, abstract: int, more: str = "") -> str:
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def abstract(abstract_id: int, *inner: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{abstract_id}">{"".join(inner)}</w:abstractNum>'


_ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'.format
_FONT = '<w:rPr><w:rFonts w:ascii="{}"/></w:rPr>'.format
_OUTLINE = abstract(
    0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%3)")
)
_LISTS = {
    "numbers, and again from 1 below the next one": (
        _OUTLINE + num(1, 0), [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)],
        ["1.", "1.1", "1.2", "a)", "2.", "2.1", "a)"],
    ),
    "lists of one definition go on counting": (_OUTLINE + num(1, 0) + num(2, 0), [(1, 0), (2, 0)], ["1.", "2."]),
    "unless one starts anew": (
        _OUTLINE + num(1, 0) + num(2, 0, _ANEW(1)), [(1, 0), (1, 0), (2, 0), (2, 0)], ["1.", "2.", "1.", "2."],
    ),
    "with another number": (_OUTLINE + num(1, 0, _ANEW(4)), [(1, 0), (1, 0)], ["4.", "5."]),
    "a level of its own": (
        _OUTLINE + num(1, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1")}</w:lvlOverride>'),
        [(1, 0)] * 4, ["I", "II", "III", "IV"],
    ),
    "a level that goes on counting": (
        abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>')) + num(1, 0),
        [(1, 0), (1, 1), (1, 0), (1, 1)], ["1.", "1", "2.", "2"],
    ),
    "figures alone in a legal list": (
        abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + num(1, 0),
        [(1, 0), (1, 1)], ["I.", "1.1"],
    ),
    "a sub-level before its level": (_OUTLINE + num(1, 0), [(1, 1)], ["1.1"]),
    "letters beyond z": (
        abstract(0, level(0, "upperLetter", "%1")) + num(1, 0, _ANEW(26)), [(1, 0)] * 2, ["Z", "AA"],
    ),
    "a hostile start": (abstract(0, level(0, "lowerRoman", "%1")) + num(1, 0, _ANEW(999_999)), [(1, 0)], ["999999"]),
    "bullets by level": (
        abstract(
            0, level(0, "bullet", "\uf0b7", _FONT("Symbol")), level(1, "bullet", "o", _FONT("Courier New")),
            level(2, "bullet", "\uf0d8", _FONT("Wingdings")), level(3, "bullet", "\uf123"), level(4, "bullet", ""),
            level(5, "bullet", "–"),
        ) + num(1, 0),
        [(1, n) for n in range(6)], ["•", "o", "➢", "•", "•", "–"],
    ),
    "no number shown": (abstract(0, level(0, "none", "")) + num(1, 0), [(1, 0)], [""]),
    "a list that is not there": ("", [(7, 0)], [""]),
    "taken out of the list": (_OUTLINE + num(1, 0), [(0, 0)], [""]),
}  # fmt: skip


@pytest.mark.parametrize(("lists", "paragraphs", "markers"), _LISTS.values(), ids=_LISTS)
def test_lists(lists: str, paragraphs: list[tuple[int, int]], markers: list[str]) -> None:
    body = "".join(p("x", properties=numbered(*each)) for each in paragraphs)
    found = blocks(body, numbering=lists)
    assert [block.marker for block in found] == markers
    assert [(block.kind, block.level) for block in found] == [
        ("item", at + 1) if marker else ("paragraph", 0)
        for (_, at), marker in zip(paragraphs, markers, strict=True)
    ]


def test_lists_by_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H3"><w:name w:val="heading 3"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    lists = abstract(
        0,
        level(0, "decimal", "%1."),
        level(1, "decimal", "%1.%2"),
        level(2, "lowerLetter", "%3)", '<w:pStyle w:val="H3"/>'),
    )
    lists += abstract(1, '<w:numStyleLink w:val="L"/>') + num(1, 0) + num(2, 1)
    body = "".join(p("x", style=style) for style in ("H1", "H2", "H3", "H1"))
    body += p("x", properties=numbered(2)) + p("x", style="H1", properties=numbered(0))
    found = [(block.kind, block.marker) for block in blocks(body, styles=styles, numbering=lists)]
    headings = [("heading", marker) for marker in ("1.", "1.1", "a)", "2.")]
    assert found == [*headings, ("item", "3."), ("heading", "")]


def test_an_empty_paragraph_of_a_list_has_a_number_too() -> None:
    body = p(properties=numbered(1)) + p("x", properties=numbered(1))
    assert texts(body, numbering=_OUTLINE + num(1, 0)) == ["2. x"]


# Tables

_TABLES = {
    "rows and cells": (table([p("Dose"), p("Age")], [p("5 mg"), p("adults")]), ["Dose | Age", "5 mg | adults"]),
    "an empty cell counts": (table([p("a"), p(), p("c")]), ["a |  | c"]),
    "a cell over two columns": (
        table([f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("a")}', p("c")]), ["a |  | c"],
    ),
    "a cell over two rows": (
        table(
            [f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("a")}', p("c")],
            [f"<w:tcPr><w:vMerge/></w:tcPr>{p()}", p("d")],
        ),
        ["a | c", "d"],
    ),
    "several paragraphs in a cell": (table([p("a") + p("c"), p("d")]), ["a c | d"]),
    "a box is text": (table([p(b("Pregnancy")) + p("Do not take it.")]), ["Pregnancy", "Do not take it."]),
    "a column of boxes is text": (table([p("a")], [p("c")]), ["a", "c"]),
    "a layout table is text": (table(["".join(p(str(n)) for n in range(9)), p("x")]), [*"012345678", "x"]),
    "a bullet in a cell of its own": (table([p("•"), p("Keep this leaflet.")]), ["• Keep this leaflet."]),
    "a table in a cell": (table([table([p("a"), p("c")]), p("d")]), ["a | c", "d"]),
    "rows in a content control": (
        f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('c')}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
        ["a | c"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), _TABLES.values(), ids=_TABLES)
def test_tables(body: str, expected: list[str]) -> None:
    assert texts(p("before") + body + p("after")) == ["before", *expected, "after"]


# Pictures, text boxes, notes, headers


def picture(about: str = "") -> str:
    return f"<w:r><w:drawing><wp:inline><wp:docPr id='1' name='Picture 1' {about}/><pic:pic/></wp:inline></w:drawing></w:r>"


def text_box(*paragraphs: str) -> str:
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='2' name='x'/>"
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


_VML = "<w:r><w:pict><v:shape alt='black triangle'><v:imagedata o:title='x'/></v:shape></w:pict></w:r>"
_SHAPE = "<w:r><w:drawing><wp:anchor><wp:docPr id='1' {}/><a:prstGeom prst='{}'/></wp:anchor></w:drawing></w:r>".format
_ASIDE = {
    "a picture before its sentence": (p(picture("descr='black triangle'"), "This"), ["[image] black triangle", "This"]),
    "a picture inside a sentence": (p("This ", picture("title='logo'"), "medicine"), ["This medicine", "[image] logo"]),
    "a picture that says nothing": (p(picture()), ["[image] "]),
    "an old picture": (p(_VML, "This"), ["[image] black triangle", "This"]),
    "a drawn triangle": (p(_SHAPE("", "flowChartMerge"), "This"), ["[image] ", "This"]),
    "a drawn line is no picture": (p(_SHAPE("descr='rule'", "line"), "This"), ["This"]),
    "a text box, once": (p(text_box(p("Warning"), p("Do not")), "a"), ["Warning", "Do not", "a"]),
    "a text box in a sentence": (p("a", text_box(p("Warning")), "c"), ["ac", "Warning"]),
    "an old text box": (p(f"<w:r><w:pict><v:textbox><w:txbxContent>{p('x')}</w:txbxContent></v:textbox></w:pict></w:r>"), ["x"]),
    "a text box in a text box": (p(text_box(p(text_box(p("inner")), "outer"))), ["inner", "outer"]),
    "a table in a text box": (p(text_box(table([p("a"), p("c")]))), ["a | c"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), _ASIDE.values(), ids=_ASIDE)
def test_pictures_and_text_boxes(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_text_box_leaves_the_look_of_its_paragraph_alone() -> None:
    (_, block) = blocks(p(text_box(p("x")), "Heading", style="Bold"), styles=_STYLES)
    assert block.strong


def test_notes_follow_the_text_and_headers_are_furniture() -> None:
    def ref(kind: str, n: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{n}"/></w:r>'

    found = blocks(
        p("b", ref("endnote", 1), ref("footnote", 2), ref("footnote", 1)) + p("a"),
        footnotes=f'<w:footnote w:type="separator" w:id="0">{p("-")}</w:footnote>'
        f'<w:footnote w:id="1">{p("one") + p("more")}</w:footnote>'
        f'<w:footnote w:id="2">{p("two")}</w:footnote><w:footnote w:id="3">{p("unused")}</w:footnote>',
        endnotes=f'<w:endnote w:id="1">{p("end")}</w:endnote>',
        header1=p("Velorin, page ", BEGIN, SEPARATE, "3", END),
        footer1=p("May 2026", picture("descr='logo'")),
    )
    notes = "word/footnotes.xml"
    assert [(shown(block), block.xpath, block.paragraph) for block in found] == [
        ("b", None, 1),
        ("a", None, 2),
        ("two", notes, 4),
        ("one", notes, 2),
        ("more", notes, 3),
        ("end", "word/endnotes.xml", 1),
        ("[furniture] Velorin, page 3", "word/header1.xml", 1),
        ("[furniture] May 2026", "word/footer1.xml", 1),
    ]


# Tracked changes and comments


def ins(*runs: str, author: str = "Ann", tag: str = "ins") -> str:
    return f'<w:{tag} w:id="1" w:author="{author}">{"".join(runs)}</w:{tag}>'


def gone(text: str, author: str = "Ann") -> str:
    return ins(r(text, tag="delText"), author=author, tag="del")


_INS, _DEL = '<w:ins w:id="9" w:author="Ann"/>', '<w:del w:id="9" w:author="Ann"/>'
_CHANGES = {
    "an insertion": (p("take ", ins(r("one ")), "tablet"), "take one tablet", "take tablet", ["insertion one"]),
    "a deletion": (p("take ", gone("two "), "tablets"), "take tablets", "take two tablets", ["deletion two"]),
    "an insertion that was deleted": (
        p("a", ins(gone("x", "Bob")), "c"), "ac", "ac", ["deletion x Bob", "insertion x"],
    ),
    "a change cut into runs": (p(ins(r("on")), ins(r("e")), " tablet"), "one tablet", " tablet".strip(), ["insertion one"]),
    "a move": (
        p("a", ins(r("x"), tag="moveFrom")) + p("c", ins(r("x"), tag="moveTo")), "a\ncx", "ax\nc", ["move x", "move x"],
    ),
    "a deleted paragraph mark": (p("a ", mark=_DEL) + p("c"), "a c", "a\nc", ["deletion ¶"]),
    "an inserted paragraph mark": (p("a ", mark=_INS) + p("c"), "a\nc", "a c", ["insertion ¶"]),
    "a deleted paragraph": (p(gone("a"), mark=_DEL) + p("c"), "c", "a\nc", ["deletion a¶"]),
    "a deleted mark before a table": (p("a", mark=_DEL) + table([p("c"), p("d")]), "a\nc | d", "a\nc | d", ["deletion ¶"]),
    "a deleted row": (
        table([p("a"), p("c")]).replace("<w:tr>", f"<w:tr><w:trPr>{_DEL}</w:trPr>") + p("d"), "d", "a | c\nd", ["deletion a c"],
    ),
    "an inserted row": (
        table([p("a"), p("c")]).replace("<w:tr>", f"<w:tr><w:trPr>{_INS}</w:trPr>") + p("d"), "a | c\nd", "d", ["insertion a c"],
    ),
    "a deleted cell": (
        table([f'<w:tcPr><w:cellDel w:author="Ann"/></w:tcPr>{p("a")}', p("c"), p("d")]),
        "c | d", "a | c | d", ["deletion a"],
    ),
    "formatting": (
        p(r("a", '<w:vanish/><w:rPrChange w:author="Ann"><w:rPr/></w:rPrChange>'), "c"), "c", "ac", ["formatting a"],
    ),
    "the list of a paragraph": (
        p("a", properties=f'{numbered(1)}<w:pPrChange w:author="Ann"><w:pPr/></w:pPrChange>'),
        "1. a", "a", ["formatting "],
    ),
    "the width of a table": (
        table([p("a"), p("c")]).replace("<w:tbl>", '<w:tbl><w:tblPr><w:tblPrChange w:author="Ann"/></w:tblPr>'),
        "a | c", "a | c", ["formatting "],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "accepted", "original", "changes"), _CHANGES.values(), ids=_CHANGES)
def test_both_views_of_tracked_changes(body: str, accepted: str, original: str, changes: list[str]) -> None:
    data = docx(body, numbering=_OUTLINE + num(1, 0))
    for view, text in (("accepted", accepted), ("original", original)):
        reading = read(data, revisions=view)
        assert "\n".join(map(shown, reading.blocks)) == text
        found = [
            f"{c.kind} {c.text} {'' if c.author == 'Ann' else c.author}".removesuffix(" ")
            for c in reading.changes
        ]
        assert found == changes
        assert reading.notes == (
            {
                "accepted": "the file holds tracked changes: judged as if all of them were accepted",
                "original": "the file holds tracked changes: judged as it was before them",
            }[view],
        )


def test_changes_stand_where_they_were_made() -> None:
    body = p("• Take ", ins(r("one")), " tablet", gone("s"), ".") + p(gone("Stop."), mark=_DEL) + p("End")
    reading = read(docx(body))
    assert [(c.block, reading.blocks[c.block].text[c.start : c.end], c.start) for c in reading.changes] == [
        (0, "one", 5),
        (0, "", 15),
        (0, "", 16),
    ]


def test_comments_are_reported_unless_they_are_done() -> None:
    def comment(n: int, text: str) -> str:
        inner = p(text).replace("<w:p>", f'<w:p w14:paraId="{n}">')
        return f'<w:comment w:id="{n}" w:author="Bob">{inner}</w:comment>'

    mark = '<w:commentRangeStart w:id="{0}"/>{1}<w:commentRangeEnd w:id="{0}"/><w:r><w:commentReference w:id="{0}"/></w:r>'
    body = p("Take ", mark.format(1, r("two")), mark.format(2, r("tablets")), mark.format(3, r(".")))
    reading = read(
        docx(
            body,
            comments=comment(1, "one?") + comment(2, "settled"),
            commentsExtended='<w15:commentEx w15:paraId="2" w15:done="1"/>',
        )
    )
    found = [(c.kind, c.text, c.author, reading.blocks[0].text[c.start : c.end]) for c in reading.changes]
    assert found == [("comment", "one?", "Bob", "two")]
    assert reading.notes == ()


def test_what_is_lost_is_noted() -> None:
    assert read(docx(p("a") + "<w:altChunk/>")).notes == (
        "lost: a document embedded in the file was not read",
    )


def test_a_diagram_is_an_image_whose_text_is_missed() -> None:
    ids = '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="r9"/>'
    data = f"<a:graphic><a:graphicData>{ids}</a:graphicData></a:graphic>"
    reading = read(
        docx(p(f'<w:r><w:drawing><wp:inline><wp:docPr descr="Steps"/>{data}</wp:inline></w:drawing></w:r>'))
    )
    assert [(block.kind, block.text) for block in reading.blocks] == [("image", "Steps")]
    assert reading.notes == ("lost: the text of a diagram (SmartArt) was not read",)


def test_the_strict_variant() -> None:
    data = docx(p("What", style="Bold"), styles=_STYLES, strict=True)
    (block,) = read(data).blocks
    assert block.strong
