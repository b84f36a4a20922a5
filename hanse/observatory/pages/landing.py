from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hanse.kit.gate import public
from hanse.observatory.documents.maps import key_of_strength, map_of_strength
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import findings
from hanse.observatory.queries.europe import panorama
from hanse.observatory.queries.figures import Release, best_year
from hanse.observatory.queries.overview import sector_lines

LISTED = 10


@public
@with_release
def landing(request: HttpRequest, release: Release) -> HttpResponse:
    year = best_year(release)
    found = panorama(release, year)
    divisions = [line for line in sector_lines(release, year) if line.sector.is_division]
    context = {
        "release": release,
        "year": year,
        "found": found,
        "title": findings.of_panorama(found),
        "map": map_of_strength(found),
        "key": key_of_strength(),
        "concentrated": _leading(divisions, "gini"),
        "starred": _leading(divisions, "three_stars"),
    }
    return render(request, "observatory/landing.html", context)


def _leading(lines: list, by: str) -> list:  # type: ignore[type-arg]
    known = [line for line in lines if getattr(line, by)]
    return sorted(known, key=lambda line: -getattr(line, by))[:LISTED]
