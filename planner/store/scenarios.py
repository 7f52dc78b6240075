"""Scenarios: documents that people name, change and delete, each change on the version they saw."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.scenario.document import Scenario
from planner.store.access import User
from planner.store.context import Context, mission_row
from planner.store.errors import StoreError, changed_meanwhile, unknown
from planner.store.tables import ScenarioRow
from planner.store.text import MAX_NAME, clean


@dataclass(frozen=True)
class StoredScenario:
    """A scenario with its identity.

    Attributes
    ----------
    version
        1 when added, one more with each change.
    author, at
        Who changed it last, and when.
    """

    id: str
    mission: str
    scenario: Scenario
    version: int
    author: str
    at: datetime


@dataclass(frozen=True)
class Scenarios:
    """The scenarios of a store's missions. Names are unique within a mission."""

    context: Context

    def add(self, user: User, mission: str, scenario: Scenario) -> StoredScenario:
        """Add a scenario.

        Raises
        ------
        StoreError
            ``ST-EXISTS`` if the mission has one of this name, ``ST-TEXT``, ``ST-UNKNOWN``,
            ``ST-ACCESS``.
        """
        name = clean(scenario.name, "name", MAX_NAME)
        kept = scenario.model_copy(update={"name": name})
        with self.context.writing(user, "add a scenario") as session:
            mission_row(session, mission)
            _refuse_twice(session, mission, name, None)
            key = self.context.new_id()
            now = self.context.note(session, user, mission, "scenario.add", key, name)
            row = ScenarioRow(
                id=key,
                mission=mission,
                name=name,
                content=kept.model_dump_json(),
                author=user.name,
                at=now,
            )
            session.add(row)
            session.flush()
            return _record(row)

    def change(
        self, user: User, scenario_id: str, scenario: Scenario, *, expected_version: int
    ) -> StoredScenario:
        """Put another document in a scenario's place.

        Raises
        ------
        StoreError
            ``ST-CHANGED`` if it is not the version that the user saw, ``ST-EXISTS`` if another one
            has this name, ``ST-TEXT``, ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        name = clean(scenario.name, "name", MAX_NAME)
        kept = scenario.model_copy(update={"name": name})
        with self.context.writing(user, "change a scenario") as session:
            row = _row(session, scenario_id, expected_version)
            _refuse_twice(session, row.mission, name, row.id)
            row.at = self.context.note(session, user, row.mission, "scenario.change", row.id, name)
            row.name, row.content, row.author = name, kept.model_dump_json(), user.name
            session.flush()
            return _record(row)

    def remove(self, user: User, scenario_id: str, *, expected_version: int) -> None:
        """Delete a scenario; the audit keeps its document.

        Raises
        ------
        StoreError
            ``ST-CHANGED``, ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.writing(user, "delete a scenario") as session:
            row = _row(session, scenario_id, expected_version)
            self.context.note(session, user, row.mission, "scenario.remove", row.id, row.content)
            session.delete(row)

    def get(self, user: User, scenario_id: str) -> StoredScenario:
        """Return a scenario.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.reading(user, "see a scenario") as session:
            return _record(_row(session, scenario_id, None))

    def all(self, user: User, mission: str) -> tuple[StoredScenario, ...]:
        """Return a mission's scenarios by name.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.reading(user, "see the scenarios") as session:
            mission_row(session, mission)
            rows = session.scalars(
                select(ScenarioRow).where(ScenarioRow.mission == mission).order_by(ScenarioRow.name)
            )
            return tuple(_record(row) for row in rows)


def _row(session: Session, scenario_id: str, expected_version: int | None) -> ScenarioRow:
    row = session.get(ScenarioRow, scenario_id)
    if row is None:
        raise unknown("scenario", scenario_id, "Choose one of the mission's scenarios.")
    if expected_version is not None and row.version != expected_version:
        raise changed_meanwhile("Scenario", row.name, expected_version, row.version)
    return row


def _refuse_twice(session: Session, mission: str, name: str, own: str | None) -> None:
    there = session.scalars(
        select(ScenarioRow).where(ScenarioRow.mission == mission, ScenarioRow.name == name)
    ).first()
    if there is not None and there.id != own:
        raise StoreError(
            "ST-EXISTS",
            f"The mission has a scenario '{name}' already, by {there.author}.",
            "Choose another name, or open that one.",
        )


def _record(row: ScenarioRow) -> StoredScenario:
    return StoredScenario(
        row.id,
        row.mission,
        Scenario.model_validate_json(row.content),
        row.version,
        row.author,
        row.at,
    )
