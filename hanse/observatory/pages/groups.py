"""The cluster explorer: divisions in groups, who is strong in each, how they were found."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hanse.kit.gate import public
from hanse.kit.numbers import country
from hanse.kit.tables import Bar, Column, Named, Row, Table
from hanse.observatory.documents.addresses import address
from hanse.observatory.documents.structure_maps import map_of_group
from hanse.observatory.documents.structure_sheets import sheet_of_groups
from hanse.observatory.forms.questions import GroupQuestion
from hanse.observatory.pages.downloads import sheet_answer
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import structure_findings
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.groups import Group, Groups, group_strength, groups, leaders
from hanse.observatory.queries.methods import METHODS
from hanse.observatory.words import DefinitionMethod, Similarity

SCORES = 15


@public
@with_release
def explorer(request: HttpRequest, release: Release) -> HttpResponse:
    found = groups(release)
    question = GroupQuestion(release, [one.number for one in found.groups], request.GET)
    year = question.answers["year"]
    shown = found.group(question.answers["group"]) if found.groups else None
    context = {
        "release": release,
        "question": question,
        "found": found,
        "year": year,
        "title": structure_findings.of_groups(found),
        "lead": structure_findings.lead_of_groups(found),
        "shown": shown,
        "map": map_of_group(release, shown, year) if shown else "",
        "groups": [(one, _leaders(release, one, year)) for one in found.groups],
        "members": _members(found),
        "scores": _scores(found),
        "moves": _moves(found),
        "method": METHODS["definition"],
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/groups.html", context)


@public
@with_release
def figures(request: HttpRequest, release: Release, form: str) -> HttpResponse:
    return sheet_answer(sheet_of_groups(groups(release)), form)


def _leaders(release: Release, group: Group, year: int) -> Table:
    strong = leaders(group_strength(release, group, year))
    columns = [
        Column(_("Region"), "head"),
        Column(_("Country"), "text", narrow="hides"),
        Column(_("Location quotient"), "number", 1, short=_("LQ")),
        Column(_("Bar"), "bar", hidden_head=True, narrow="hides"),
        Column(_("Persons employed"), "number"),
    ]
    most = max((one.quotient for one in strong), default=1) or 1
    rows = [
        Row(
            [
                Named(one.region.name, address("region", one.region.code), one.region.code),
                country(one.region.country),
                one.quotient,
                Bar(one.quotient / most),
                one.persons,
            ]
        )
        for one in strong
    ]
    return Table(columns, rows)


def _members(found: Groups) -> Table:
    columns = [
        Column(_("Sector"), "head"),
        Column(_("Group"), "number"),
        Column(_("Relatedness to it"), "number", 2),
        Column(_("Next group"), "number"),
        Column(_("Relatedness to that"), "number", 2),
        Column(_("Moved while cleaning"), "text"),
    ]
    rows = [
        Row(
            [
                Named(
                    member.sector.name, address("sector", member.sector.code), member.sector.code
                ),
                group.number,
                member.own,
                member.next_group,
                member.next,
                _("moved") if member.moved else "",
            ]
        )
        for group in found.groups
        for member in group.members
    ]
    return Table(columns, rows)


def _scores(found: Groups) -> Table:
    columns = [
        Column(_("Similarity"), "head"),
        Column(_("Grouped by"), "text"),
        Column(_("Groups"), "number"),
        Column(_("Score of groups"), "percent"),
        Column(_("Score of industries"), "percent"),
        Column(_("Mean score"), "percent"),
        Column(_("Linked pairs together"), "percent"),
        Column(_("by chance"), "percent"),
    ]
    rows = [
        Row(
            [
                str(Similarity(one.similarity).label),
                str(DefinitionMethod(one.method).label),
                one.number,
                one.cluster,
                one.industry,
                one.overall,
                one.together,
                one.by_chance,
            ],
            yours=one.chosen,
        )
        for one in found.configurations[:SCORES]
    ]
    return Table(columns, rows)


def _moves(found: Groups) -> Table:
    columns = [
        Column(_("Step"), "rank", hidden_head=True),
        Column(_("Sector"), "head"),
        Column(_("From group"), "number"),
        Column(_("To group"), "number"),
        Column(_("Relatedness to the first"), "number", 2),
        Column(_("to the second"), "number", 2),
    ]
    rows = [
        Row(
            [
                move.step,
                Named(move.sector.name, address("sector", move.sector.code), move.sector.code),
                move.origin,
                move.target,
                move.own,
                move.other,
            ]
        )
        for move in found.moves
    ]
    return Table(columns, rows)
