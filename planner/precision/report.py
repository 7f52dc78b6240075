"""The precision of a plan: every phase apart, nationally, by region and by stratum."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from planner.domain.ids import StationId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Phase, Plan, SampleRole
from planner.objective.sampling import stratum
from planner.precision import checks
from planner.precision.balance import Balance, Balances
from planner.precision.basis import Drawn, basis_of, reached_share
from planner.precision.effect import cluster_effect, expected_cluster_size, weighting_effect
from planner.precision.estimate import ALL, Assumptions, Cluster, DomainKind, Estimate, figures
from planner.precision.sighting import PHASES, Observed, Sighting, sightings

Domain = tuple[DomainKind, str]
_ROUNDING = 1e-9

NOTES = (
    "The intraclass correlation is an assumption (B); nobody has measured it for this country.",
    "With clusters by hub, towns with many pairs count as one: rather too wide than too narrow.",
    "With clusters by pair, only what one pair sees in its day is taken to be alike.",
    "What strata gain is left out: again rather too wide than too narrow.",
    "Weights are one over the probability of the draw, before any correction for non-response.",
    "Margins need some dozens of stations; for rare events read the zero limit and the detection.",
)
"""What a reader has to know beside the figures."""


@dataclass(frozen=True)
class PrecisionReport:
    """What the observed sample can say.

    Attributes
    ----------
    estimates
        By phase in the order of the day; within it the country, regions, then strata.
    balances
        For opening, voting and counting: observed stations against the frame.
    assumptions, notes
        What the figures rest on, to be shown with them.
    """

    estimates: tuple[Estimate, ...]
    balances: Mapping[Phase, tuple[Balance, ...]]
    assumptions: Assumptions
    notes: tuple[str, ...] = NOTES

    def of(self, phase: Phase, kind: DomainKind = "all", domain: str = ALL) -> Estimate:
        """Return one estimate; the whole country unless told otherwise.

        Raises
        ------
        ValueError
            Expected a phase and a domain of the report.
        """
        for estimate in self.estimates:
            if (estimate.phase, estimate.kind, estimate.domain) == (phase, kind, domain):
                return estimate
        raise ValueError(f"Expected a phase and domain of the report, got {phase} {kind} {domain}.")


def assess(
    mission: MissionInput,
    plan: Plan,
    *,
    observed: Observed | None = None,
    prevalence: Sequence[float] = (0.01, 0.05, 0.10),
    p: float = 0.5,
    confidence: float = 0.95,
    intraclass: float = 0.05,
    cluster: Cluster = "hub",
) -> PrecisionReport:
    """Return what a plan, or what simulations leave of it, can say.

    Parameters
    ----------
    observed
        Simulated observation, for any of the phases: the mean number of places observed, spread
        evenly over those of the plan, or the chance of every single place. Other phases are taken
        as planned.
    prevalence, p, confidence, intraclass, cluster
        As in ``Assumptions``.

    Raises
    ------
    ValueError
        Expected shares within their range, and simulated numbers up to those of the plan.
    """
    if cluster not in get_args(Cluster):
        raise ValueError(f"Expected a cluster of {get_args(Cluster)}, got {cluster!r}.")
    assumed = Assumptions(
        checks.share("p", p),
        checks.open_share("confidence", confidence),
        checks.share("intraclass correlation", intraclass),
        cluster,
        tuple(checks.share("prevalence", value) for value in prevalence),
    )
    drawn, balances = _drawn(mission, plan), Balances(mission)
    stations, commissions = _frame_of_stations(mission), _frame_of_commissions(mission)
    estimates: list[Estimate] = []
    balance_of: dict[Phase, tuple[Balance, ...]] = {}
    for phase in PHASES:
        seen = sightings(mission, plan, phase, observed or {})
        frame = commissions if phase is Phase.TABULATION else stations
        by_domain: defaultdict[Domain, list[Sighting]] = defaultdict(list)
        for place in seen:
            for domain in _domains(place.region, place.stratum):
                by_domain[domain].append(place)
        for domain, frame_n in frame.items():
            here = Drawn(0, 0.0)
            if phase is not Phase.TABULATION and domain in drawn:
                primaries, had_chance = drawn[domain]
                here = Drawn(primaries, min(1.0, had_chance / frame_n) if frame_n else 0.0)
            estimates.append(
                _estimate(plan, phase, domain, by_domain[domain], frame_n, here, assumed)
            )
        if phase is not Phase.TABULATION:
            balance_of[phase] = balances.of({StationId(s.place): s.chance for s in seen})
    return PrecisionReport(tuple(estimates), balance_of, assumed)


def _estimate(
    plan: Plan,
    phase: Phase,
    domain: Domain,
    seen: Sequence[Sighting],
    frame_n: int,
    drawn: Drawn,
    assumed: Assumptions,
) -> Estimate:
    n = sum(place.chance for place in seen)
    n = float(frame_n) if n >= frame_n - _ROUNDING else n
    clusters: defaultdict[str, list[float]] = defaultdict(list)
    for place in seen:
        clusters[place.hub if assumed.cluster == "hub" else place.pair].append(place.chance)
    by_cluster = by_weight = 1.0
    if n:
        size = expected_cluster_size(tuple(clusters.values()))
        by_cluster = cluster_effect(size, assumed.intraclass)
        known = [place.probability for place in seen if place.probability is not None]
        if len(known) == len(seen):
            by_weight = weighting_effect([1 / pi for pi in known], [s.chance for s in seen])
    found = figures(n, frame_n, by_cluster * by_weight, assumed)
    basis, why = basis_of(phase, plan.sample_mode, seen, frame_n, drawn)
    return Estimate(
        phase=phase,
        kind=domain[0],
        domain=domain[1],
        n=n,
        frame_n=frame_n,
        cluster_deff=by_cluster,
        weight_deff=by_weight,
        deff=by_cluster * by_weight,
        n_effective=found.n_effective,
        margin=found.margin,
        basis=basis,
        why=why,
        zero_limit=found.zero_limit,
        detection=found.detection,
        drawn=drawn.primaries,
        reached=reached_share(seen, drawn),
        covered=drawn.covered,
    )


def _domains(region: str, name: str) -> Iterator[Domain]:
    yield "all", ALL
    yield "region", region
    if name:
        yield "stratum", name


def _frame_of_commissions(mission: MissionInput) -> Counter[Domain]:
    """Count commissions in the country and in every region."""
    frame = _nothing(mission)
    for commission in mission.commissions:
        frame.update(_domains(mission.district_of[commission.district].region, ""))
    return frame


def _frame_of_stations(mission: MissionInput) -> Counter[Domain]:
    """Count stations in the country, in every region, and in the strata that occur."""
    frame = _nothing(mission)
    kinds = Counter((station.district, stratum(station)) for station in mission.stations)
    frame.update({("stratum", name): 0 for name in sorted({name for _, name in kinds})})
    for (district, name), number in kinds.items():
        for domain in _domains(mission.district_of[district].region, name):
            frame[domain] += number
    return frame


def _nothing(mission: MissionInput) -> Counter[Domain]:
    frame: Counter[Domain] = Counter({("all", ALL): 0})
    frame.update({("region", region.id): 0 for region in mission.regions})
    return frame


def _drawn(mission: MissionInput, plan: Plan) -> dict[Domain, tuple[int, float]]:
    """Return primaries with a probability by domain: how many, and for how many stations."""
    found: dict[Domain, tuple[int, float]] = {}
    for entry in plan.sample:
        station = mission.station_of.get(entry.station)
        if station is None or entry.role is not SampleRole.PRIMARY or entry.probability is None:
            continue
        region = mission.district_of[station.district].region
        for domain in _domains(region, stratum(station)):
            number, stands_for = found.get(domain, (0, 0.0))
            found[domain] = (number + 1, stands_for + 1 / entry.probability)
    return found
