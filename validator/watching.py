"""Which files of some paths came or changed since the last look: told by their size and time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from validator.inputs import Input, inputs

_State = tuple[int, int]  # size and time of change


class Watched:
    """Looks at files again and again."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self._seen: dict[str, _State] = {}

    def look(self) -> list[Input]:
        """The files that are new or changed; at the first look all of them. One that goes is forgotten."""
        found = {entry.path: entry for entry in inputs(self._paths)}
        now = dict(_states(found))
        changed = [found[path] for path, state in now.items() if self._seen.get(path) != state]
        self._seen = now
        return changed


def _states(paths: Iterable[str]) -> Iterable[tuple[str, _State]]:
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:  # gone between two looks, or a link that leads nowhere
            continue
        yield path, (status.st_size, status.st_mtime_ns)
