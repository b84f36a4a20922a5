"""The report of an event, as a page and as files; its closing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.events.access import may_lead, may_manage_guests
from hanse.events.actions.closing import close_event, counted
from hanse.events.documents.report import drawn, report_pdf, sheet_of, table_of, table_of_sessions
from hanse.events.models import Closing, Event
from hanse.events.pages import desk_gate
from hanse.events.pages.tickets import pdf
from hanse.events.queries.report import Report, definitions, report_of
from hanse.events.words import deleted_in_words
from hanse.kit.gate import whoever
from hanse.kit.numbers import figure, percent
from hanse.kit.refusals import Refused
from hanse.kit.sheets import FORMATS

FILES = ("csv", "xlsx")


@desk_gate(may_manage_guests)
def report(request: HttpRequest, event: Event) -> HttpResponse:
    found = report_of(event)
    context = {
        "event": event,
        "report": found,
        "title": finding(found),
        "facts": facts_of(found),
        "definitions": definitions(),
        "chart": drawn(found),
        "tables": [(one.code, one.title, table_of(one)) for one in found.divisions],
        "sessions": table_of_sessions(found) if found.sessions else None,
        "deleted": deleted_lines(found.closing),
    }
    return render(request, "events/report.html", context)


def finding(found: Report) -> str:
    """The title says the finding."""
    came, registered = found.all.came, found.all.registered
    if not registered:
        return _("Nobody is registered yet")
    if not came:
        return ngettext(
            "%(count)s is registered, nobody was let in yet",
            "%(count)s are registered, nobody was let in yet",
            registered,
        ) % {"count": figure(registered)}
    return _("%(came)s of %(registered)s who registered came") % {
        "came": figure(came),
        "registered": figure(registered),
    }


def facts_of(found: Report) -> list[tuple[str, str]]:
    rate = found.feedback.rate
    return [
        (figure(found.all.invited), _("invited")),
        (figure(found.all.registered), _("registered")),
        (figure(found.all.came), _("came")),
        (percent(rate) if rate is not None else "–", _("of them gave feedback")),
    ]


@desk_gate(may_manage_guests)
def report_file(request: HttpRequest, event: Event, form: str) -> HttpResponse:
    found = report_of(event)
    name = f"{event.slug}-report"
    if form == "pdf":
        return pdf(report_pdf(found, finding(found)), name)
    if form not in FILES:
        raise Http404
    written = FORMATS[form]
    answer = HttpResponse(written.write(sheet_of(found)), content_type=written.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@desk_gate(may_lead)
def closing(request: HttpRequest, event: Event) -> HttpResponse:
    """What will be deleted, counted; after it, what was."""
    held = Closing.objects.filter(event=event).first()
    if request.method == "POST" and held is None:
        try:
            close_event(event, by=whoever(request))
        except Refused as no:
            messages.error(request, str(no))
        else:
            messages.success(request, _("Closed. What was deleted stands below."))
        return redirect("events:closing", event.series.slug, event.slug)
    context = {
        "event": event,
        "closing": held,
        "lines": deleted_lines(held) if held else lines_of(counted(event)),
    }
    return render(request, "events/closing.html", context)


def deleted_lines(held: Closing | None) -> list[tuple[str, str]]:
    return lines_of(held.deleted) if held else []


def lines_of(counts: dict[str, int]) -> list[tuple[str, str]]:
    return [(figure(count), word) for count, word in deleted_in_words(counts)]
