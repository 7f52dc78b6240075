"""Who may read a plan, and what in it is invented, in the language of the present run.

The planner says the same in English on every file that it writes.
"""

from planner.domain.mission import Mission
from planner.domain.place import DataStatus
from planner.export.classification import data_status, sources
from planner.export.view import PlanView
from ui.strings import _
from ui.written import long_date, number


def restricted_words(mission: Mission) -> str:
    """Return until when positions and routes are sensitive."""
    return _("Restricted until election day ({day}) has ended").format(day=long_date(mission.e_day))


def banner_words(view: PlanView) -> str:
    """Return what stands above every heading: who may read it, and whether it is invented."""
    line = restricted_words(view.mission.mission)
    return f"{line} · {_('SYNTHETIC DATA')}" if view.synthetic else line


def synthetic_words(view: PlanView) -> str:
    """Return what is invented: kinds of records with their numbers, then what sources declare."""
    found = [
        _("{name} ({n} of {total})").format(
            name=_(name), n=number(count[DataStatus.SYNTHETIC]), total=number(count.total())
        )
        for name, count in data_status(view.mission).items()
        if count[DataStatus.SYNTHETIC]
    ]
    found += [
        source.what
        for source in sources(view.mission, view.plan)
        if source.status is DataStatus.SYNTHETIC
    ]
    return ", ".join(dict.fromkeys(found))
