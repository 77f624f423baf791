"""Which words of `law/languages/` occur in a folder of real leaflets: what the `seen` marks rest on.

    python tools/seen.py FOLDER [--missing LANGUAGE]

For each language the leaflets it has there, and the share of its words for doses and for frequencies that
at least one of them holds. `--missing` lists those that none holds. A mark stays a person's decision.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from validator.batch import open_leaflets
from validator.document.text import wording_key
from validator.errors import LeafletError
from validator.grammarfile import GrammarFile, grammar_file
from validator.readers import load
from validator.settings import Options


def texts(folder: Path) -> dict[str, list[str]]:
    """The word texts of all leaflets of a folder by language; files that are no leaflets are passed over."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            leaflets = open_leaflets(load(str(path)), str(path), Options())
        except LeafletError:
            continue
        for leaflet in leaflets:
            found[leaflet.language.value].append(leaflet.wordtext.text)
    return found


def dose_words(data: GrammarFile) -> Iterator[str]:
    """The words by which doses are read."""
    yield from data.numbers.words
    for table in (data.units, data.dosing, data.each, data.alternate, data.intervals):
        yield from (phrase for phrases in table.values() for phrase in phrases)
    yield from data.intakes


def frequency_words(data: GrammarFile) -> Iterator[str]:
    """The words by which frequencies are read."""
    words = data.frequency
    yield from (phrase for phrases in words.labels.values() for phrase in phrases)
    for kind in (words.unknown, words.of, words.more, words.less, words.at_least, words.up_to, words.people):
        yield from kind


def missing(words: Iterator[str], leaflets: list[str]) -> tuple[list[str], int]:
    """The words that no leaflet holds, and how many words there are."""
    wanted = {word: wording_key(word) for word in words}
    asked = {word: key for word, key in wanted.items() if key.strip()}  # signs are no words
    return [word for word, key in asked.items() if not any(key in text for text in leaflets)], len(asked)


def main() -> int:
    """Parse the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missing", default="", metavar="LANGUAGE")
    asked = parser.parse_args()
    if not asked.folder.is_dir():
        print(f"{asked.folder} is no folder", file=sys.stderr)
        return 2
    print("| language | leaflets | doses: words seen | mark | frequencies: words seen | mark |")
    print("|---|---|---|---|---|---|")
    for language, leaflets in sorted(texts(asked.folder).items()):
        data = grammar_file(language)
        cells = []
        for words, mark in (
            (dose_words(data), data.seen.doses),
            (frequency_words(data), data.seen.frequencies),
        ):
            gone, count = missing(words, leaflets)
            cells.append(f"{1 - len(gone) / count:.0%} of {count} | {mark}")
            if language == asked.missing:
                print(f"{language}: {', '.join(gone)}", file=sys.stderr)
        print(f"| {language} | {len(leaflets)} | {' | '.join(cells)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
