"""Parts of `docs/quality.md`, each under a heading of its own, that are measured apart from each other."""

from __future__ import annotations


def put(page: str, title: str, own: str) -> str:
    """The page with the part under a heading written anew, at the end if it was not there."""
    head, _, tail = page.partition(f"{title}\n")
    _, following, rest = tail.partition("\n## ")
    return head.rstrip("\n") + "\n\n" + own + (f"\n## {rest}" if following else "")


def kept(page: str, title: str) -> str:
    """The part under a heading as it stands, "" if there is none."""
    _, found, tail = page.partition(f"{title}\n")
    return f"{title}\n{tail.partition(chr(10) + '## ')[0]}" if found else ""
