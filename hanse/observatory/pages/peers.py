"""Policy peers of a region: who is most like it, by what, and who does better."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hanse.kit.gate import public
from hanse.kit.numbers import country
from hanse.kit.tables import NOT_PUBLISHED, Bar, Column, Named, Row, Table
from hanse.observatory.documents.addresses import address
from hanse.observatory.forms.questions import PeersQuestion
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import structure_findings
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.methods import METHODS
from hanse.observatory.queries.peers import VARIABLES, RegionPeers, region_peers


def asked(release: Release, code: str, question: PeersQuestion) -> RegionPeers:
    answers = question.answers
    return region_peers(
        release,
        code.upper(),
        answers["year"],
        weights=question.weights,
        measure=answers["measure"],
        abroad=answers["abroad"],
        outcome=answers["outcome"],
    )


@public
@with_release
def region(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    question = PeersQuestion(release, request.GET)
    found = asked(release, code, question)
    context = {
        "release": release,
        "question": question,
        "found": found,
        "title": structure_findings.of_peers(found),
        "lead": structure_findings.lead_of_peers(found),
        "weight_fields": [(question[f"w_{slug}"], one) for slug, one in VARIABLES.items()],
        "nearest": _nearest(found),
        "values": _values(found),
        "method": METHODS["peers"],
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/peers.html", context)


def _nearest(found: RegionPeers) -> Table:
    """How far each peer is, and what keeps it apart: squares of the parts add up to the square."""
    columns = [
        Column(_("Rank"), "rank", hidden_head=True),
        Column(_("Region"), "head"),
        Column(_("Country"), "text", narrow="hides"),
        Column(_("Distance"), "number", 2),
        Column(_("Bar"), "bar", hidden_head=True, narrow="hides"),
        Column(_("Mostly apart in"), "text", narrow="hides"),
        Column(capfirst(str(found.outcome.label)), found.outcome.kind, found.outcome.decimals),  # type: ignore[arg-type]
        Column(_("Does better"), "text"),
    ]
    farthest = max((peer.distance for peer in found.nearest), default=1) or 1
    rows = [
        Row(
            [
                peer.rank,
                Named(peer.region.name, _address(found, peer.region.code), peer.region.code),
                country(peer.region.country),
                peer.distance,
                Bar(peer.distance / farthest, "q3"),
                structure_findings.apart_in(peer),
                NOT_PUBLISHED if peer.outcome is None else peer.outcome,
                structure_findings.does_better(peer.better),
            ]
        )
        for peer in found.nearest
    ]
    return Table(columns, rows)


def _values(found: RegionPeers) -> Table:
    """The figures behind the distances: the region first, its peers below."""
    shown = [one for slug, one in VARIABLES.items() if slug != "mix"]
    columns = [
        Column(_("Region"), "head"),
        *(Column(capfirst(str(one.label)), one.kind, one.decimals) for one in shown),  # type: ignore[arg-type]
        *(
            Column(
                _("Part of the distance: %(variable)s") % {"variable": one.label},
                "number",
                2,
                short=_("Δ %(variable)s") % {"variable": one.label},
            )
            for one in VARIABLES.values()
        ),
    ]
    own = [found.own[one.slug] for one in shown]
    rows = [
        Row(
            [
                Named(found.region.name, address("region", found.region.code), found.region.code),
                *(NOT_PUBLISHED if value is None else value for value in own),
                *(0.0 for _one in VARIABLES),
            ],
            yours=True,
        )
    ]
    rows += [
        Row(
            [
                Named(peer.region.name, _address(found, peer.region.code), peer.region.code),
                *(
                    NOT_PUBLISHED if peer.values[one.slug] is None else peer.values[one.slug]
                    for one in shown
                ),
                *(peer.parts[slug] for slug in VARIABLES),
            ]
        )
        for peer in found.nearest
    ]
    return Table(columns, rows)


def _address(found: RegionPeers, code: str) -> str:
    return f"{address('compare')}?regions={found.region.code},{code}"
