"""Work spread over processes, with the results in the order of the items."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_IN_FLIGHT = 4  # items handed to each process ahead of the one whose answer is awaited


def ordered(
    work: Callable[[Item], Answer], items: Iterator[Item], jobs: int, lost: Callable[[Item], Answer]
) -> Generator[Answer, None, None]:
    """The answer to every item, in their order; `lost` answers for one that kills its process.

    When the last answer is given, or the generator is closed, every process has ended.
    """
    pending: deque[tuple[Item, Future[Answer] | None]] = deque()
    pool = _pool(jobs)
    try:
        while True:
            while len(pending) < jobs * _IN_FLIGHT and (item := next(items, None)) is not None:
                pending.append((item, _submitted(pool, work, item)))
            if not pending:
                return
            item, future = pending.popleft()
            answer = _result(future)
            if answer is not None:
                yield answer[0]
                continue
            # Nobody knows which item it was: each one in flight gets a process of its own.
            for each in (item, *(waiting for waiting, _ in pending)):
                yield _alone(work, each, lost)
            pending.clear()
            pool.shutdown()
            pool = _pool(jobs)
    finally:
        # Waited for: a pool still ending when the interpreter does may print a traceback of its own.
        pool.shutdown(cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # The default action of SIGINT ends a worker without a word; the parent answers for all.
    return ProcessPoolExecutor(jobs, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL))


def _submitted(
    pool: ProcessPoolExecutor, work: Callable[[Item], Answer], item: Item
) -> Future[Answer] | None:
    """The promise of an answer; None from a pool that a dead process has broken."""
    try:
        return pool.submit(work, item)
    except BrokenProcessPool:
        return None


def _result(future: Future[Answer] | None) -> tuple[Answer] | None:
    """The answer in a tuple of one; None if a process died before it was given."""
    try:
        return (future.result(),) if future else None
    except BrokenProcessPool:
        return None


def _alone(work: Callable[[Item], Answer], item: Item, lost: Callable[[Item], Answer]) -> Answer:
    with _pool(1) as pool:
        answer = _result(_submitted(pool, work, item))
    return answer[0] if answer is not None else lost(item)
