"""Reads our HTML as a browser's parser would, for the tests: elements with attributes and text, ids, links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html


@dataclass(frozen=True)
class Read:
    """A page taken apart."""

    tree: html.HtmlElement = field(repr=False)

    @property
    def ids(self) -> list[str]:
        return [element.get("id") for element in self.tree.iter() if element.get("id")]

    @property
    def links(self) -> list[str]:
        return [element.get("href") for element in self.tree.iter("a")]

    @property
    def tags(self) -> set[str]:
        return {element.tag for element in self.tree.iter() if isinstance(element.tag, str)}

    @property
    def attributes(self) -> set[str]:
        return {name for element in self.tree.iter() for name in element.attrib}

    def of_class(self, name: str) -> Iterator[html.HtmlElement]:
        return (each for each in self.tree.iter() if name in (each.get("class") or "").split())

    def text(self, name: str) -> list[str]:
        return [" ".join(each.text_content().split()) for each in self.of_class(name)]


def read(text: str) -> Read:
    return Read(html.document_fromstring(text))
