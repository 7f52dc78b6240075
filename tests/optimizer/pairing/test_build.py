"""The arrays say what the objective says, pair by pair."""

from collections.abc import Callable
from typing import Any

import numpy as np

from geodata.travel.great_circle import GreatCircle
from planner.domain.observer import Role
from planner.objective.pairing import area_points, area_views, together_points
from planner.optimizer.pairing.build import build
from planner.optimizer.pairing.pins import sort_pins
from planner.optimizer.pairing.problem import NEVER

Make = Callable[..., Any]


def test_points_agree_with_the_objective(mission_of: Make, people_of: Make) -> None:
    people = people_of(1, 41, ("NO", "DE", "FR"))
    mission, areas, _ = mission_of(people, (5, 5, 5, 5))
    quota = {area.id: 5 for area in areas}
    views = area_views(mission, areas, GreatCircle())
    assert any(view.long_drives for view in views.values())
    policy = mission.mission.policies.pairing
    pins = sort_pins(mission, Role.STO, people, quota, {})
    built = build(people, views, quota, pins, policy)
    problem = built.problem
    assert problem.people == 42
    for i, first in enumerate(people):
        for j, second in enumerate(people):
            if first.state == second.state:
                assert problem.together[i, j] == NEVER
                continue
            assert problem.together[i, j] == together_points(first, second, policy)
            for k, area in enumerate(built.areas):
                placed = problem.placed[problem.trait[i], problem.trait[j], k]
                assert placed == area_points(first, second, views[area], policy)
    assert (problem.together[-1] == NEVER).all()
    assert np.array_equal(problem.together, problem.together.T)
