"""Reads the pages of a PDF that is in doubt in a process of its own, with bounds on its time and memory.

    python -m validator.readers.pdf_worker LIMITS < file.pdf

LIMITS is a JSON object of `Limits`; the answer, on standard output, is JSON, too: the pages, or why
there are none.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from validator.errors import UnreadableError
from validator.readers.limits import Limits
from validator.readers.pdf_lines import Piece
from validator.readers.pdf_page import Page, read_pages

_SECONDS = 60  # in all, and of the processor
_BYTES = 2_000_000_000
_TOO_MUCH = "reading the PDF takes more time or memory than any leaflet does"


def pages(data: bytes, limits: Limits) -> list[Page | None]:
    """What each page shows, None for one that cannot be loaded; UnreadableError if it takes too much."""
    command = [sys.executable, "-m", __name__, json.dumps(asdict(limits))]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        run = subprocess.run(
            command, input=data, capture_output=True, timeout=_SECONDS, env=environment, check=False
        )
        answer: dict[str, Any] = json.loads(run.stdout) if run.returncode == 0 else {"refused": _TOO_MUCH}
    except (subprocess.TimeoutExpired, ValueError):
        raise UnreadableError(_TOO_MUCH) from None
    if "refused" in answer:
        raise UnreadableError(answer["refused"])
    return [_page(page) for page in answer["pages"]]


def _page(values: list[Any] | None) -> Page | None:
    if values is None:
        return None
    box, pieces, images, characters, unknown, turned, aslant, beside = values
    return Page(
        tuple(box),
        _pieces(pieces),
        list(map(tuple, images)),
        characters,
        unknown,
        list(map(_pieces, turned)),
        _pieces(aslant),
        beside,
    )


def _pieces(values: list[Any]) -> list[Piece]:
    return [Piece._make((*piece, tuple(map(tuple, more)))) for *piece, more in values]


def _bound() -> None:
    """Let the system end this process when it takes too much; Windows has no such bounds."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_AS, _BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Read standard input, answer on standard output."""
    _bound()
    try:
        found = read_pages(sys.stdin.buffer.read(), Limits(**json.loads(sys.argv[1])))
        answer: dict[str, Any] = {"pages": found}
    except UnreadableError as error:
        answer = {"refused": str(error)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
