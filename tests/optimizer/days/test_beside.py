"""Searches on other cores: begun at once, ended when asked, and what they met is used."""

import threading

import pytest

from planner.optimizer.days.beside import Beside, Over
from planner.optimizer.days.cluster import Route


def one(stations: tuple[int, ...]) -> list[Route]:
    return [Route(0, None, stations, None)]


def waits(over: Over) -> list[Route]:
    pause = threading.Event()
    while not over():
        pause.wait(0.001)
    return one((1,))


def quick(over: Over) -> list[Route]:
    return one((3,)) if over() else one((2,))


def test_jobs_run_until_they_are_over_and_their_routes_come_in_order():
    with Beside([waits, quick]) as beside:
        first, second = beside.ended()
        assert first == one((1,))
        assert second in (one((2,)), one((3,)))
        assert beside.ended() == []


def test_leaving_ends_jobs_that_nobody_asked_for():
    left = threading.Event()

    def job(over: Over) -> list[Route]:
        waits(over)
        left.set()
        return []

    with Beside([job]):
        pass
    assert left.is_set()


def test_nothing_beside_is_nothing_met():
    with Beside([]) as beside:
        assert beside.ended() == []


def test_an_error_in_a_job_is_not_lost():
    def broken(over: Over) -> list[Route]:
        raise ValueError(str(over()))

    with Beside([broken]) as beside, pytest.raises(ValueError, match=r"True|False"):
        beside.ended()
