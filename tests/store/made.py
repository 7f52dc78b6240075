"""Stores, users and plans for the tests; also run as a process of its own."""

import itertools
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import event

from planner.domain.plan import Plan
from planner.store.access import Role, User
from planner.store.errors import StaleError
from planner.store.open import Store, open_store
from tests.good_plan import good_plan

ADMIN = User("Ada", Role.ADMIN)
PLANNER = User("Pia", Role.PLANNER)
VIEWER = User("Vic", Role.VIEWER)
PLAN = good_plan()
MISSION = str(PLAN.mission)


def plan(figure: int) -> Plan:
    return PLAN.model_copy(update={"kpis": {"figure": float(figure)}})


def opened(path: Path, name: str = "id", busy_timeout_s: float = 15.0) -> Store:
    ticks, ids = itertools.count(), itertools.count(1)
    start = datetime(2022, 10, 1, tzinfo=UTC)
    found = open_store(
        path,
        clock=lambda: start + timedelta(seconds=next(ticks)),
        new_id=lambda: f"{name}-{next(ids):04d}",
        busy_timeout_s=busy_timeout_s,
    )
    if not found.missions.all(ADMIN) and name == "id":
        found.missions.add(ADMIN, MISSION, "Early presidential election")
    return found


def save_many(store: Store, name: str, count: int) -> None:
    """Save ``count`` plans, each again after a stale one; say how many were stale."""
    user, head, stale = User(name, Role.PLANNER), None, 0
    for number in range(count):
        while True:
            try:
                saved = store.revisions.save(
                    user, MISSION, plan(number), expected_head=head, reason=f"{name} {number}"
                )
            except StaleError as fault:
                head, stale = fault.head, stale + 1
            else:
                head = saved.number
                break
    sys.stdout.write(f"{stale}\n")


def save_until_killed(store: Store, fatal: int) -> None:
    """Save, and die in save ``fatal`` after its rows were written and before they are committed."""

    def die(_connection: object) -> None:
        if len(said) == fatal - 1:
            os.kill(os.getpid(), signal.SIGKILL)

    said: list[int] = []
    event.listen(store.context.engine, "commit", die)
    for number in range(fatal + 5):
        head = said[-1] if said else None
        saved = store.revisions.save(
            PLANNER, MISSION, plan(number), expected_head=head, reason="steady"
        )
        said.append(saved.number)
        sys.stdout.write(f"{saved.number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    deed, file, name, figure = sys.argv[1:]
    if deed == "many":
        save_many(opened(Path(file), name), name, int(figure))
    else:
        save_until_killed(opened(Path(file), name), int(figure))
