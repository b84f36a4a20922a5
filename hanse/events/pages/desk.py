"""The organisers' desk: where an event stands, and the ways to everything else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hanse.events.access import may_call, may_organise
from hanse.events.models import Event
from hanse.events.pages import desk_gate
from hanse.events.queries.calling import calling_of
from hanse.events.queries.desk import log_of, standing_of, workbench_of
from hanse.events.queries.findings import finding_of_log, findings_of
from hanse.kit.announce import panels
from hanse.kit.paging import page_of


@desk_gate(may_organise)
def desk(request: HttpRequest, event: Event) -> HttpResponse:
    calls = may_call(request.user, event)
    title, *more = findings_of(standing_of(event))
    context = {
        "event": event,
        "may_call": calls,
        "calling": calling_of(event, request.user) if calls else None,
        "title": title,
        "more": more,
        "workbench": workbench_of(event),
        "panels": panels("events.desk", event, request.user),
    }
    return render(request, "events/desk.html", context)


@desk_gate(may_organise)
def log(request: HttpRequest, event: Event) -> HttpResponse:
    """Who did what: the trail of the event."""
    page = page_of(request, log_of(event))
    context = {"event": event, "page": page, "title": finding_of_log(page.paginator.count)}
    return render(request, "events/log.html", context)
