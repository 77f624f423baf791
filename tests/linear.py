"""Work that must grow no faster than its input."""

import gc
import time
from collections.abc import Callable

GROWTH = 10
"""How many times larger the larger input is."""
BOUND = 4 * GROWTH
"""Quadratic work would take `GROWTH` squared, 100 times as long."""
LEAST = 0.01
"""Seconds below which the clock says little."""


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """Ten times the input takes far less than a hundred times the processor time.

    `work` is called with `size` and with ten times `size`. A machine busy with
    other things makes a run longer, never shorter: the least of some runs counts.
    """

    def took(size: int) -> float:
        gc.disable()  # what other tests left behind is no part of the work
        try:
            start = time.process_time()
            work(size)
            return time.process_time() - start
        finally:
            gc.enable()

    work(min(size, 10))
    bound = BOUND * max(LEAST, min(took(size) for _ in range(2)))
    times: list[float] = []
    while len(times) < 3 and (not times or min(times) >= bound):
        times.append(took(GROWTH * size))
    assert min(times) < bound, f"{size}: {bound / BOUND:.3f} s, {GROWTH * size}: {times}"
