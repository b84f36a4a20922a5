"""A draft as files: certificate and event for the checker, tables, paper."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse

from hanse.engines.meetings.formats.timetable import plan_text
from hanse.kit.sheets import FORMATS
from hanse.meetings.access import may_read_desk
from hanse.meetings.documents.plans import KINDS, printed, sheet_of, unmet_sheet
from hanse.meetings.models import Draft, Marketplace
from hanse.meetings.pages import market_desk_gate
from hanse.meetings.pages.planning import draft_of, reason_said
from hanse.meetings.queries.drafts import whole
from hanse.meetings.words import DraftState

TABLES = ("csv", "xlsx")


def done(place: Marketplace, number: int) -> Draft:
    one = draft_of(place, number)
    if one.state != DraftState.DONE:
        raise Http404
    return one


def attached(content: bytes | str, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@market_desk_gate(may_read_desk)
def certificate(request: HttpRequest, place: Marketplace, number: int) -> HttpResponse:
    """The plan with its bound and reasons, as anyone can verify it. It names nobody."""
    one = draft_of(place, number)
    if not one.plan:
        raise Http404
    name = f"{place.event.slug}-draft-{number}-plan.json"
    return attached(plan_text(one.plan), "application/json", name)


@market_desk_gate(may_read_desk)
def event_file(request: HttpRequest, place: Marketplace, number: int) -> HttpResponse:
    """The event as the engine read it: numbers of rows, no names."""
    one = draft_of(place, number)
    text = json.dumps(one.input, sort_keys=True, ensure_ascii=False) + "\n"
    return attached(text, "application/json", f"{place.event.slug}-draft-{number}-event.json")


@market_desk_gate(may_read_desk)
def table(
    request: HttpRequest, place: Marketplace, number: int, what: str, form: str
) -> HttpResponse:
    if form not in TABLES or what not in ("meetings", "unmet"):
        raise Http404
    shown = whole(done(place, number))
    sheet = (
        sheet_of(shown)
        if what == "meetings"
        else unmet_sheet(shown, [reason_said(one) for one in shown.unmet])
    )
    written = FORMATS[form]
    name = f"{place.event.slug}-draft-{number}-{what}.{form}"
    return attached(written.write(sheet), written.media_type, name)


@market_desk_gate(may_read_desk)
def paper(request: HttpRequest, place: Marketplace, number: int, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    shown = whole(done(place, number))
    name = f"{place.event.slug}-draft-{number}-{kind}.pdf"
    return attached(printed(shown, kind), "application/pdf", name)
