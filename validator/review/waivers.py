"""Waivers at work: which findings they cover, and which of them are expired or cover nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from validator.configuration import configuration_file
from validator.errors import UsageError
from validator.report import Document, Finding, Notice
from validator.report import Waiver as Accepted
from validator.settings import require_id, seen_from
from validator.tomlfile import read_toml

if TYPE_CHECKING:
    from validator.review.entry import Waiver

BESIDE = ".waivers.toml"


@dataclass(slots=True)
class Standing:
    """A waiver in a run: where it is written, whether its rule was judged, how many findings it covered."""

    waiver: Waiver
    at: str
    folder: str | None = None
    judged: bool = False
    covered: int = 0

    def meets(self, document: Document) -> bool:
        """Whether it is about this document; remembers whether its rule was judged there."""
        if self.folder is not None:
            if not fnmatchcase(seen_from(document.path, self.folder), self.waiver.path or ""):
                return False
        self.judged |= any(judgement.rule == self.waiver.rule for judgement in document.requirements)
        return True

    def covers(self, finding: Finding) -> bool:
        """Whether it means this finding."""
        entry = self.waiver
        return (
            finding.rule == entry.rule
            and entry.fingerprint in (None, finding.fingerprint)
            and entry.stands_at(finding.location)
        )

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.waiver.until is not None and self.waiver.until < today

    @property
    def accepted(self) -> Accepted:
        """What the report says of it."""
        until = self.waiver.until.isoformat() if self.waiver.until else ""
        return Accepted(reason=self.waiver.reason, by=self.waiver.by, until=until)


def configured(path: Path | None, waivers: Sequence[Waiver]) -> tuple[Standing, ...]:
    """The waivers of a configuration file."""
    if path is None or not waivers:
        return ()
    source = configuration_file(path)
    source = replace(source, path=Path(seen_from(str(path), os.curdir)))  # no path of one machine alone
    folder = str(path.parent)
    return tuple(
        Standing(waiver, source.place(("waiver", number)), folder) for number, waiver in enumerate(waivers)
    )


def beside(path: str) -> tuple[Standing, ...]:
    """The waivers in the file beside a leaflet; a ConfigurationError names file, line and key."""
    file = Path(path + BESIDE)
    if not file.is_file():
        return ()
    from validator.review.entry import Waivers

    source = read_toml(file)
    found = source.load(Waivers).waiver
    for number, waiver in enumerate(found):
        try:
            require_id(waiver.rule)
        except UsageError as error:
            raise source.error(("waiver", number, "rule"), str(error)) from None
        if waiver.path is not None:
            raise source.error(("waiver", number, "path"), "this file is about its own leaflet alone")
    return tuple(Standing(waiver, source.place(("waiver", number))) for number, waiver in enumerate(found))


def notices(waivers: Iterable[Standing], today: date) -> Iterator[Notice]:
    """What must be put in order: expired waivers, and those whose rule was judged without any finding."""
    for standing in waivers:
        entry = standing.waiver
        said = f"the waiver for {entry.rule} by {entry.by} (“{entry.reason}”)"
        if standing.expired(today) and standing.judged:
            count = standing.covered
            many = f"{count} findings" if count > 1 else "1 finding" if count else "nothing"
            text = f"{said} expired on {entry.until}; it covered {many}: renew it or remove it"
            yield Notice(kind="waiver-expired", severity="warning", message=text, at=standing.at)
        elif standing.judged and not standing.covered:
            text = f"{said} covers no finding; remove it"
            yield Notice(kind="waiver-unused", severity="warning", message=text, at=standing.at)


def orphans(folders: Iterable[str]) -> Iterator[Notice]:
    """Files of waivers in these folders beside which no file of the leaflet's name stands."""
    for folder in folders:
        for inside, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if not name.startswith("."))
            here = {*below, *names}
            for name in sorted(each for each in names if each.endswith(BESIDE)):
                if not name.startswith(".") and (leaflet := name.removesuffix(BESIDE)) not in here:
                    text = (
                        f"there is no “{leaflet}” beside it: its waivers cover nothing; rename or remove it"
                    )
                    at = os.path.join(inside, name)
                    yield Notice(kind="waiver-unused", severity="warning", message=text, at=at)
