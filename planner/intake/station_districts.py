"""The district of each station: by id or name, by its point, or as the list itself calls it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.domain.finding import Severity
from planner.intake.coordinate_text import Floats
from planner.intake.known_districts import KnownDistricts
from planner.intake.ledger import Ledger
from planner.intake.words import numbered_key

NEAR_KM = 20.0
"""A point this near to a district's border may still be in it."""
_SECOND_REGION_SHARE = 0.1


@dataclass(frozen=True)
class Naming:
    """What a list says about the district of each row; empty text where it says nothing."""

    district: Sequence[str]
    district_name: Sequence[str]
    region: Sequence[str]
    region_name: Sequence[str]

    def region_of(self, index: int) -> str:
        """Return id or name of the region of a row."""
        return self.region[index] or self.region_name[index]


def _one_spelling(texts: Sequence[str]) -> list[str]:
    """Return texts with the most frequent spelling of each place."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for text, number in Counter(texts).items():
        spellings[numbered_key(text) if _is_name(text) else text][text] += number
    best = {
        key: min(counts, key=lambda text: (-counts[text], text))
        for key, counts in spellings.items()
    }
    return [best[numbered_key(text) if _is_name(text) else text] for text in texts]


def _is_name(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) > 3


def as_listed(naming: Naming, accepted: Sequence[int]) -> list[str]:
    """Return the list's own district of each row, told apart by region where names repeat.

    A district that stands in two regions with at least a tenth of its rows each is two districts.
    """
    raw = [
        code or name or "" for code, name in zip(naming.district, naming.district_name, strict=True)
    ]
    if not any(raw[i] for i in accepted):
        raw = [naming.region_of(i) for i in range(len(raw))]
    texts = _one_spelling([" ".join(text.split()) for text in raw])
    regions = _one_spelling([naming.region_of(i) for i in range(len(raw))])
    spread: dict[str, Counter[str]] = defaultdict(Counter)
    for i in accepted:
        if texts[i] and regions[i]:
            spread[texts[i]][regions[i]] += 1
    several = {
        text
        for text, counts in spread.items()
        if len(counts) > 1 and sorted(counts.values())[-2] >= _SECOND_REGION_SHARE * counts.total()
    }
    return [
        f"{regions[i]} - {text}" if text in several and regions[i] else text
        for i, text in enumerate(texts)
    ]


def match_known(
    known: KnownDistricts, naming: Naming, lat: Floats, lon: Floats, ledger: Ledger
) -> list[str]:
    """Return the known district of each row, empty where it stays unknown.

    What a row says comes first; a row that names no known district is given the one that its
    point lies in, where there are boundaries.
    """
    size = len(naming.district)
    cache: dict[tuple[str, str, str], str] = {}
    result = []
    for i in range(size):
        key = (naming.district[i], naming.district_name[i], naming.region_of(i))
        if key not in cache:
            cache[key] = known.find(key[0], key[1], region=key[2]) or ""
        result.append(cache[key])
    lost = [
        i for i in np.flatnonzero(ledger.accepted).tolist() if not result[i] and np.isfinite(lat[i])
    ]
    if lost and known.polygons:
        from geodata.coordinates import locate_points  # noqa: PLC0415 - heavy import

        outlines = {code: polygon.geometry for code, polygon in known.polygons.items()}
        located = locate_points(np.column_stack([lat[lost], lon[lost]]), outlines)
        near = []
        for k, i in enumerate(lost):
            if located.distance_km[k] <= NEAR_KM:
                result[i] = str(located.codes[k])
                near.append(i)
        named = [i for i in near if naming.district[i] or naming.district_name[i]]
        unnamed = [i for i in near if not (naming.district[i] or naming.district_name[i])]
        ledger.note(
            "IN-DISTRICT",
            Severity.INFO,
            "the district was found by the point",
            unnamed,
            column="district",
        )
        ledger.note(
            "IN-DISTRICT",
            Severity.SOFT,
            "no known district has this code or name; the one around the point was taken",
            named,
            values=[a or b for a, b in zip(naming.district, naming.district_name, strict=True)],
            remedy="map another column with --map district=COLUMN if the list has the codes",
            column="district",
        )
    return result


def by_nearest(districts: list[str], lat: Floats, lon: Floats, ledger: Ledger) -> None:
    """Give a row with a point but without a district that of the nearest station, in place."""
    accepted = np.flatnonzero(ledger.accepted & np.isfinite(lat))
    blank = [i for i in accepted.tolist() if not districts[i]]
    given = [i for i in accepted.tolist() if districts[i]]
    if not blank or not given:
        return
    from scipy.spatial import cKDTree  # noqa: PLC0415 - heavy import

    squeeze = np.cos(np.radians(np.median(lat[given])))
    flat = np.column_stack([lat, lon * squeeze])
    _, nearest = cKDTree(flat[given]).query(flat[blank])
    for i, position in zip(blank, np.atleast_1d(nearest), strict=True):
        districts[i] = districts[given[int(position)]]
    ledger.note(
        "IN-DISTRICT",
        Severity.SOFT,
        "the district is missing; that of the nearest station was taken",
        blank,
        remedy="fill the district in the list, or import boundaries first",
        column="district",
    )
