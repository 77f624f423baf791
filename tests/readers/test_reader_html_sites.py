"""Whole pages as agencies and companies publish them: the leaflet is read, the site around it is not."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from html.entities import codepoint2name

import pytest

from tests.formats import Chapter, chapters
from tests.leaflets import input_of
from validator.readers import read

LINKS = "".join(f'<li><a href="/{page}">{page}</a></li>' for page in ("Home", "Medicines", "News", "Contact"))


def entities(text: str) -> str:
    """Every sign beyond ASCII as an entity, named where it has a name."""
    return "".join(
        char
        if ord(char) < 128
        else f"&{codepoint2name[ord(char)]};"
        if ord(char) in codepoint2name
        else f"&#{ord(char)};"
        for char in escape(text, quote=False)
    )


def body(
    parts: list[Chapter],
    heading: str = "<h2>{}</h2>",
    bullet: str = "<li>{}</li>",
    line: str = "<p>{}</p>",
    write: Callable[[str], str] = escape,
) -> str:
    """The leaflet's lines, each as a site writes it."""
    made = []
    for part in parts:
        if part.title:
            made.append(heading.format(write(part.title)))
        for text in part.lines:
            made.append(bullet.format(write(text[2:])) if text.startswith("• ") else line.format(write(text)))
    return "\n".join(made)


def agency(parts: list[Chapter]) -> bytes:
    """A page of an agency: landmarks, cookies, a search, related links, feedback."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Velorin - leaflet | Agency</title>
    <style>p {{ color: red }}</style><script>var a = "<p>no</p>";</script></head><body class="page menu-open">
    <a class="skip-link" href="#main">Skip to main content</a>
    <div id="onetrust-consent-sdk" class="cookie-consent"><p>We use cookies to make this site work.</p><button>Accept</button></div>
    <header role="banner"><a href="/"><img alt="Agency" src="l.png"></a><form role="search"><input><button>Search</button></form>
    <nav aria-label="Main"><ul>{LINKS}</ul></nav></header>
    <nav class="breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/m">Medicines</a></li></ol></nav>
    <main id="main"><article>{body(parts)}</article></main>
    <div role="dialog" aria-hidden="true">{"<p>This partner measures which pages you visit.</p>" * 100}</div>
    <dialog><p>Tell us what you think.</p></dialog>
    <aside><h2>Related</h2><ul>{LINKS}</ul></aside>
    <footer><p>© 2025 Agency. All rights reserved.</p><ul>{LINKS}</ul></footer></body></html>""".encode()


def company(parts: list[Chapter]) -> bytes:
    """A page of a company: divs alone, told apart by their names; headings by class; hidden notices."""
    return f"""<html><head><meta charset="utf-8"></head><body><div id="wrapper">
    <div id="header" class="site-header"><a href="/">Company</a> <a href="/careers">Careers</a></div>
    <div class="top-menu"><ul>{LINKS}</ul></div>
    <div class="modal" style="display:none"><p>Are you a healthcare professional?</p></div>
    <div class="row"><div id="sidebar" class="col-3 sidebar"><h3>Our products</h3><ul>{LINKS}</ul></div>
    <div id="content" class="col-9 content">{body(parts, '<div class="section-title">{}</div>', "<ul><li><span>{}</span></li></ul>", "<div class='text'>{}</div>")}
    <div class="share-buttons"><a href="https://x.example/share">Share</a></div></div></div>
    <div id="footer" class="site-footer"><ul>{LINKS}</ul><p>Copyright 2025 Company</p></div></div></body></html>""".encode()


def register(parts: list[Chapter]) -> bytes:
    """A page of a register: Latin-1, entities, a layout table, bullets in the Symbol font, headings by class."""
    inner = body(
        parts,
        '<p class="AmmAnnexeTitre1"><a name="x">{}</a></p>',
        '<p class="AmmListePuces1"><span style="font-family:Symbol">\xb7</span><span>&nbsp;&nbsp;&nbsp; </span>{}</p>',
        '<p class="AmmCorpsTexte">{}</p>',
        lambda text: entities(text).replace("&middot;", "\xb7"),
    )
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"></head><body>
    <table width="100%"><tr><td class="menu"><a href="/a">Accueil</a><br><a href="/b">Glossaire</a></td>
    <td>{inner}</td></tr></table></body></html>""".encode("latin-1")


def office(parts: list[Chapter]) -> bytes:
    """A page saved by a word processor: bold paragraphs, list signs behind conditions, foreign elements."""
    inner = body(
        parts,
        "<p class=MsoNormal><b><span lang=EN-GB>{}<o:p></o:p></span></b></p>",
        "<p class=MsoListParagraph style='text-indent:-18.0pt'><![if !supportLists]><span style='font-family:Symbol'>"
        "<span style='mso-list:Ignore'>&middot;<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span>"
        "</span></span><![endif]><span lang=EN-GB>{}<o:p></o:p></span></p>",
        "<p class=MsoNormal><span lang=EN-GB>{}<o:p></o:p></span></p>\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>",
        entities,
    )
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
    <head><!--[if gte mso 9]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]--></head>
    <body lang=EN-GB><div class=WordSection1>{inner}</div></body></html>""".encode()


def accordion(parts: list[Chapter]) -> bytes:
    """A page that folds its sections away: headings are buttons, what they open is hidden."""
    front, *rest = parts
    folded = "".join(
        f'<div class="accordion-item"><h2><button type="button" aria-expanded="false">{escape(part.title)}</button></h2>'
        f'<div class="panel" aria-hidden="true" hidden>{body([Chapter("", part.lines)])}</div></div>'
        for part in rest
    )
    return f"""<!DOCTYPE html><html><body><nav><ul>{LINKS}</ul></nav><main>{body([front])}{folded}</main>
    <footer><ul>{LINKS}</ul></footer></body></html>""".encode()


def disclosure(parts: list[Chapter]) -> bytes:
    """A page of disclosure elements and definition lists, as XHTML."""
    front, *rest = parts
    folded = "".join(
        f"<details><summary><h3>{escape(part.title)}</h3></summary><dl><dd>{body([Chapter('', part.lines)])}</dd></dl></details>"
        for part in rest
    )
    return f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">
    <html xmlns="http://www.w3.org/1999/xhtml"><body><div role="navigation"><ul>{LINKS}</ul></div>
    {body([front])}{folded}<div role="contentinfo">Imprint</div></body></html>""".encode()


SITES = (agency, company, register, office, accordion, disclosure)


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("name", ["eu-tablet", "tr-tablet"])
def test_only_the_leaflet_is_read(site: Callable[[list[Chapter]], bytes], name: str) -> None:
    text = input_of(name)
    expected = [block.text for block in read(text.encode()).blocks]
    reading = read(site(chapters(text)))
    assert reading.format == "html"
    assert [block.text for block in reading.blocks if block.kind != "image"] == expected


@pytest.mark.parametrize("site", SITES)
def test_main_headings_stand_out(site: Callable[[list[Chapter]], bytes]) -> None:
    parts = chapters(input_of("eu-tablet"))
    firm = [block.text for block in read(site(parts)).blocks if block.kind == "heading" or block.strong]
    assert [text for text in firm if text[:1].isdigit()] == [part.title for part in parts[1:]]


@pytest.mark.parametrize("site", SITES)
def test_bullets_are_items(site: Callable[[list[Chapter]], bytes]) -> None:
    parts = chapters(input_of("eu-tablet"))
    bullets = [line[2:] for part in parts for line in part.lines if line.startswith("• ")]
    assert [block.text for block in read(site(parts)).blocks if block.kind == "item"] == bullets
