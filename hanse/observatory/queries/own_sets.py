"""Figures of a sector set that somebody loaded: computed once by a job, only read here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hanse.kit.numbers import country
from hanse.observatory.models import OwnSectorSet
from hanse.observatory.queries import findings
from hanse.observatory.queries.figures import Region, Release, best_year
from hanse.observatory.queries.indicators import INDICATORS, Indicator, Kind

OFFERED = {slug: INDICATORS[slug] for slug in ("lq", "share", "persons")}
CELLS = "cells.parquet"
TWICE = 2.0


@dataclass(frozen=True, slots=True)
class SetCell:
    """A category in a region and a year. `bound`: a code is not known, so persons is a lower bound;
    `total_bound`: the region's total is one, so share and quotient may be smaller."""

    category: str
    year: int
    region: str
    persons: float
    bound: bool
    classes_known: int
    classes: int
    share: float | None
    lq: float | None
    total_bound: bool

    @property
    def flag(self) -> str:
        return " ".join(
            sign for sign, holds in (("≥", self.bound), ("total ≥", self.total_bound)) if holds
        )


@dataclass(frozen=True, slots=True)
class SetRow:
    region: Region
    value: float | None
    cell: SetCell | None
    rank: int | None
    painted: str


@dataclass(frozen=True)
class SetMap:
    """One category of a set across regions."""

    own: OwnSectorSet
    release: Release
    category: str
    year: int
    indicator: Indicator
    rows: tuple[SetRow, ...]

    @property
    def leaders(self) -> tuple[SetRow, ...]:
        return tuple(row for row in self.rows if row.value is not None)

    @property
    def unknown(self) -> int:
        return len(self.rows) - len(self.leaders)

    def flag_of(self, row: SetRow) -> str:
        """What bounds the value of this indicator: the total bounds no count of persons."""
        if row.cell is None:
            return ""
        if self.indicator.kind is Kind.COUNT:
            return "≥" if row.cell.bound else ""
        return row.cell.flag

    @property
    def bounds(self) -> int:
        """How many regions have a lower bound only."""
        return sum(row.cell is not None and row.cell.bound for row in self.rows)


def figures_folder(number: int) -> Path:
    return Path(settings.HANSE_RELEASES).parent / "own_sets" / str(number)


def has_figures(own: OwnSectorSet) -> bool:
    return own.computed_at is not None and (figures_folder(own.pk) / CELLS).is_file()


def versions_of(own: OwnSectorSet) -> list[OwnSectorSet]:
    """All versions of the set that its owner keeps, the newest first."""
    return list(OwnSectorSet.objects.filter(owner=own.owner_id, name=own.name))


def opening_year(own: OwnSectorSet, release: Release) -> int:
    best = best_year(release)
    return best if best in own.years else int(own.years[-1])


def cells_of(own: OwnSectorSet, category: str = "", year: int | None = None) -> list[SetCell]:
    """Cells of one category, of one year, or all there are."""
    import pyarrow.compute as pc
    from pyarrow.parquet import ParquetFile

    columns = list(SetCell.__dataclass_fields__)
    with ParquetFile(figures_folder(own.pk) / CELLS) as file:
        groups = sorted(own.categories)
        if category in groups and len(groups) == file.num_row_groups:
            # One row group a category, in order, as the job wrote them.
            place = groups.index(category)
            rows = file.read_row_group(place, columns=columns, use_threads=False)
        else:
            rows = file.read(columns=columns, use_threads=False)
    if category:
        rows = rows.filter(pc.equal(rows["category"], category))
    if year is not None:
        rows = rows.filter(pc.equal(rows["year"], year))
    found = rows.to_pydict()
    return [SetCell(*row) for row in zip(*(found[name] for name in columns), strict=True)]


def set_map(
    own: OwnSectorSet, release: Release, category: str, year: int, indicator: Indicator
) -> SetMap:
    cells = {cell.region: cell for cell in cells_of(own, category, year)}
    surveyed = cells.keys() | _surveyed(release, year)
    found = [(code, _value(cells.get(code), indicator)) for code in sorted(surveyed)]
    found.sort(key=lambda one: (one[1] is None, -(one[1] or 0)))
    rows: list[SetRow] = []
    for place, (code, value) in enumerate(found, start=1):
        same = rows and rows[-1].value == value
        rank = None if value is None else (rows[-1].rank if same else place)
        rows.append(
            SetRow(release.regions[code], value, cells.get(code), rank, indicator.paint(value))
        )
    return SetMap(own, release, category, year, indicator, tuple(rows))


def _value(cell: SetCell | None, indicator: Indicator) -> float | None:
    return None if cell is None else getattr(cell, indicator.column)


@lru_cache(maxsize=32)
def _surveyed(release: Release, year: int) -> frozenset[str]:
    """Regions that take part in the public statistics in the year: what is missing is hatched."""
    rows = release.whole("region_years", ("region", "year", "level")).to_pydict()
    found = zip(rows["region"], rows["year"], rows["level"], strict=True)
    return frozenset(code for code, at, level in found if at == year and level == 2)  # noqa: PLR2004 -- NUTS


# In words ----------------------------------------------------------------------------------------


def finding(found: SetMap) -> str:
    """The sentence the page opens with; it says where the leader's figure is a bound."""
    if not found.leaders:
        return _("%(category)s: no region has a figure in %(year)s") % {
            "category": found.category,
            "year": found.year,
        }
    first = found.leaders[0]
    words = {
        "category": found.category,
        "region": first.region.name,
        "country": country(first.region.country),
        "value": findings.shown(found.indicator, first.value),
    }
    return _sentence(found, first) % words


def _sentence(found: SetMap, first: SetRow) -> str:
    cell = first.cell
    least = cell is not None and cell.bound and not cell.total_bound
    most = cell is not None and cell.total_bound and not cell.bound
    match found.indicator.kind:
        case Kind.RATIO if found.own.has_own_figures:
            return _("%(category)s: %(region)s has %(value)s times the share of the regions loaded")
        case Kind.RATIO if least:
            return _("%(category)s: %(region)s has at least %(value)s times the European share")
        case Kind.RATIO if most:
            return _("%(category)s: %(region)s has at most %(value)s times the European share")
        case Kind.RATIO:
            return _("%(category)s: %(region)s has %(value)s times the European share")
        case Kind.SHARE if least:
            return _("%(category)s: at least %(value)s of those employed in %(region)s work in it")
        case Kind.SHARE if most:
            return _("%(category)s: at most %(value)s of those employed in %(region)s work in it")
        case Kind.SHARE:
            return _("%(category)s: %(value)s of those employed in %(region)s work in it")
        case _ if cell is not None and cell.bound:
            return _(
                "%(category)s: %(region)s is largest, with at least %(value)s persons employed"
            )
        case _:
            return _("%(category)s: %(region)s is largest, with %(value)s persons employed")


# About a person ----------------------------------------------------------------------------------


def about(person: Any) -> Sequence[Mapping[str, object]]:
    return [own.as_record() for own in OwnSectorSet.objects.filter(owner=person)]


def figures_about(person: Any) -> Iterator[tuple[str, bytes]]:
    for own in OwnSectorSet.objects.filter(owner=person):
        if has_figures(own):
            yield f"{own.pk}-{CELLS}", (figures_folder(own.pk) / CELLS).read_bytes()
