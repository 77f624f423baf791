"""Habits of the programs and sites that leaflets come from: the same findings as from the plain text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import pytest

from tests.docx_files import b, docx, p, r, table
from tests.formats import as_json, as_xml, bundle, chapters, composition, fhir, section, spl
from tests.leaflets import brief, facts, input_of, judged, outline, parsed
from validator.outline.split import leaflets
from validator.readers import read

# With one statement altered and one definition false, so that there is something to find.
TEXT = (
    input_of("eu-tablet")
    .replace("Keep this leaflet.", "Keep that paper.")
    .replace("1 in 100 people", "1 in 1,000 people")
)
Line = tuple[str, str]  # kind and words
_SECTION = re.compile(r"\d\. ")
_SUB = re.compile(r"[^•(\n]{1,89}(?<!\.)\n[^\n]")


def lines() -> Iterator[Line]:
    """The lines of the leaflet with what each is: "title", "entry", "heading", "sub", "item" or "text"."""
    seen: set[str] = set()
    for number, group in enumerate(re.split(r"\n\n+", TEXT.strip())):
        first = True
        for line in group.split("\n"):
            if _SECTION.match(line):
                yield ("heading" if line in seen else "entry"), line
                seen.add(line)
            elif line.startswith("• "):
                yield "item", line[2:]
            else:
                heads = first and number > 1 and _SUB.match(group)
                yield ("title" if not number else "sub" if heads else "text"), line
            first = False


def written(**ways: Callable[[str], str]) -> str:
    """The leaflet with each kind of line written in its way; "other" for those that have none."""
    return "".join(ways.get(kind, ways["other"])(words) for kind, words in lines())


# Word files


def _break_lines() -> str:
    """Each group of lines is one paragraph, broken by Shift+Enter; headings in bold."""
    made = []
    for group in re.split(r"\n\n+", TEXT.strip()):
        first, *rest = group.split("\n")
        runs = [b(first) if _SUB.match(group) else r(first), *map(r, rest)]
        made.append(p("<w:r><w:br/></w:r>".join(runs)))
    return "".join(made)


def _entry(words: str) -> str:
    """An entry of an automatic contents list, with its page number."""
    field = "".join(
        f"<w:r>{each}</w:r>"
        for each in (
            '<w:fldChar w:fldCharType="begin"/>',
            "<w:instrText> PAGEREF _Toc1 \\h </w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>3</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return p(f'<w:hyperlink w:anchor="_Toc1">{r(words)}<w:r><w:tab/></w:r>{field}</w:hyperlink>')


def _grid(cell: Callable[[str], str], row: Callable[[str, str], str]) -> str:
    """A table in which the heading of each section stands left of its text; the front before it."""
    front, *rest = chapters(TEXT)
    return "".join(map(cell, front.lines)) + "".join(
        row(chapter.title, "".join(map(cell, chapter.lines))) for chapter in rest
    )


WORD = {
    "headings in a column of their own": _grid(p, lambda head, text: table([p(b(head)), text])),
    "the number of a heading in a cell of its own": written(
        heading=lambda words: table([p(b(words[:2])), p(b(words[3:]))]), item=lambda w: p(f"• {w}"), other=p
    ),
    "list signs in cells": written(item=lambda words: table([p("–"), p(words)]), other=p),
    "the round list sign typed by hand": written(item=lambda w: p("o", "<w:r><w:tab/></w:r>", w), other=p),
    "lines broken within paragraphs": _break_lines(),
    "page numbers in the contents list": written(entry=_entry, item=lambda words: p(f"• {words}"), other=p),
}


@pytest.mark.parametrize("body", WORD.values(), ids=WORD)
def test_word(body: str) -> None:
    _same(docx(body), "leaflet.docx")


# Pages


def _tag(name: str, attributes: str = "") -> Callable[[str], str]:
    return lambda words: f"<{name} {attributes}>{escape(words, quote=False)}</{name}>\n"


def _page(**ways: Callable[[str], str]) -> str:
    return f"<!DOCTYPE html><html><body>{written(**{'item': _tag('li'), 'other': _tag('p')} | ways)}</body></html>"


def _apart(form: str) -> Callable[[str], str]:
    return lambda words: form.format(words[:2], words[3:])


def _positioned() -> str:
    """Each line placed by itself, as converters from PDF do."""
    made = []
    for kind, words in lines():
        for line in textwrap.wrap(f"• {words}" if kind == "item" else words, 90):
            inner = f"<b>{escape(line)}</b>" if kind in ("heading", "sub") else escape(line)
            made.append(
                f'<p style="position:absolute;top:{len(made)}px" class="ft0">{inner.replace(" ", "&#160;")}</p>\n'
            )
    return f"<html><body><div>{''.join(made)}</div></body></html>"


def _signed(font: str, sign: str) -> Callable[[str], str]:
    span = f"<span style='font-family:{font}'>{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span>"
    return lambda words: f"<p class=MsoListParagraph>{span}{escape(words, quote=False)}</p>\n"


def _halved(words: str) -> str:
    """The words with a line break before the middle one that begins in a small letter."""
    found = words.split(" ")
    small = [at for at, word in enumerate(found) if at and word[:1].islower()]
    at = small[len(small) // 2] if len(words) > 80 else len(found)
    return f"{escape(' '.join(found[:at]), quote=False)}<br/>{escape(' '.join(found[at:]), quote=False)}"


def _halves(form: str) -> Callable[[str], str]:
    return lambda words: form.format(_halved(words))


def _lined(words: str) -> str:
    return f"<p>{'<br>'.join(escape(line, quote=False) for line in textwrap.wrap(words, 70))}</p>\n"


_SHEET = (
    "<style>p.list span.sign, .b { margin:0; font-family: 'Symbol' } .t{font-family:\"Wingdings 3\"}</style>"
)
_LINKS = "".join(
    f"<li><a href='#{n}'>{words}</a></li>" for n, (kind, words) in enumerate(lines()) if kind == "entry"
)
PAGES = {
    "headings in a column of their own": "<html><body>"
    + _grid(
        lambda line: f"<p>{escape(line, quote=False)}</p>",
        lambda head, text: f"<table><tr><td><b>{head}</b></td><td>{text}</td></tr></table>",
    ),
    "lines kept by a style": f"<html><body><div style='white-space: pre-line'>{escape(TEXT, quote=False)}</div>",
    "plain text by the name of a page": f"<html><body>{escape(TEXT, quote=False)}</body></html>",
    "the number of a heading in a cell of its own": _page(
        heading=_apart("<table><tr><td><b>{}</b></td><td><b>{}</b></td></tr></table>")
    ),
    "the number of a heading in a box of its own": _page(heading=_apart("<h2><div>{}</div><div>{}</div></h2>")),
    "headings that are buttons which unfold": _page(heading=_tag("button", "class=accordion")),
    "a heading over two lines": _page(
        heading=lambda words: f"<p><b>{words.replace(' and ', ' and<br>')}</b></p>", sub=_tag("h3")
    ),
    "a line a paragraph": _positioned(),
    "bullets in Symbol": _page(item=_signed("Symbol", "·")),
    "bullets in Wingdings": _page(item=_signed('"Wingdings"', "§")),
    "line breaks in the middle of sentences": _page(text=_halves("<p>{}</p>"), item=_halves("<li>{}</li>")),
    "a line break within brackets": _page(other=lambda words: f"<p>{words.replace('1 in', '1<br>in')}</p>"),
    "a line break in a dose": _page(text=lambda words: f"<p>{words.replace('mg per', 'mg<br>per')}</p>"),
    "lines ended by breaks": _page(other=_lined, sub=_tag("h3"), heading=_tag("h2"), entry=_tag("p")),
    "bullets whose class is set in Symbol": _page(
        item=lambda words: f"<p class=list><span class='sign'>·</span>&nbsp; {escape(words, quote=False)}</p>"
    ).replace("<body>", f"{_SHEET}<body>"),
    "the triangle in a class of its own": _page().replace("▼", "<span class='t'>q</span>").replace("<body>", f"{_SHEET}<body>"),
    "bullets in Courier New": _page(item=_signed('"Courier New"', "o")),
    "bullets twice": _page(item=lambda words: f"<li>\uf0b7\uf0b7{escape(words)}</li>"),
    "the triangle in Wingdings 3": _page().replace("▼", "<span style='font-family:\"Wingdings 3\"'>q</span>"),
    "the triangle in a font element": _page().replace("▼", "<font face='Wingdings 3'>q</font>"),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_pages(page: str) -> None:
    _same(page.encode(), "leaflet.html")


def test_links_to_the_sections_before_the_contents_list_are_no_headings() -> None:
    page = _page(title=lambda words: f"<h1>{words}</h1><ul>{_LINKS}</ul>").encode()
    assert outline(parsed(page)) == outline(parsed(TEXT))
    assert brief(judged(page)) == brief(judged(TEXT))


def test_a_font_given_to_words_by_mistake_changes_nothing() -> None:
    page = _page().replace("dry mouth", "<span style='font-family:Symbol'>dry mouth</span>")
    _same(page.encode(), "leaflet.html")


@pytest.mark.parametrize("alt", ["Black triangle", "Schwarzes Dreieck", "triángulo negro", "μαύρο τρίγωνο"])
def test_a_picture_that_names_the_triangle_is_the_symbol(alt: str) -> None:
    page = _page().replace("▼", f'<img src="x.gif" alt="{alt}">').encode()
    assert parsed(page).facts.black_triangle.symbol_text == "▼"
    assert brief(judged(page)) == brief(judged(TEXT))


# Plain text and Markdown


def _pages(foot: str) -> str:
    """The text wrapped to lines and cut into pages, each with a foot."""
    wrapped = [piece for line in TEXT.split("\n") for piece in (textwrap.wrap(line, 80) or [""])]
    return "\n".join(
        f"{line}\n\nVelorin, leaflet of June 2026\n{foot.format(number // 45)}\n"
        if number % 45 == 0
        else line
        for number, line in enumerate(wrapped, 1)
    )


_CONTENTS = re.compile(r"(?m)^(\d\.) (.*)$")
PLAIN = {
    "tabs and page numbers in the contents list": _CONTENTS.sub(r"\1\t\2\t3", TEXT, count=6),
    "leaders and page numbers in the contents list": _CONTENTS.sub(r"\1 \2 ........ 12", TEXT, count=6),
    "a section's number at the start of a line": "\n".join(
        line for text in TEXT.split("\n") for line in (textwrap.wrap(text, 76) or [""])
    ),
    "Markdown by another name": re.sub(r"(?m)^(?=[^•\n]{5,50}\n[^•\n]{20})", "## ", TEXT),
    "running heads with page numbers": _pages("{}"),
    "running heads with pages of pages": _pages("Page {} of 4"),
    "running heads before a form feed": _pages("- {} -\f"),
    "ligatures": TEXT.replace("ff", "ﬀ").replace("fi", "ﬁ").replace("fl", "ﬂ"),
    "signs of direction": TEXT.replace(" ", "\u200e "),
    "lines ended by vertical tabs": TEXT.replace("\n", "\v"),
    "lines ended by line separators": TEXT.replace("\n", "\u2028"),
    "lines ended as on mainframes": TEXT.replace("\n", "\x85"),
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_plain_text(text: str) -> None:
    _same(text.encode(), "leaflet.txt")


def test_a_title_that_begins_every_leaflet_is_no_running_head() -> None:
    several = "".join(f"{TEXT}\n\n{number}\n\n" for number in range(1, 5))
    assert len(leaflets(read(several.encode()))) == 4


def _markdown(**ways: Callable[[str], str]) -> str:
    own = {
        "title": lambda words: f"# {words}\n\n",
        "entry": lambda words: f"{words[:2]} {words[3:]}  \n",
        "heading": lambda words: f"\n## {words}\n\n",
        "sub": lambda words: f"\n### {words}\n\n",
        "item": lambda words: f"- {words}\n",
        "other": lambda words: f"\n{words}\n\n",
    }
    return written(**own | ways)


MARKDOWN = {
    "headings in tables": _markdown(heading=lambda words: f"\n| {words} |\n|---|\n\n"),
    "attributes of Pandoc": _markdown(
        heading=lambda words: f"\n## {words} {{#sec-{words[0]} .unnumbered key=value}}\n\n",
        sub=lambda words: f"\n**[{words}]{{.underline}}**\n\n",
    ),
    "broken headings": _markdown(heading=lambda words: f"\n## {words.replace(' and ', '<br>and ')}\n\n"),
    "bullets that Markdown does not know": _markdown(item=lambda words: f"• {words}\n"),
    "plain text by that name": TEXT,
}


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown(text: str) -> None:
    _same(text.encode(), "leaflet.md")


def test_a_slot_of_the_template_is_no_attribute() -> None:
    text = _markdown() + "\n{MM/YYYY} {Name} {-} {.}\n"
    found = [f.evidence for f in judged(text, name="leaflet.md").findings if f.rule == "residue/placeholder"]
    assert found == ["{MM/YYYY}", "{Name}", "{.}"]


# FHIR


def _titled(form: str, strip: bool = False) -> dict[str, Any]:
    made = fhir(TEXT, nested=True, language="en")
    for each in made["entry"][0]["resource"]["section"][0]["section"]:
        each["title"] = form.format(each["title"]).replace(" ", "&nbsp;" if strip else " ")
    return made


def _broken_lines() -> dict[str, Any]:
    """Narratives with a line break in every long paragraph and item."""
    made = fhir(TEXT, nested=True, language="en")
    for each in made["entry"][0]["resource"]["section"][0]["section"]:
        div = each["text"]["div"]
        each["text"]["div"] = re.sub(r"(?<=[pi]>)[^<&]+", lambda words: _halved(words[0]), div)
    return made


_BUNDLE = fhir(TEXT, nested=True, language="en")
FHIR = {
    "line breaks in the middle of sentences": _broken_lines(),
    "markup in titles": _titled("<p><b>{}</b><br/></p>"),
    "references in titles": _titled("{}", strip=True),
    "a contained Composition": {
        "resourceType": "DocumentReference",
        "contained": [_BUNDLE["entry"][0]["resource"]],
    },
    "what an operation hands out": {
        "resourceType": "Parameters",
        "parameter": [{"name": "return", "resource": _BUNDLE}],
    },
}


def test_fhir_as_lines_of_json() -> None:
    lines = [{"resourceType": "Patient"}, _BUNDLE, {"resourceType": "Organization", "name": "Exempla"}]
    _same(b"\n".join(as_json(each, indent=None) for each in lines), "leaflets.ndjson")


def test_a_leaflet_of_nothing_but_headings_has_empty_sections() -> None:
    front, *rest = (chapter.title for chapter in chapters(TEXT))
    titles = ["Package leaflet: Information for the patient", "What is in this leaflet", *rest]
    shell = bundle(composition(*map(section, titles)), language="en")
    found = {f.rule for f in judged(as_json(shell), name="leaflet.json").findings if f.problem == "empty"}
    assert (front, len([rule for rule in found if rule.startswith("section/")])) == ("", 6)


def test_the_text_of_a_section_in_another_resource_is_missed() -> None:
    made = fhir(TEXT, nested=False, language="en")
    storage = made["entry"][0]["resource"]["section"][5]
    del storage["text"]
    storage["entry"] = [{"reference": "Binary/storage"}]
    found = {(f.rule, f.problem) for f in judged(as_json(made), name="leaflet.json").findings}
    assert {("document/unreadable", "unreadable"), ("section/storage", "empty")} <= found


@pytest.mark.parametrize("resource", FHIR.values(), ids=FHIR)
@pytest.mark.parametrize("write", [as_json, as_xml])
def test_fhir(resource: dict[str, Any], write: Callable[[dict[str, Any]], bytes]) -> None:
    _same(write(resource), "leaflet")


def test_a_narrative_escaped_by_cdata() -> None:
    data = re.sub(rb"(<div[^>]*>)(.*?)(</div>)", rb"\1<![CDATA[\2]]>\3", as_xml(_BUNDLE), flags=re.S)
    assert data.count(b"CDATA") == 7
    _same(data, "leaflet.xml")


def test_a_slot_in_a_title_stays() -> None:
    (leaflet,) = leaflets(read(as_json(_titled("{} <route>"))))
    assert next(section.heading.text for section in leaflet.sections if section.heading).endswith("<route>")


def _same(data: bytes, name: str) -> None:
    plain, dressed = parsed(TEXT), parsed(data, name=name)
    assert outline(dressed) == outline(plain)
    assert facts(dressed) == facts(plain)
    assert brief(judged(data, name=name)) == brief(judged(TEXT))
    assert brief(judged(TEXT))


# SPL


def test_spl_whose_sections_all_carry_the_code_of_texts_for_patients() -> None:
    _same(spl(TEXT, apart=True), "label.xml")
