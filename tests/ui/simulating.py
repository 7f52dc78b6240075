"""What the tests of *Scenarios* share: designs, a run, and what the page says."""

from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from planner.scenario.document import Scenario, StaffingChange
from planner.sweep.design import Axis, Design
from planner.workspace.simulation import SimulationRequest
from planner.workspace.simulation_runner import work
from planner.workspace.workspace import Workspace
from tests.ui.stage import ADMIN

GRID = Design(
    axes=(
        Axis(path="staffing.sto_pairs", values=(3, 4, 5)),
        Axis(path="delivery.rate", values=(1.0,)),
    ),
    seeds=(1, 2),
)
BESIDE = Design(
    base=Scenario(name="as planned"),
    also=(
        Scenario(name="fewer", staffing=StaffingChange(sto_pairs=3)),
        Scenario(name="too many", staffing=StaffingChange(sto_pairs=4_999)),
    ),
)


def said(test: AppTest) -> str:
    """Return every text on the page."""
    kinds = (test.markdown, test.caption, test.info, test.warning, test.success, test.error)
    return "\n".join(each.value for kind in kinds for each in kind).replace("\\", "")


def whole(test: AppTest) -> None:
    """Assert that the page is drawn to its end and nothing broke."""
    assert not test.exception
    assert "UI-BUG" not in said(test)


def order(space: Workspace, **options: object) -> str:
    """Ask for a small run; return its id."""
    given = {"title": "a trial", "scale": 0.1, "draws": 20} | options
    request = SimulationRequest.model_validate(given)
    return space.simulate(ADMIN, space.missions(ADMIN)[0], request).id


def compute(space: Workspace) -> None:
    """Do the work that waits, in this process."""
    work(space.simulations.files, lambda: datetime(2022, 10, 1, tzinfo=UTC))
