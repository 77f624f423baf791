"""Word files for the tests, written by hand: the parts that a file needs and no more."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

MAIN = "word/document.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": _OFFICE,
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    }.items()
)
_TRANSITIONAL = re.compile(
    r"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/"
)
_ROOTS = {"commentsExtended": "w15:commentsEx", "header1": "w:hdr", "footer1": "w:ftr"}


def p(*content: str, style: str = "", properties: str = "", mark: str = "") -> str:
    """A paragraph of runs; plain words become a run."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner += properties + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    runs = "".join(each if each.startswith("<") else r(each) for each in content)
    return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{runs}</w:p>"


def r(text: str, properties: str = "", tag: str = "t") -> str:
    """A run of text."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def b(text: str) -> str:
    """A run in bold."""
    return r(text, "<w:b/>")


def numbered(num: int, level: int = 0) -> str:
    """The property that puts a paragraph into a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def table(*rows: list[str]) -> str:
    """A table of cells that hold paragraphs."""
    return (
        "<w:tbl>"
        + "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def docx(body: str, *, strict: bool = False, **parts: str) -> bytes:
    """A file with this body; further parts by their kind: styles, numbering, footnotes, header1 ..."""
    kinds = {name: name.rstrip("0123456789") for name in parts}
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        for n, (name, kind) in enumerate(kinds.items())
    )
    files = {f"word/{name}.xml": root(_ROOTS.get(name, f"w:{name}"), inner) for name, inner in parts.items()}
    files[MAIN] = root("w:document", f"<w:body>{body}</w:body>")
    files["word/_rels/document.xml.rels"] = relationships(relations)
    if strict:
        files = {
            name: _TRANSITIONAL.sub(r"http://purl.oclc.org/ooxml/\1/", xml) for name, xml in files.items()
        }
    return package(files)


def root(tag: str, inner: str) -> str:
    """A part's XML."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<{tag} {_NAMESPACES}>{inner}</{tag}>'


def relationships(inner: str) -> str:
    """The XML of a part's relationships."""
    uri = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{uri}">{inner}</Relationships>'


def package(files: dict[str, str | bytes]) -> bytes:
    """A ZIP archive with what every Word file has, and these files."""
    main = f'<Relationship Id="d" Type="{_OFFICE}/officeDocument" Target="/{MAIN}"/>'
    base = {"[Content_Types].xml": "<Types/>", "_rels/.rels": relationships(main)}
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**base, **files}.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


_LEVEL = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/>{}</w:lvl>'
_ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
_SYMBOL = '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>'
_LISTS = "".join(
    f'<w:abstractNum w:abstractNumId="{n}">{level}</w:abstractNum>'
    for n, level in enumerate(
        (_LEVEL.format("bullet", "\uf0b7", _SYMBOL), _LEVEL.format("decimal", "%1.", ""))
    )
) + "".join(
    f'<w:num w:numId="{n}"><w:abstractNumId w:val="{0 if n == 1 else 1}"/>{_ANEW}</w:num>'
    for n in range(1, 10)
)


def docx_of(text: str, *, automatic: bool = False) -> bytes:
    """A leaflet, one paragraph a line; `automatic` leaves bullets and section numbers to Word's lists."""
    paragraphs = []
    lists = 1
    for line in text.split("\n"):
        sign, _, words = line.partition(" ")
        if automatic and sign == "•":
            paragraphs.append(p(words, properties=numbered(1)))
        elif automatic and sign in {f"{n}." for n in range(1, 10)}:
            lists += sign == "1."
            paragraphs.append(p(words, properties=numbered(lists)))
        else:
            paragraphs.append(p(line))
    return docx("".join(paragraphs), numbering=_LISTS)
