"""Up to twelve regions side by side, ranked by the reader's own weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hanse.observatory.queries.figures import Region, Release
from hanse.observatory.queries.region import (
    IndustrialChange,
    RegionYear,
    Shift,
    changed,
    explained,
    region_years,
)

AT_MOST = 12
SPREAD = 2.0


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """What a region is compared by, read in a few columns."""

    region: Region
    whole: RegionYear | None
    making_share: float | None
    making_wages: float | None
    explained: Shift | None
    changed: IndustrialChange | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of the comparison; more is better for whoever gives it a weight."""

    slug: str
    label: Promise
    unit: Promise
    decimals: int
    kind: str
    of: Callable[[RegionFacts], float | None]


def _total(facts: RegionFacts) -> float | None:
    return facts.whole.total if facts.whole else None


def _own_part(facts: RegionFacts) -> float | None:
    explained = facts.explained
    return explained.local / explained.at_start if explained and explained.at_start else None


def _full_marks(facts: RegionFacts) -> float | None:
    return facts.whole.three_stars if facts.whole else None


def _rated(facts: RegionFacts) -> float | None:
    return facts.whole.rated if facts.whole else None


def _variety(facts: RegionFacts) -> float | None:
    return 1 / facts.whole.hhi if facts.whole and facts.whole.hhi else None


def _change(facts: RegionFacts) -> float | None:
    return facts.changed.structural_change if facts.changed else None


MEASURES = {
    measure.slug: measure
    for measure in (
        Measure("persons", _("persons employed"), _("persons"), 0, "number", _total),
        Measure(
            "manufacturing",
            _("manufacturing"),
            _("share of persons employed"),
            1,
            "percent",
            lambda facts: facts.making_share,
        ),
        Measure(
            "pay",
            _("wages in manufacturing"),
            _("EUR per person employed"),
            0,
            "number",
            lambda facts: facts.making_wages,
        ),
        Measure(
            "own_part",
            _("the region’s own part of its growth"),
            _("share of persons at the start"),
            1,
            "percent",
            _own_part,
        ),
        Measure("full_marks", _("clusters with three stars"), _("count"), 0, "number", _full_marks),
        Measure("rated", _("rated clusters"), _("count"), 0, "number", _rated),
        Measure(
            "variety", _("variety"), _("equally large sectors (1 / HHI)"), 1, "number", _variety
        ),
        Measure(
            "change",
            _("structural change"),
            _("share of persons that moved between sectors"),
            1,
            "percent",
            _change,
        ),
    )
}
DEFAULT_WEIGHTS = {"persons": 1.0, "manufacturing": 1.0, "own_part": 1.0, "full_marks": 1.0}


@dataclass(frozen=True, slots=True)
class Compared:
    region: Region
    values: tuple[float | None, ...]
    score: float
    rank: int
    best: int
    worst: int

    @property
    def is_firm(self) -> bool:
        """Whether no weights within the spread would move the region."""
        return self.best == self.worst


@dataclass(frozen=True, slots=True)
class Comparison:
    release: Release
    year: int
    start: int
    measures: tuple[Measure, ...]
    weights: tuple[float, ...]
    rows: tuple[Compared, ...]

    @property
    def unknown(self) -> int:
        return sum(value is None for row in self.rows for value in row.values)


def comparison(
    release: Release,
    regions: Sequence[str],
    year: int,
    start: int,
    weights: Mapping[str, float],
) -> Comparison:
    import numpy as np

    from hanse.engines.regional.ranking import ranking

    chosen = list(dict.fromkeys(regions))[:AT_MOST]
    measures = tuple(MEASURES[slug] for slug in MEASURES if slug in weights)
    facts = [_facts(release, code, year, start) for code in chosen]
    values = [tuple(measure.of(one) for measure in measures) for one in facts]
    rows: tuple[Compared, ...] = ()
    if facts and measures:
        known = np.array([[np.nan if v is None else v for v in own] for own in values], dtype=float)
        ranked = ranking(known, np.array([weights[m.slug] for m in measures]), SPREAD)
        rows = tuple(
            Compared(one.region, own, score, rank, best, worst)
            for one, own, score, rank, best, worst in zip(
                facts,
                values,
                ranked.scores,
                ranked.ranks,
                ranked.best,
                ranked.worst,
                strict=True,
            )
        )
    return Comparison(
        release=release,
        year=year,
        start=start,
        measures=measures,
        weights=tuple(weights[measure.slug] for measure in measures),
        rows=tuple(sorted(rows, key=lambda row: (row.rank, row.region.code))),
    )


def _facts(release: Release, region: str, year: int, start: int) -> RegionFacts:
    columns = ("sector", "year", "share", "wages_per_person")
    cells = release.of_region("cells_by_region", region, columns).to_pydict()
    making = next(
        (
            (share, wages)
            for sector, at, share, wages in zip(*cells.values(), strict=True)
            if sector == "C" and at == year
        ),
        (None, None),
    )
    return RegionFacts(
        region=release.region(region),
        whole=next((one for one in region_years(release, region) if one.year == year), None),
        making_share=making[0],
        making_wages=making[1],
        explained=explained(release, region, start, year),
        changed=changed(release, region, start, year),
    )
