"""Work over processes: answers in order, a dead process costs its own item, nothing outlives the work."""

from __future__ import annotations

import multiprocessing
import os
import threading

import pytest

from validator.parallel import ordered


def square(number: int) -> int:
    return number * number


def mortal(number: int) -> int:
    if number == 3:
        os._exit(1)
    return number


def lost(number: int) -> int:
    return -number


@pytest.fixture
def threads():
    return set(threading.enumerate())


def outlived(threads: set[threading.Thread]) -> tuple[list[object], set[threading.Thread]]:
    return multiprocessing.active_children(), set(threading.enumerate()) - threads


def test_answers_come_in_the_order_of_the_items():
    assert list(ordered(square, iter(range(1, 30)), 2, lost)) == [number**2 for number in range(1, 30)]


@pytest.mark.parametrize("work", [square, mortal])
def test_no_process_or_thread_outlives_the_work(threads, work):
    list(ordered(work, iter(range(1, 12)), 2, lost))
    assert outlived(threads) == ([], set())


def test_nothing_outlives_work_that_is_left_early(threads):
    answers = ordered(square, iter(range(1, 1000)), 2, lost)
    assert next(answers) == 1
    answers.close()
    assert outlived(threads) == ([], set())


def test_an_item_that_kills_its_process_is_lost_alone():
    assert list(ordered(mortal, iter(range(1, 12)), 2, lost)) == [1, 2, -3, *range(4, 12)]
