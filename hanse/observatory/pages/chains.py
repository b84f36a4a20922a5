"""Value chains: examples and one's own, who is strong at each stage, who covers one together."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hanse.commons.chains.access import chains_visible_to, may_change_chain, may_read_chain
from hanse.commons.chains.actions import change_chain, draw_chain, remove_chain
from hanse.commons.chains.models import ValueChain
from hanse.kit.gate import gate, public, signed_in, whoever
from hanse.kit.numbers import country
from hanse.kit.refusals import Refused
from hanse.kit.tables import NOT_PUBLISHED, Bar, Column, Named, Row, Table
from hanse.observatory.documents.addresses import address
from hanse.observatory.documents.structure_maps import map_of_chain
from hanse.observatory.documents.structure_sheets import sheet_of_chain
from hanse.observatory.forms.chains import ChainForm, ChainQuestion
from hanse.observatory.pages.downloads import sheet_answer, understood
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import structure_findings
from hanse.observatory.queries.chains import (
    LEADERS,
    LEAST_PERSONS,
    ChainStrength,
    StageStrength,
    chain_strength,
)
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.methods import METHODS

LISTED = 25


def asked(release: Release, chain: ValueChain, question: ChainQuestion) -> ChainStrength:
    answers = question.answers
    fixed = [answers["region"]] if answers["region"] else []
    return chain_strength(release, chain, answers["year"], least=answers["least"], fixed=fixed)


@public
def chains(request: HttpRequest) -> HttpResponse:
    shown = list(chains_visible_to(whoever(request)))
    context = {
        "examples": [chain for chain in shown if chain.owner_id is None],
        "mine": [chain for chain in shown if chain.owner_id is not None],
    }
    return render(request, "observatory/chains.html", context)


@gate(may_read_chain, find=chains_visible_to)
@with_release
def chain(request: HttpRequest, release: Release, one: ValueChain) -> HttpResponse:
    question = ChainQuestion(release, request.GET)
    found = asked(release, one, question)
    context = {
        "release": release,
        "question": question,
        "found": found,
        "title": structure_findings.of_chain(found),
        "lead": structure_findings.lead_of_chain(found),
        "map": map_of_chain(found),
        "stages": [(stage, _leaders(found, stage)) for stage in found.stages],
        "cover": _across(found, [region.code for region in found.cover]),
        "many": _across(found, [region.code for region, *_rest in found.many[:LISTED]]),
        "least_persons": LEAST_PERSONS,
        "may_change": may_change_chain(whoever(request), one),
        "method": METHODS["chains"],
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/chain.html", context)


@gate(may_read_chain, find=chains_visible_to)
@with_release
def figures(request: HttpRequest, release: Release, one: ValueChain, form: str) -> HttpResponse:
    return sheet_answer(
        sheet_of_chain(asked(release, one, understood(ChainQuestion(release, request.GET)))), form
    )


@signed_in
@with_release
def new(request: HttpRequest, release: Release) -> HttpResponse:
    return _drawn(request, release, None)


@gate(may_change_chain, find=chains_visible_to)
@with_release
def change(request: HttpRequest, release: Release, one: ValueChain) -> HttpResponse:
    return _drawn(request, release, one)


@gate(may_change_chain, find=chains_visible_to)
def removal(request: HttpRequest, one: ValueChain) -> HttpResponse:
    if request.method == "POST":
        remove_chain(one, by=whoever(request))
        messages.success(request, _("The chain is removed."))
        return redirect("observatory:chains")
    return render(request, "observatory/chain_removal.html", {"chain": one})


def _drawn(request: HttpRequest, release: Release, one: ValueChain | None) -> HttpResponse:
    form = ChainForm(release, request.POST or None, chain=one)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        given, me = form.cleaned_data, whoever(request)
        try:
            if one is None:
                one = draw_chain(given["name"], given["says"], given["stages"], by=me)
            else:
                change_chain(one, given["name"], given["says"], given["stages"], by=me)
        except Refused as no:
            form.add_error(None, str(no))
            status = HTTPStatus.CONFLICT
        else:
            return redirect("observatory:chain", one.pk)
    divisions = [s for s in release.sectors.values() if s.is_division]
    context = {"form": form, "chain": one, "divisions": divisions}
    return render(request, "observatory/chain_form.html", context, status=status)


def _leaders(found: ChainStrength, stage: StageStrength) -> Table:
    strong = stage.strong(found.least)[:LEADERS]
    columns = [
        Column(_("Region"), "head"),
        Column(_("Country"), "text", narrow="hides"),
        Column(_("Location quotient"), "number", 1, short=_("LQ")),
        Column(_("Bar"), "bar", hidden_head=True, narrow="hides"),
        Column(_("Persons employed"), "number"),
        Column(_("Note"), "flag", hidden_head=True),
    ]
    most = max((one.quotient for one in strong), default=1)
    rows = [
        Row(
            [
                Named(one.region.name, address("region", one.region.code), one.region.code),
                country(one.region.country),
                one.quotient,
                Bar(one.quotient / most),
                one.persons,
                "≥" if one.is_bound else "",
            ]
        )
        for one in strong
    ]
    return Table(columns, rows)


def _across(found: ChainStrength, codes: list[str]) -> Table:
    """Regions down, stages across: the quotient at each; strong ones carry a square."""
    columns = [
        Column(_("Region"), "head"),
        *(Column(stage.name, "text") for stage in found.stages),
    ]
    rows = []
    for code in codes:
        region = found.release.regions[code]
        cells: list[object] = [
            Named(region.name, address("region", code), code),
            *(
                NOT_PUBLISHED if one is None else structure_findings.at_stage(one, found)
                for one in found.strength_of(code)
            ),
        ]
        rows.append(Row(cells, yours=code in found.fixed))
    return Table(columns, rows)
