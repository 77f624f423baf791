"""Work shared out to all processors, with a line of progress on standard error for each piece that is done."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def each(
    what: str, work: Callable[[Item], Answer], items: Iterable[Item], jobs: int = 0
) -> Iterator[tuple[Item, Answer]]:
    """Every item with what the work made of it, in the order given; `jobs` 0 takes every processor."""
    wanted = list(items)
    began, answers = time.monotonic(), {}
    with ProcessPoolExecutor(min(jobs or os.cpu_count() or 1, max(1, len(wanted)))) as pool:
        running = {pool.submit(work, item): number for number, item in enumerate(wanted)}
        for done, future in enumerate(as_completed(running), 1):
            number = running[future]
            answers[number] = future.result()
            seconds = time.monotonic() - began
            print(
                f"{what}: {done} of {len(wanted)} ({seconds:.0f} s): {wanted[number]}",
                file=sys.stderr,
                flush=True,
            )
    for number, item in enumerate(wanted):
        yield item, answers[number]
