"""One figure with everything it rests on: formula, source cells, flags, release, recomputation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hanse.kit.gate import public
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import findings
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.indicators import INDICATORS
from hanse.observatory.queries.methods import METHOD_OF
from hanse.observatory.queries.provenance import provenance


@public
@with_release
def figure(
    request: HttpRequest, release: Release, region: str, sector: str, year: int, slug: str
) -> HttpResponse:
    if slug not in INDICATORS or year not in release.years:
        raise Http404
    reference = request.GET.get("reference", "europe")
    found = provenance(release, region, sector, year, INDICATORS[slug], reference)
    context = {
        "release": release,
        "found": found,
        "shown": findings.shown(found.indicator, found.value),
        "method": METHOD_OF[slug],
    }
    return render(request, "observatory/figure.html", context)
