"""The report as HTML for people: one self-contained file, or a folder with an index and a page a leaflet."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from typing import Any, TextIO

from markupsafe import Markup

from validator.report import Document, Report
from validator.reports import Style
from validator.reports.aside import Aside
from validator.reports.html.portfolio import Entry, affected, by_product, by_rule, entry, shares
from validator.reports.html.setting import render
from validator.reports.html.translations import Translations
from validator.reports.html.view import page
from validator.reports.words import evidence, located, name, slashes, totals

_BODY = Markup("\0")  # `safe` leaves no NUL in a text
_NAME = 60  # characters


class Writer:
    """Sets each leaflet as it comes and keeps it aside: what stands before it is known last."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out
        self._pages = style.pages
        self._rule = cache(style.rule)
        self._bodies = Aside()
        self._entries: list[Entry] = []
        self._translations = Translations()

    def add(self, document: Document) -> None:
        """Take one document's result."""
        key = "" if self._pages else f"d{len(self._entries) + 1}-"
        view = page(document, key, self._rule)
        self._entries.append(entry(view, page_name(document) if self._pages else f"#{key}top"))
        self._translations.add(document, f"{self._entries[-1].href.split('#')[0]}#{key}beside")
        self._bodies.add(render("leaflet.html", page=view, signs=_SIGNS))

    def finish(self, report: Report) -> None:
        """Write the pages and the index, or everything into one file."""
        if self._pages is None:
            head, tail = self._frame(report, index=len(self._entries) != 1)
            self._out.write(head)
            self._bodies.copy_to(self._out)
            self._out.write(tail)
            return
        for known, body in zip(self._entries, self._bodies.pieces(), strict=True):
            head, tail = self._frame(report, title=known.title, home="index.html")
            with self._pages(known.href) as out:
                out.write(head + body + tail)
        self._out.write("".join(self._frame(report, index=True)))

    def close(self) -> None:
        """Remove what was put aside."""
        self._bodies.close()

    def _frame(
        self, report: Report, *, title: str = "", index: bool = False, home: str = ""
    ) -> tuple[str, str]:
        """What stands before and after the leaflets of a page."""
        only = self._entries[0].title if len(self._entries) == 1 else totals(report.summary)
        text = render(
            "page.html",
            title=title or only,
            report=report,
            index=self._index(report) if index else None,
            alone=self._pages is not None or not self._entries,
            evidence=list(evidence(report)),
            notices=[(notice, located(notice)) for notice in report.notices] if not home else [],
            unreadable=report.unreadable if not home else (),
            home=home,
            signs=_SIGNS,
            body=_BODY,
        )
        head, _, tail = text.partition(_BODY)
        return head, tail

    def _index(self, report: Report) -> dict[str, Any]:
        matrix = by_rule(self._entries, lambda rule: self._rule(rule).title or rule)
        return {
            "totals": totals(report.summary),
            "shares": shares(self._entries),
            "products": by_product(self._entries),
            "rules": matrix,
            "translations": self._translations.maps(),
            "affected": affected(self._entries, matrix),
            "entries": self._entries,
        }


_SIGNS = {"error": "✖", "warning": "◆", "advice": "●", "waived": "○", "known": "○"}


def page_name(document: Document) -> str:
    """The file name of a leaflet's page: readable, and the same for the same path and part."""
    words = "-".join(slashes(document.path).split("/")[-2:])
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    digest = hashlib.sha256(name(document).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{re.sub('[^a-z0-9]+', '-', plain).strip('-')[:_NAME]}-{digest}.html".lstrip("-")
