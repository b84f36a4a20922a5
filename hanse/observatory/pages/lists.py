"""All sectors, all regions: plain tables from which everything can be reached."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hanse.kit.gate import public
from hanse.kit.numbers import country
from hanse.kit.tables import NOT_PUBLISHED, Column, Named, Row, Table
from hanse.observatory.documents.addresses import address
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries.figures import Release, best_year
from hanse.observatory.queries.overview import SectorLine, sector_lines
from hanse.observatory.queries.region import by_country


@public
@with_release
def sectors(request: HttpRequest, release: Release) -> HttpResponse:
    year = best_year(release)
    lines = sector_lines(release, year)
    by_section: dict[str, list[SectorLine]] = {}
    for line in lines:
        section = line.sector.section
        known = section if section in release.sectors else line.sector.code
        by_section.setdefault(known, []).append(line)
    parts = [(release.sectors[code], _table(own)) for code, own in by_section.items()]
    context = {"release": release, "year": year, "parts": parts}
    return render(request, "observatory/sectors.html", context)


def _table(lines: list[SectorLine]) -> Table:
    columns = [
        Column(_("Sector"), "head"),
        Column(_("Persons employed"), "number"),
        Column(_("Gini over regions"), "number", 2, narrow="hides"),
        Column(_("Three stars"), "number"),
        Column(_("Strongest"), "link"),
        Column(_("LQ"), "number", 1),
    ]
    rows = [
        Row(
            [
                Named(
                    line.sector.name,
                    address("sector", line.sector.code),
                    line.sector.code,
                ),
                NOT_PUBLISHED if line.persons is None else line.persons,
                NOT_PUBLISHED if line.gini is None else line.gini,
                line.three_stars,
                Named(line.leader.name, address("region", line.leader.code)) if line.leader else "",
                NOT_PUBLISHED if line.leader_lq is None else line.leader_lq,
            ]
        )
        for line in lines
    ]
    return Table(columns, rows)


@public
@with_release
def regions(request: HttpRequest, release: Release) -> HttpResponse:
    parts = [
        (country(code), code, [region for region in own if region.level == 2])  # noqa: PLR2004 -- NUTS
        for code, own in by_country(release.regions.values())
    ]
    parts.sort(key=lambda part: part[0])
    return render(request, "observatory/regions.html", {"release": release, "parts": parts})


@public
@with_release
def traded_clusters(request: HttpRequest, release: Release) -> HttpResponse:
    columns = [
        Column(_("Traded cluster"), "head"),
        Column(_("Division that carries it"), "link"),
        Column(_("Part of the cluster"), "percent"),
        Column(_("Part of the division"), "percent"),
    ]
    rows = []
    for one in release.traded_clusters:
        known = release.sectors.get(one.division)
        division = (
            Named(known.name, address("sector", known.code), known.code)
            if known
            else Named(one.division)
        )
        rows.append(Row([Named(one.name, lang="en"), division, one.weight, one.coverage]))
    context = {
        "release": release,
        "count": len({one.name for one in release.traded_clusters}),
        "table": Table(columns, rows),
    }
    return render(request, "observatory/traded_clusters.html", context)
