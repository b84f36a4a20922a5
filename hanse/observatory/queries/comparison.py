"""Up to twelve regions side by side, ranked by the reader's own weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hanse.observatory.queries.figures import Region, Release
from hanse.observatory.queries.region import RegionPortrait, region_portrait

AT_MOST = 12
SPREAD = 2.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of the comparison; more is better for whoever gives it a weight."""

    slug: str
    label: Promise
    unit: Promise
    decimals: int
    kind: str
    of: Callable[[RegionPortrait], float | None]


def _total(portrait: RegionPortrait) -> float | None:
    return portrait.of_year.total if portrait.of_year else None


def _manufacturing(portrait: RegionPortrait) -> float | None:
    cell = portrait.cell("C")
    return cell.share if cell else None


def _pay(portrait: RegionPortrait) -> float | None:
    cell = portrait.cell("C")
    return cell.wages_per_person if cell else None


def _own_part(portrait: RegionPortrait) -> float | None:
    explained = portrait.explained
    return explained.local / explained.at_start if explained and explained.at_start else None


def _full_marks(portrait: RegionPortrait) -> float | None:
    return portrait.of_year.three_stars if portrait.of_year else None


def _rated(portrait: RegionPortrait) -> float | None:
    return float(len(portrait.strongest("stars")))


def _variety(portrait: RegionPortrait) -> float | None:
    hhi = portrait.of_year.hhi if portrait.of_year else None
    return 1 / hhi if hhi else None


def _change(portrait: RegionPortrait) -> float | None:
    return portrait.changed.structural_change if portrait.changed else None


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
            _manufacturing,
        ),
        Measure(
            "pay", _("wages in manufacturing"), _("EUR per person employed"), 0, "number", _pay
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
    portraits = [region_portrait(release, code, year, start) for code in chosen]
    values = [tuple(measure.of(portrait) for measure in measures) for portrait in portraits]
    rows: tuple[Compared, ...] = ()
    if portraits and measures:
        known = np.array([[np.nan if v is None else v for v in own] for own in values], dtype=float)
        ranked = ranking(known, np.array([weights[m.slug] for m in measures]), SPREAD)
        rows = tuple(
            Compared(portrait.region, own, score, rank, best, worst)
            for portrait, own, score, rank, best, worst in zip(
                portraits,
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
