"""Policy peers of a region: who has the same structure, and who does better with it.

Our own method, and transparent: every variable, its weight and its part of each distance is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log10
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hanse.observatory.queries.figures import Region, Release, UnknownRegion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHOWN = 15


@dataclass(frozen=True, slots=True)
class Variable:
    """What regions are compared in; `mix` is the sector mix, the others are single figures."""

    slug: str
    label: Promise
    says: Promise
    weight: float
    kind: str = "number"
    decimals: int = 0
    scaled: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    slug: str
    label: Promise
    kind: str
    decimals: int = 0


VARIABLES = {
    one.slug: one
    for one in (
        Variable("mix", _("sector mix"), _("persons employed by division"), 3),
        Variable(
            "population", _("size"), _("people, compared by orders of magnitude"), 1, scaled=True
        ),
        Variable(
            "urban_share",
            _("urbanity"),
            _("share of people in predominantly urban NUTS 3 regions"),
            1,
            "percent",
        ),
        Variable("gdp_per_head", _("income"), _("GDP per head in purchasing power standards"), 1),
        Variable(
            "farming_share", _("farming"), _("share of the employed in section A"), 1, "percent", 1
        ),
        Variable(
            "public_share",
            _("public services"),
            _("share of the employed in sections O to Q"),
            1,
            "percent",
            1,
        ),
    )
}
OUTCOMES = {
    one.slug: one
    for one in (
        Outcome(
            "jobs_growth", _("growth of persons employed in business, five years"), "percent", 1
        ),
        Outcome("gdp_growth", _("growth of GDP per head, five years"), "percent", 1),
        Outcome("wages_per_person", _("wages per person employed, EUR"), "number"),
    )
}
MEASURES = {"jensen_shannon": _("Jensen-Shannon"), "cosine": _("cosine")}
DEFAULT_WEIGHTS = {slug: variable.weight for slug, variable in VARIABLES.items()}


@dataclass(frozen=True, slots=True)
class Peer:
    """A region beside the one asked for. `parts` add up, squared, to the distance squared."""

    region: Region
    rank: int
    distance: float
    known: float
    parts: Mapping[str, float]
    values: Mapping[str, float | None]
    outcome: float | None
    better: bool | None


@dataclass(frozen=True, slots=True)
class RegionPeers:
    release: Release
    region: Region
    year: int
    measure: str
    weights: Mapping[str, float]
    abroad: bool
    outcome: Outcome
    own: Mapping[str, float | None]
    own_outcome: float | None
    peers: tuple[Peer, ...]
    without: int

    @property
    def nearest(self) -> tuple[Peer, ...]:
        return self.peers[:SHOWN]

    @property
    def better(self) -> tuple[Peer, ...]:
        """Of the nearest peers those that do better, the best first."""
        ahead = [peer for peer in self.nearest if peer.better]
        return tuple(sorted(ahead, key=lambda peer: -(peer.outcome or 0)))


def region_peers(
    release: Release,
    code: str,
    year: int,
    *,
    weights: Mapping[str, float],
    measure: str = "jensen_shannon",
    abroad: bool = False,
    outcome: str = "gdp_growth",
) -> RegionPeers:
    """All other NUTS 2 regions, the most alike first. Raises UnknownRegion for another level."""
    import numpy as np

    from hanse.engines.peers import Part, structural_peers

    region = release.region(code)
    figures = _figures(release, year)
    if code not in figures.place:
        raise UnknownRegion(code)
    place = figures.place[code]
    parts = {
        slug: Part.of_values(figures.scaled(slug), place) for slug in VARIABLES if slug != "mix"
    }
    away, typical = _mix_distances(release, code, year, measure, figures.place)
    parts["mix"] = Part(away, typical)
    found = structural_peers(parts, weights)
    outcomes = _outcomes(release, year, outcome)
    own_outcome = outcomes.get(code)
    order = np.argsort(found.distance, kind="stable").tolist()
    peers: list[Peer] = []
    without = 0
    for at in order:
        other = figures.codes[at]
        if other == code or (abroad and other[:2] == region.country):
            continue
        if np.isnan(found.distance[at]):
            without += 1
            continue
        reached = outcomes.get(other)
        peers.append(
            Peer(
                region=release.regions[other],
                rank=len(peers) + 1,
                distance=float(found.distance[at]),
                known=float(found.known[at]),
                parts={slug: float(one[at]) for slug, one in found.contributions.items()},
                values={slug: figures.value(slug, at) for slug in VARIABLES},
                outcome=reached,
                better=_better(OUTCOMES[outcome], reached, own_outcome),
            )
        )
    return RegionPeers(
        release=release,
        region=region,
        year=year,
        measure=measure,
        weights={slug: float(weights.get(slug, 0)) for slug in VARIABLES},
        abroad=abroad,
        outcome=OUTCOMES[outcome],
        own={slug: figures.value(slug, place) for slug in VARIABLES},
        own_outcome=own_outcome,
        peers=tuple(peers),
        without=without,
    )


def _better(outcome: Outcome, reached: float | None, own: float | None) -> bool | None:
    """Better in what is shown: a difference behind the last digit is none."""
    if reached is None or own is None:
        return None
    digits = outcome.decimals + (2 if outcome.kind == "percent" else 0)
    return round(reached, digits) > round(own, digits)


@dataclass(frozen=True)
class _Figures:
    """Single figures of all regions compared in a year; NaN where not known."""

    codes: list[str]
    place: Mapping[str, int]
    columns: Mapping[str, NDArray[np.float64]]

    def scaled(self, slug: str) -> NDArray[np.float64]:
        import numpy as np

        values = self.columns[slug]
        if not VARIABLES[slug].scaled:
            return values
        return np.array([log10(one) if one > 0 else np.nan for one in values])

    def value(self, slug: str, place: int) -> float | None:
        if slug not in self.columns:
            return None
        value = float(self.columns[slug][place])
        return value if value == value else None  # noqa: PLR0124 -- NaN is not equal to itself


@lru_cache(maxsize=16)
def _figures(release: Release, year: int) -> _Figures:
    """Regions with a sector mix in the year, and their context: the latest up to that year."""
    import numpy as np

    codes = sorted(
        code
        for code in release.regions_with_figures(year)
        if release.regions[code].level == 2  # noqa: PLR2004 -- NUTS level
    )
    place = {code: at for at, code in enumerate(codes)}
    slugs = [slug for slug in VARIABLES if slug != "mix"]
    columns = {slug: np.full(len(codes), np.nan) for slug in slugs}
    rows = release.whole("region_context", ["region", "year", *slugs]).to_pydict()
    for at, (code, when) in enumerate(zip(rows["region"], rows["year"], strict=True)):
        if code in place and year - 2 <= when <= year:
            for slug in slugs:
                if rows[slug][at] is not None:
                    columns[slug][place[code]] = rows[slug][at]
    return _Figures(codes, place, columns)


def _mix_distances(
    release: Release, code: str, year: int, measure: str, place: Mapping[str, int]
) -> tuple[NDArray[np.float64], float]:
    import numpy as np

    typical = f"{measure}_typical"
    rows = release.of_region("mix_distances", code, ("year", "other", measure, typical)).to_pydict()
    away = np.full(len(place), np.nan)
    scale = np.nan
    for when, other, value, mean in zip(
        rows["year"], rows["other"], rows[measure], rows[typical], strict=True
    ):
        if when == year and other in place and value is not None:
            away[place[other]], scale = value, mean
    return away, scale


@lru_cache(maxsize=64)
def _outcomes(release: Release, year: int, outcome: str) -> dict[str, float]:
    rows = release.whole("region_context", ("region", "year", outcome)).to_pydict()
    return {
        code: value
        for code, when, value in zip(rows["region"], rows["year"], rows[outcome], strict=True)
        if when == year and value is not None
    }
