"""The door: a page that works without a network, and the form behind it without a script."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hanse.events.access import may_organise, may_stand_at_door
from hanse.events.actions.door import (
    Answered,
    Shown,
    register_walk_in,
    scan,
    take_back_scan,
)
from hanse.events.actions.tickets import key_of
from hanse.events.forms.door import FindForm, WalkInForm, read_from_device, scans_of
from hanse.events.models import Event, Registration, Scan
from hanse.events.pages import desk_gate
from hanse.events.pages.door_words import clock_said, words_of_the_door
from hanse.events.queries.door import (
    conflict_lines,
    door_list,
    door_state,
    first_entry,
    found_at_door,
    opening,
    organisation_of,
)
from hanse.events.rules.door import Said
from hanse.events.rules.tickets import as_short_code, is_signed
from hanse.events.words import AT_THE_DOOR, State
from hanse.kit.devices import kept_for, permissions
from hanse.kit.gate import public, whoever
from hanse.kit.refusals import Refused

LAST_SCANS = 20
# What door and agenda need without a network beside what their pages name.
NAMED = ("kit/css/hanse.css", "kit/js/jsQR.js", "events/door.js", "events/agenda.js")
# Imported by those under their plain names.
IMPORTED = ("judge.js", "ticket.js", "camera.js", "network.js", "store.js")


def to_door(event: Event, **how: Any) -> HttpResponse:
    query = urlencode({key: value for key, value in how.items() if value})
    answer = redirect("events:door", event.series.slug, event.slug)
    answer["Location"] += f"?{query}" if query else ""
    return answer


@never_cache
@desk_gate(may_stand_at_door)
def door(request: HttpRequest, event: Event) -> HttpResponse:
    """Who comes in. The script of the page asks no server where there is none."""
    form = FindForm(event, request.POST or None, initial={"session": request.GET.get("session")})
    found: Any = []
    if request.method == "POST":
        if "serial" in request.POST:
            return let_in(request, event, _shown(request, event))
        if form.is_valid():
            code, session = form.cleaned_data["code"], form.cleaned_data["session"]
            found = [] if is_signed(code) else found_at_door(event, code)
            if not found or as_short_code(code):
                return let_in(request, event, Shown(uuid4(), code, session=session))
    context = {
        "event": event,
        "form": form,
        "found": [(one, organisation_of(one), uuid4()) for one in found],
        "state": door_state(event),
        "answer": answer_shown(event, request.GET.get("scan", "")),
        "walk_in": WalkInForm(event, auto_id="walk_%s"),
        "words": words_of_the_door(),
        "now": timezone.now(),
        "is_closed": event.state == State.CLOSED,
        "opens_at": opening(event),
    }
    response = render(request, "events/door.html", context)
    response["Permissions-Policy"] = permissions("camera")
    return kept_for(request.user, response)


def _shown(request: HttpRequest, event: Event) -> Shown:
    form = FindForm(event, request.POST)
    form.fields["code"].required = False
    try:
        serial, slip = UUID(request.POST["serial"]), UUID(request.POST["slip"])
    except (KeyError, ValueError) as wrong:
        raise BadRequest(_("That is nobody on the list.")) from wrong
    session = form.cleaned_data.get("session") if form.is_valid() else None
    return Shown(slip, serial=serial, session=session)


def let_in(request: HttpRequest, event: Event, shown: Shown) -> HttpResponse:
    """By the form of the page: scan, then show the answer under an address of its own."""
    answered = scan(event, shown, by=whoever(request))
    session = shown.session.pk if shown.session else ""
    return to_door(event, scan=f"{answered.scan.pk}-{answered.said}", session=session)


def answer_shown(event: Event, asked: str) -> dict[str, Any] | None:
    number, _dash, why = asked.partition("-")
    if not number.isdecimal() or why not in set(Said):
        return None
    held = event.scans.select_related("registration__organisation", "session").filter(pk=number)
    return answer_of(Answered(held[0], Said(why))) if held else None


def answer_of(answered: Answered) -> dict[str, Any]:
    """An answer as the page and the device read it."""
    head, text = AT_THE_DOOR[answered.said]
    who = answered.scan.registration
    return {
        "slip": str(answered.scan.slip),
        "said": answered.said.value,
        "head": str(head),
        "text": str(text) % {"time": _first_time(answered.scan, who)},
        "name": who.name if who else "",
        "organisation": organisation_of(who) if who else "",
    }


def _first_time(held: Scan, who: Registration | None) -> str:
    at = first_entry(who, held.session) if who else None
    return f"{at:%H:%M}" if at else ""


@never_cache
@desk_gate(may_stand_at_door)
def door_people(request: HttpRequest, event: Event) -> HttpResponse:
    """The list as a device keeps it, and the token with which it may send."""
    return JsonResponse({**door_list(event, key_of(event)), "csrf": get_token(request)})


@require_POST
@desk_gate(may_stand_at_door)
def door_scans(request: HttpRequest, event: Event) -> HttpResponse:
    """What a device did, one or many at once; the same slip twice is one scan."""
    try:
        changes = scans_of(event, read_from_device(request.body))
    except ValidationError:
        return JsonResponse({"error": "unread"}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    me = whoever(request)
    return JsonResponse({"answers": [_taken(event, *change, by=me) for change in changes]})


def _taken(event: Event, what: str, change: Any, *, by: Any) -> dict[str, Any]:
    slip, at = (
        (str(change.slip), change.at) if what == "scan" else (change["typed"]["slip"], change["at"])
    )
    try:
        if what == "scan":
            answer = answer_of(scan(event, change, by=by))
        else:
            answer = _walked_in(event, change, by=by)
        return answer | {"clock": clock_said(at)}
    except Refused as no:
        return {"slip": slip, "said": "refused", "head": _("Not taken in"), "text": str(no)}


def _walked_in(event: Event, change: Any, *, by: Any) -> dict[str, Any]:
    form = WalkInForm(event, change["typed"])
    slip = change["typed"]["slip"]
    if not form.is_valid():
        wrong = " ".join(str(one) for errors in form.errors.values() for one in errors)
        return {"slip": slip, "said": "refused", "head": _("Not taken in"), "text": wrong}
    who = register_walk_in(
        event, form.said(), by=by, slip=UUID(slip), device=change["device"], at=change["at"]
    )
    return {"slip": slip, "said": "in", "head": _("Registered"), "text": "", "name": who.name}


@never_cache
@desk_gate(may_stand_at_door)
def walk_in(request: HttpRequest, event: Event) -> HttpResponse:
    """Somebody without a registration, by the form."""
    form = WalkInForm(event, request.POST or None, auto_id="walk_%s")
    if request.method == "POST" and form.is_valid():
        try:
            who = register_walk_in(
                event, form.said(), by=whoever(request), slip=form.cleaned_data["slip"]
            )
        except Refused as no:
            form.add_error("email" if no.refusal.code == "registered_already" else None, str(no))
        else:
            messages.success(request, _("%(name)s is registered and in.") % {"name": who.name})
            return to_door(event)
    return render(request, "events/walk_in.html", {"event": event, "form": form})


@desk_gate(may_organise)
def door_desk(request: HttpRequest, event: Event) -> HttpResponse:
    """What devices said differently, who is in, how many each session counted."""
    last = event.scans.select_related("registration", "session", "by").order_by(
        "-received_at", "-pk"
    )[:LAST_SCANS]
    context = {
        "event": event,
        "state": door_state(event),
        "conflicts": conflict_lines(event),
        "last": last,
        "opens_at": opening(event),
        "may_take_back": may_stand_at_door(request.user, event),
    }
    return render(request, "events/door_desk.html", context)


@require_POST
@desk_gate(may_stand_at_door)
def scan_taken_back(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    take_back_scan(get_object_or_404(event.scans, pk=pk), by=whoever(request))
    messages.success(request, _("Taken back. The trail says that it was there."))
    return redirect("events:door_desk", event.series.slug, event.slug)


@public
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps door and agenda when the network is gone; it rules over /events/."""
    context = {"static_url": settings.STATIC_URL, "parts": parts_of_pages()}
    kind = "text/javascript; charset=utf-8"
    response = render(request, "events/worker.js", context, content_type=kind)
    response["Cache-Control"] = "no-cache"
    return response


def parts_of_pages() -> list[str]:
    imported = [f"{settings.STATIC_URL}events/{name}" for name in IMPORTED]
    return [*map(static, NAMED), *imported]
