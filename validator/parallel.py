"""Work spread over processes, with the results in the order of the items."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_IN_FLIGHT = 4  # items handed to each process ahead of the one whose answer is awaited


def ordered(
    work: Callable[[Item], Answer], items: Iterator[Item], jobs: int, lost: Callable[[Item], Answer]
) -> Iterator[Answer]:
    """The answer to every item, in their order; `lost` answers for one that kills its process."""
    pending: deque[tuple[Item, Future[Answer]]] = deque()
    pool = _pool(jobs)
    try:
        while True:
            while len(pending) < jobs * _IN_FLIGHT and (item := next(items, None)) is not None:
                pending.append((item, pool.submit(work, item)))
            if not pending:
                return
            item, future = pending.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                # Nobody knows which item it was: each one in flight gets a process of its own.
                for each in (item, *(waiting for waiting, _ in pending)):
                    yield _alone(work, each, lost)
                pending.clear()
                pool.shutdown(wait=False)
                pool = _pool(jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # The default action of SIGINT ends a worker without a word; the parent answers for all.
    return ProcessPoolExecutor(jobs, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL))


def _alone(work: Callable[[Item], Answer], item: Item, lost: Callable[[Item], Answer]) -> Answer:
    with _pool(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return lost(item)
