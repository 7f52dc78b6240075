"""People: who may observe here, for how long, in which language (P3, P5, P6, P11)."""

from collections.abc import Iterator

from planner.domain.finding import Severity
from planner.domain.ids import Language
from planner.domain.plan import Team
from planner.rules.case import Case
from planner.rules.rule import RULES, Fault
from planner.rules.text import some

_SOURCE = "DOMAIN.md §2, composition of a pair"


@RULES.rule("P3", "Nobody at home", Severity.HARD, f"{_SOURCE} (S)")
def nobody_at_home(case: Case) -> Iterator[Fault]:
    """Find nationals of the host country in teams."""
    country = case.mission.mission.country
    for team, observer in case.deployed:
        if observer.state == country:
            yield Fault(
                observer.id,
                f"The observer is a national of the host country and is in team {team.id}.",
                observer.state,
                f"any State but {country}",
                "Take the observer out of the roster or correct the State.",
            )


@RULES.rule("P5", "Present for the whole window and accredited", Severity.HARD, f"{_SOURCE} (S)")
def present_and_accredited(case: Case) -> Iterator[Fault]:
    """Find members without accreditation or absent on days of their role; tell of reserves."""
    for team, observer in case.deployed:
        first, last = case.window(team.kind)
        if not observer.accredited:
            yield Fault(
                observer.id,
                f"The observer is not accredited and is in team {team.id}.",
                "not accredited",
                "accredited",
                "Accredit the observer before the deadline, or deploy an accredited reserve.",
            )
        if not observer.present(first, last):
            yield Fault(
                observer.id,
                f"The observer is not present for the whole time of team {team.id}.",
                f"{observer.available_from or 'open'} to {observer.available_to or 'open'}",
                f"{first} to {last}",
                "Correct the availability, or exchange the observer.",
            )
        if observer.reserve:
            yield Fault(
                observer.id,
                f"A reserve is deployed in team {team.id}.",
                "reserve",
                "regular observers first",
                "Nothing, if a reserve was called up; otherwise pair again.",
                Severity.INFO,
            )


@RULES.rule("P6", "Shared working language", Severity.HARD, f"{_SOURCE}, English in ODIHR (S)")
def shared_working_language(case: Case) -> Iterator[Fault]:
    """Find members who do not speak the working language of the mission well enough."""
    policy = case.policies.pairing
    for team, pair in case.pairs:
        for observer in pair:
            if not observer.speaks(policy.working_language, policy.working_level):
                level = observer.level(policy.working_language)
                yield Fault(
                    observer.id,
                    f"The working language is not spoken well enough in team {team.id}.",
                    f"{policy.working_language}: {level or 'none'}",
                    f"{policy.working_language}: at least {policy.working_level}",
                    "Exchange the observer, or correct the language level in the roster.",
                )


@RULES.rule("P11", "Local language", Severity.SOFT, f"{_SOURCE}, 'where possible' (S)")
def local_language(case: Case) -> Iterator[Fault]:
    """Find pairs in which nobody speaks a local language of the area."""
    level = case.policies.pairing.local_level
    for team, pair in case.pairs:
        languages = _local_languages(case, team)
        if languages and not any(
            observer.speaks(language, level) for observer in pair for language in languages
        ):
            yield Fault(
                team.id,
                "Nobody in the pair speaks a local language of its area.",
                "no local language",
                f"one of {some(languages)}, at least {level}",
                "Exchange one of them, or rely on the interpreter.",
            )


def _local_languages(case: Case, team: Team) -> list[Language]:
    districts = case.districts_of_area.get(team.area, frozenset())
    known = case.mission.district_of
    regions = {known[district].region for district in districts if district in known}
    spoken = (case.mission.region_of[region].languages for region in sorted(regions))
    return list(dict.fromkeys(language for languages in spoken for language in languages))
