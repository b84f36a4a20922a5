"""One figure with everything it rests on: the formula with its numbers, the cells behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hanse.kit.numbers import figure
from hanse.observatory.queries.figures import Region, Release, Sector
from hanse.observatory.queries.indicators import Indicator
from hanse.observatory.words import Flag


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One number that the figure was made of, as the source has it."""

    symbol: str
    meaning: Promise
    value: str
    flag: str | Promise
    address: str


@dataclass(frozen=True, slots=True)
class Provenance:
    release: Release
    region: Region
    sector: Sector
    year: int
    indicator: Indicator
    value: float | None
    flag: str
    lower_bound: bool
    cells: tuple[SourceCell, ...]
    tests: tuple[tuple[str, bool | None, str], ...]

    @property
    def flag_in_words(self) -> str:
        return ", ".join(str(Flag(letter).label) for letter in self.flag if letter in Flag.values)


WANTED = (
    "region",
    "year",
    "persons",
    "persons_flag",
    "local_units",
    "local_units_flag",
    "wages",
    "wages_flag",
    "total",
    "total_bound",
    "growth",
    "size_rank",
    "size_known",
    "size_cut",
    "size_value_at_cut",
    "focus_rank",
    "focus_cut",
    "focus_value_at_cut",
    "wages_rank",
    "wages_cut",
    "wages_value_at_cut",
    "stars_size",
    "stars_specialisation",
    "stars_focus",
    "factors_specialisation",
    "factors_size",
    "factors_productivity",
)


def provenance(
    release: Release,
    region: str,
    sector: str,
    year: int,
    indicator: Indicator,
    reference: str = "europe",
) -> Provenance:
    column = indicator.column_for(reference)
    found = release.region(region), release.sector(sector)
    columns = sorted({*WANTED, column, "lq", "share"})
    rows = release.of_region("cells_by_region", region, ["sector", *columns]).to_pylist()
    rows = [row for row in rows if row["sector"] == sector]
    own = next((row for row in rows if row["year"] == year), dict.fromkeys(columns))
    before = next((row for row in rows if row["year"] == year - 1), dict.fromkeys(columns))
    area = (
        _own_country(release, found[0].country, sector, year)
        if reference == "country"
        else _europe(release, sector, year)
    )
    return Provenance(
        release=release,
        region=found[0],
        sector=found[1],
        year=year,
        indicator=indicator,
        value=own[column],
        flag=own[f"{indicator.measure}_flag"] or "",
        lower_bound=bool(own["total_bound"]) and indicator.slug in {"lq", "share", "stars"},
        cells=_cells(indicator.slug, own, before, area, (region, sector, year)),
        tests=_tests(indicator.slug, own),
    )


def _europe(release: Release, sector: str, year: int) -> dict[str, Any]:
    columns = ("sector", "year", "reference_persons", "reference_bound", "reference_total")
    rows = release.where("sector_years", "sector", sector, columns)
    return next((row for row in rows if row["year"] == year), {})


def _own_country(release: Release, country: str, sector: str, year: int) -> dict[str, Any]:
    """The country as reference area; blank where its own cell is not published."""
    columns = ("sector", "year", "persons", "total")
    rows = release.of_region("cells_by_region", country, columns).to_pylist()
    for row in rows:
        if (row["sector"], row["year"]) == (sector, year):
            return {"reference_persons": row["persons"], "reference_total": row["total"]}
    return {}


def _cells(
    slug: str,
    own: dict[str, Any],
    before: dict[str, Any],
    europe: dict[str, Any],
    where: tuple[str, str, int],
) -> tuple[SourceCell, ...]:
    region, sector, year = where
    place, own_place = f"{region} · {sector} · {year}", f"{region} · {year}"
    persons = SourceCell(
        "x(i,r)",
        _("persons employed in the sector and region"),
        figure(own["persons"]),
        own["persons_flag"] or "",
        f"sbs_r_nuts06_r2 · V16110 · {place}",
    )
    total = SourceCell(
        "X(r)",
        _("total of the region over sections B to J and L to N"),
        figure(own["total"]),
        _("lower bound") if own["total_bound"] else "",
        f"sbs_r_nuts06_r2 · V16110 · {own_place} · B–J, L–N",
    )
    in_europe = SourceCell(
        "X(i)",
        _("persons employed in the sector in the reference area"),
        figure(europe.get("reference_persons")),
        _("some countries summed from regions") if europe.get("reference_bound") else "",
        f"sbs_r_nuts06_r2 · V16110 · NUTS 0 · {sector} · {year}",
    )
    all_of_europe = SourceCell(
        "X",
        _("total of the reference area"),
        figure(europe.get("reference_total")),
        "",
        f"sbs_r_nuts06_r2 · V16110 · NUTS 0 · B–J, L–N · {year}",
    )
    wages = SourceCell(
        "w(i,r)",
        _("wages and salaries, million EUR"),
        figure(own["wages"], 1),
        own["wages_flag"] or "",
        f"sbs_r_nuts06_r2 · V13320 · {place}",
    )
    former = SourceCell(
        "x(i,r), y−1",
        _("persons employed the year before"),
        figure(before["persons"]),
        before["persons_flag"] or "",
        f"sbs_r_nuts06_r2 · V16110 · {region} · {sector} · {year - 1}",
    )
    units = SourceCell(
        "u(i,r)",
        _("local units"),
        figure(own["local_units"]),
        own["local_units_flag"] or "",
        f"sbs_r_nuts06_r2 · V11210 · {place}",
    )
    behind = {
        "lq": (persons, total, in_europe, all_of_europe),
        "share": (persons, total),
        "growth": (persons, former),
        "wages_per_person": (wages, persons),
        "local_units": (units,),
        "stars": (persons, total, in_europe, all_of_europe),
        "factors": (persons, total, in_europe, all_of_europe, wages),
    }
    return behind.get(slug, (persons,))


def _tests(slug: str, own: dict[str, Any]) -> tuple[tuple[str, bool | None, str], ...]:
    def rank(name: str) -> str:
        if own[f"{name}_rank"] is None:
            return str(_("rank not known"))
        return str(_("rank %(rank)s, passes up to %(cut)s")) % {
            "rank": own[f"{name}_rank"],
            "cut": own[f"{name}_cut"],
        }

    quotient = f"LQ {figure(own['lq'], 3) or '–'}, " + str(_("passes from 2"))
    if slug == "stars":
        return (
            (str(_("Size")), own["stars_size"], rank("size")),
            (str(_("Specialisation")), own["stars_specialisation"], quotient),
            (str(_("Focus")), own["stars_focus"], rank("focus")),
        )
    if slug == "factors":
        return (
            (str(_("Specialisation")), own["factors_specialisation"], quotient),
            (str(_("Size")), own["factors_size"], rank("size")),
            (str(_("Productivity")), own["factors_productivity"], rank("wages")),
        )
    return ()
