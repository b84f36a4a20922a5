"""Maps of answers: hexagons always, real boundaries where this installation has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.kit.maps import Classes, HexGrid, Label, Shapes, atlas, hexmap, shapes
from hanse.observatory.documents.addresses import pattern
from hanse.observatory.queries import findings
from hanse.observatory.queries.europe import Panorama
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.indicators import Kind
from hanse.observatory.queries.region import RegionPortrait
from hanse.observatory.queries.sector import SectorMap, SectorRow

NAMED = 7
SMALL = 10
BIG = 34
COUNTS_OF_CLUSTERS = Classes((1, 2, 4, 7), ("q1", "q3", "q4", "q5", "q6"))
WORDS_OF_STRENGTH = ("0", "1", "2–3", "4–6", "7+")


@lru_cache(maxsize=4)
def grid(release: Release) -> HexGrid:
    placed = {r.code: r.place for r in release.regions.values() if r.place is not None}
    return HexGrid(placed, {code: release.regions[code].country for code in placed})


OUTLINES = {
    2013: "nuts_2013_60M.geojson",
    2016: "nuts_2016_20M.geojson",
    2021: "nuts_2021_simplified.geojson",
    2024: "nuts_2024_20M.geojson",
}


def boundaries(release: Release) -> Shapes | None:
    """Boundaries of the release's NUTS version from the data pack; never part of the repository."""
    outlines = OUTLINES.get(release.note["nuts_version"])
    if outlines is None:
        return None
    pack = Path(settings.HANSE_DATA)
    world = pack / "world_countries" / "countries-110m.json"
    return shapes(pack / "nuts" / outlines, world if world.exists() else None)


def map_of_sector(found: SectorMap, kind: str, *, linked: bool = True) -> SafeString:
    """The map of a sector: `kind` is hexagons or boundaries; counts are drawn as circles."""
    titles = {row.region.code: _title(found, row) for row in found.rows}
    label = _("%(indicator)s, %(sector)s, %(year)s") % {
        "indicator": found.indicator.label,
        "sector": found.sector.title,
        "year": found.year,
    }
    sheet = boundaries(found.release) if kind == "boundaries" else None
    links = _addresses(found) if linked else None
    if sheet is not None and found.indicator.kind is not Kind.COUNT:
        return atlas(
            sheet,
            found.painted,
            label=label,
            description=findings.of_sector(found),
            titles=titles,
            links=links,
            labels=_labels(found),
            names={code: region.name for code, region in found.release.regions.items()},
        )
    return hexmap(
        grid(found.release),
        found.painted,
        spacing=BIG,
        label=label,
        titles=titles if found.level == 2 else None,  # noqa: PLR2004 -- NUTS level
        links=links,
        values=_printed(found),
        estimates=[row.region.code for row in found.rows if row.estimated],
        circles=_circles({r.region.code: r.value for r in found.rows if r.value is not None})
        if found.indicator.kind is Kind.COUNT
        else None,
    )


def _title(found: SectorMap, row: SectorRow) -> str:
    if row.value is None:
        value = _("confidential") if row.is_confidential else _("not published")
    else:
        value = findings.shown(found.indicator, row.value)
    return f"{row.region.name}: {value}"


def _addresses(found: SectorMap) -> Mapping[str, str]:
    at = pattern("region")
    return {
        row.region.code: f"{at.replace('CODE', row.region.code)}?year={found.year}"
        for row in found.rows
    }


def _labels(found: SectorMap) -> list[Label]:
    if found.level != 2:  # noqa: PLR2004 -- NUTS level
        return []
    return [
        Label(row.region.code, row.region.name, findings.shown(found.indicator, row.value))
        for row in found.leaders[:NAMED]
    ]


def _printed(found: SectorMap) -> dict[str, str]:
    """Values printed into the hexagons of the two top classes, as short as they allow."""
    if found.indicator.kind is not Kind.RATIO or found.level != 2:  # noqa: PLR2004 -- NUTS level
        return {}
    return {
        row.region.code: findings.figure(row.value, 1)
        for row in found.rows
        if row.painted in {"q5", "q6"}
    }


def _circles(values: Mapping[str, float]) -> dict[str, float]:
    largest = max(values.values(), default=0) or 1
    return {code: value / largest for code, value in values.items()}


def small_maps(found: SectorMap) -> list[SafeString]:
    """One small map a year, all in the same classes."""
    return [
        hexmap(
            grid(found.release),
            year.painted,
            spacing=SMALL,
            label=_("%(sector)s in %(year)s") % {"sector": found.sector.name, "year": year.year},
            circles=_circles(year.values) if found.indicator.kind is Kind.COUNT else None,
            countries="plain",
        )
        for year in found.years
    ]


def key_of_strength() -> SafeString:
    """What the colours of the map of strength mean."""
    fields = "".join(
        f'<rect class="{paint}" x="{60 * place}" width="57" height="10"/>'
        f'<text x="{60 * place + 28}" y="26" font-size="13" class="mid">{word}</text>'
        for place, (paint, word) in enumerate(
            zip(COUNTS_OF_CLUSTERS.paints, WORDS_OF_STRENGTH, strict=True)
        )
    )
    label = _("Key: number of clusters that pass all three tests")
    return SafeString(
        f'<svg class="key" viewBox="0 0 300 32" role="img" aria-label="{escape(label)}">'
        f"{fields}</svg>"
    )


def paints_of_strength(found: Panorama) -> dict[str, str]:
    """The colour class of each surveyed region; hatched where no sector of it is published."""
    known = found.release.regions_with_figures(found.year)
    full = found.full_marks
    return {
        code: COUNTS_OF_CLUSTERS.of(float(full.get(code, 0)) if code in known else None)
        for code in grid(found.release).places
        if code in found.release.surveyed_regions
    }


def map_of_strength(found: Panorama) -> SafeString:
    """Europe at once: each region by how many of its clusters pass all three tests."""
    full, painted = found.full_marks, paints_of_strength(found)
    return hexmap(
        grid(found.release),
        painted,
        spacing=BIG,
        label=_("Clusters that pass all three tests, by region, %(year)s") % {"year": found.year},
        titles={
            code: f"{found.release.regions[code].name}: "
            + (_("not published") if paint == "nk" else findings.figure(full.get(code, 0)))
            for code, paint in painted.items()
        },
        links={code: pattern("region").replace("CODE", code) for code in painted},
        values={code: str(count) for code, count in full.items() if count > 1},
    )


def place_of(found: RegionPortrait, label: str) -> SafeString:
    """Where a region lies, on the small schematic map: its country paler around it."""
    own = found.region
    painted = {
        code: "q6"
        if code.startswith(own.code)
        else ("q3" if region.country == own.country else "q1")
        for code, region in found.release.regions.items()
        if region.place is not None
    }
    return hexmap(grid(found.release), painted, spacing=SMALL, label=label, countries="plain")
