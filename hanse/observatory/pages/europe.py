"""The panorama of all rated clusters, filterable, with totals and with how regions changed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hanse.kit.gate import public
from hanse.kit.numbers import country, figure, large, percent
from hanse.kit.tables import NOT_PUBLISHED, Bar, Column, Named, Row, Table
from hanse.kit.templatetags.kit import stars
from hanse.observatory.documents.addresses import address
from hanse.observatory.documents.maps import key_of_strength, map_of_strength
from hanse.observatory.forms.questions import EuropeQuestion
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import findings
from hanse.observatory.queries.europe import (
    Change,
    Cluster,
    Panorama,
    industrial_change,
    panorama,
)
from hanse.observatory.queries.figures import Release

A_PAGE = 100
MOST_CHANGED = 15


def asked(release: Release, question: EuropeQuestion) -> Panorama:
    answers = question.answers
    return panorama(
        release,
        answers["year"],
        scheme=answers["scheme"],
        reference=answers["reference"],
        country=answers["country"],
        sector=answers["sector"],
        at_least=answers["least"],
    )


@public
@with_release
def europe(request: HttpRequest, release: Release) -> HttpResponse:
    question = EuropeQuestion(release, request.GET)
    found = asked(release, question)
    page = Paginator(found.clusters, A_PAGE).get_page(request.GET.get("page"))
    start, year = question.answers["start"], question.answers["year"]
    changes = [
        change
        for change in (industrial_change(release, start, year) if start < year else ())
        if change.region.code.startswith(question.answers["country"])
    ]
    context = {
        "release": release,
        "question": question,
        "found": found,
        "title": findings.of_panorama(found),
        "facts": _facts(found),
        "map": map_of_strength(found),
        "key": key_of_strength(),
        "countries": _countries(found),
        "page": page,
        "table": _table(list(page.object_list), found),
        "changes": _changes(changes[:MOST_CHANGED]) if changes else None,
        "changes_count": len(changes),
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/europe.html", context)


def _facts(found: Panorama) -> list[tuple[str, str]]:
    passed = found.by_passed
    return [
        (figure(len(found.clusters)), _("clusters that pass at least one test")),
        (large(found.persons), _("persons employed in them")),
        (percent(found.share, 1), _("of Europe’s business economy")),
        (figure(passed.get(3, 0)), _("pass all three tests")),
    ]


def _countries(found: Panorama) -> Table:
    columns = [
        Column(_("Country"), "head"),
        Column(_("Clusters"), "number"),
        Column(_("Bar"), "bar", hidden_head=True),
    ]
    most = max(found.by_country.values(), default=1)
    rows = [
        Row([Named(country(code), address("region", code), code), count, Bar(count / most)])
        for code, count in found.by_country.items()
    ]
    return Table(columns, rows)


def _table(clusters: list[Cluster], found: Panorama) -> Table:
    columns = [
        Column(_("Region"), "head"),
        Column(_("Country"), "text", narrow="hides"),
        Column(_("Sector"), "link"),
        Column(_("Tests passed"), "html"),
        Column(_("Persons employed"), "number"),
        Column(_("Location quotient"), "number", 1, short=_("LQ")),
        Column(_("Share of the region"), "percent", 1),
        Column(_("Wages per person, EUR"), "number", narrow="hides"),
    ]
    rows = [
        Row(
            [
                Named(
                    cluster.region.name,
                    address("region", cluster.region.code),
                    cluster.region.code,
                ),
                country(cluster.region.country),
                Named(
                    cluster.sector.name,
                    f"{address('sector', cluster.sector.code)}?year={found.year}",
                    cluster.sector.code,
                ),
                stars(cluster.passed, 3, cluster.unknown),
                *(
                    NOT_PUBLISHED if value is None else value
                    for value in (
                        cluster.persons,
                        cluster.lq,
                        cluster.share,
                        cluster.wages_per_person,
                    )
                ),
            ]
        )
        for cluster in clusters
    ]
    return Table(columns, rows)


def _changes(changes: list[Change]) -> Table:
    columns = [
        Column(_("Region"), "head"),
        Column(_("Structural change"), "percent", 1),
        Column(_("Entries"), "number"),
        Column(_("Exits"), "number"),
        Column(_("Sectors compared"), "number"),
    ]
    rows = [
        Row(
            [
                Named(
                    change.region.name,
                    address("region", change.region.code),
                    change.region.code,
                ),
                NOT_PUBLISHED if change.structural_change is None else change.structural_change,
                change.entries,
                change.exits,
                change.compared,
            ]
        )
        for change in changes
    ]
    return Table(columns, rows)
