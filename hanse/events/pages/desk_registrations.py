"""The organisers' desk: who registered, approve and refuse, files, one registration."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.commons.audit.actions import record
from hanse.events.access import may_manage_guests
from hanse.events.actions.registration import approve, cancel, refuse
from hanse.events.documents.tables import MEDIA, csv_of, xlsx_of
from hanse.events.forms.changing import EndingForm
from hanse.events.forms.desk import wanted_by
from hanse.events.forms.numbers import as_number
from hanse.events.models import Event, Registration
from hanse.events.pages import desk_gate
from hanse.events.queries import registrations as queries
from hanse.events.queries.seats import counts_of, seats_of_kinds, seats_together
from hanse.events.queries.standing import standing_of
from hanse.events.words import RegistrationState
from hanse.kit.announce import panels
from hanse.kit.gate import whoever
from hanse.kit.numbers import figure
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused

ROWS = 50


@desk_gate(may_manage_guests)
def registrations(request: HttpRequest, event: Event) -> HttpResponse:
    if request.method == "POST":
        return decided(request, event, chosen(request))
    wanted = wanted_by(request.GET, event)
    counts = counts_of(event)
    context = {
        "event": event,
        "page": page_of(request, queries.registrations_found(event, wanted), ROWS),
        "wanted": wanted,
        "counts": counts,
        "seats_together": seats_together(seats_of_kinds(event)),
        "states": RegistrationState.choices,
        "kinds": list(event.kinds.all()),
        "countries": queries.countries_in(event),
        "needs": queries.needs_counted(event),
        "title": finding(counts),
        "query": request.GET.urlencode(),
    }
    return render(request, "events/desk_registrations.html", context)


def chosen(request: HttpRequest) -> list[int]:
    numbers = (as_number(one) for one in request.POST.getlist("chosen"))
    return [one for one in numbers if one is not None][:500]


def finding(counts: dict[str, int]) -> str:
    asked = counts[RegistrationState.ASKED]
    if asked:
        said = ngettext(
            "%(count)s registration waits for your word",
            "%(count)s registrations wait for your word",
            asked,
        )
        return said % {"count": figure(asked)}
    come = counts[RegistrationState.CONFIRMED]
    said = ngettext("%(count)s person has a seat", "%(count)s people have a seat", come)
    return said % {"count": figure(come)}


def decided(request: HttpRequest, event: Event, numbers: list[int]) -> HttpResponse:
    """Tick boxes: approve or refuse several at once."""
    me = whoever(request)
    try:
        if "refuse" in request.POST:
            done = refuse(event, numbers, request.POST.get("says", "")[:1000], by=me)
            messages.success(request, _("Refused, with a letter each: %(count)s.") % told(done))
        else:
            done = approve(event, numbers, by=me)
            seated = [one for one in done if one.state == RegistrationState.CONFIRMED]
            said = _(
                "Approved: %(count)s, with a seat %(seated)s, on the waiting list %(waiting)s."
            )
            facts = {"seated": len(seated), "waiting": len(done) - len(seated)}
            messages.success(request, said % {**told(done), **facts})
    except Refused as no:
        messages.error(request, str(no))
    return redirect(request.get_full_path())


def told(done: list[Registration]) -> dict[str, int]:
    return {"count": len(done)}


@desk_gate(may_manage_guests)
def export(request: HttpRequest, event: Event, form: str) -> HttpResponseBase:
    """What the list shows, without anybody's needs."""
    wanted = wanted_by(request.GET, event)
    columns = queries.columns_of(event)
    return table(form, f"{event.slug}-registrations", columns, queries.rows_of(event, wanted))


@desk_gate(may_manage_guests)
def needs_export(request: HttpRequest, event: Event, form: str) -> HttpResponseBase:
    """Needs leave in a file of their own; the trail keeps who took it."""
    if form not in MEDIA:
        raise Http404
    record("export_needs", event, by=whoever(request))
    columns = queries.columns_of_needs(event)
    return table(form, f"{event.slug}-needs", columns, queries.rows_of_needs(event))


def table(form: str, name: str, columns: list[str], rows: Any) -> HttpResponseBase:
    if form not in MEDIA:
        raise Http404
    answer: Any = (
        StreamingHttpResponse(csv_of(columns, rows), content_type=MEDIA["csv"])
        if form == "csv"
        else HttpResponse(xlsx_of(columns, rows), content_type=MEDIA["xlsx"])
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer  # type: ignore[no-any-return]


@desk_gate(may_manage_guests)
def desk_registration(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    one = get_object_or_404(
        Registration.objects.select_related("event__series", "kind", "team"), event=event, pk=pk
    )
    form = EndingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return decided_one(request, one, form.cleaned_data["says"])
    context = {
        "event": event,
        "one": one,
        "form": form,
        "standing": standing_of(one),
        "agreements": one.agreements.select_related("text"),
        "panels": panels("events.desk.registration", one),
    }
    return render(request, "events/desk_registration.html", context)


def decided_one(request: HttpRequest, one: Registration, says: str) -> HttpResponse:
    me = whoever(request)
    if "approve" in request.POST:
        done = approve(one.event, [one.pk], by=me)
        messages.success(request, done[0].get_state_display())
    elif "refuse" in request.POST:
        refuse(one.event, [one.pk], says, by=me)
        messages.success(request, _("Refused; they get a letter."))
    elif "cancel" in request.POST:
        moved = cancel(one, by=me, by_organisers=True, says=says)
        said = ngettext(
            "Cancelled; %(count)s person moves up.", "Cancelled; %(count)s people move up.",
            len(moved),
        )  # fmt: skip
        messages.success(request, said % {"count": len(moved)})
    return redirect(request.path)
