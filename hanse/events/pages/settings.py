"""A series and its events as their organisers set them up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.directory.access import is_officer
from hanse.events.access import may_lead, may_lead_series, may_see, organised_by
from hanse.events.actions.calling_off import call_off, readers_of
from hanse.events.actions.settings import (
    begin_event,
    begin_series,
    change_event,
    change_series,
    drop_organiser,
    drop_room,
    make_organiser,
    save_place,
    save_room,
    set_walk,
)
from hanse.events.forms.numbers import as_number
from hanse.events.forms.settings import (
    CallOffForm,
    EventForm,
    OrganiserForm,
    PlaceForm,
    RoomForm,
    SeriesForm,
    WalkForm,
    places_at_hand,
)
from hanse.events.models import Event, Organiser, Place, Room, Series, Walk
from hanse.events.pages import desk_gate, own_gate
from hanse.events.queries.desk import standings_of_series
from hanse.events.queries.findings import finding_of_series
from hanse.kit.gate import signed_in, whoever
from hanse.kit.refusals import Refused

series_gate = own_gate(may_see, find=organised_by, by="slug")
lead_gate = own_gate(may_lead_series, find=organised_by, by="slug")


@signed_in
def organise(request: HttpRequest) -> HttpResponse:
    """What one organises; operators may begin a series."""
    form = SeriesForm(request.POST or None, initial={"zone": "Europe/Brussels", "state": "draft"})
    if request.method == "POST" and is_officer(request.user) and form.is_valid():
        series = begin_series(form.facts(), by=whoever(request))
        return redirect("events:series_desk", series.slug)
    context = {
        "form": form,
        "may_begin": is_officer(request.user),
        "series": organised_by(request.user),
    }
    return render(request, "events/organise.html", context, status=422 if form.errors else 200)


@series_gate
def series_desk(request: HttpRequest, series: Series) -> HttpResponse:
    standings = standings_of_series(series, request.user)
    context = {
        "series": series,
        "title": finding_of_series(standings),
        "standings": standings,
        "organisers": series.organisers.select_related("person"),
        "organiser_form": OrganiserForm(),
        "leads": may_lead_series(request.user, series),
    }
    return render(request, "events/series_desk.html", context)


@lead_gate
def series_settings(request: HttpRequest, series: Series) -> HttpResponse:
    form = SeriesForm(request.POST or None, initial=SeriesForm.typed_of(series), series=series)
    if _done(request, form, lambda: change_series(series, form.facts(), by=whoever(request))):
        return redirect("events:series_desk", series.slug)
    context = {"series": series, "form": form}
    return render(request, "events/series_form.html", context, status=422 if form.errors else 200)


@lead_gate
def new_event(request: HttpRequest, series: Series) -> HttpResponse:
    form = EventForm(series, request.user, request.POST or None, initial={"state": "draft"})
    made: list[Event] = []

    def begin() -> None:
        given = form.cleaned_data
        made.append(
            begin_event(series, form.facts(), form.hours(), given["places"], by=whoever(request))
        )

    if _done(request, form, begin):
        return redirect("events:desk", series.slug, made[0].slug)
    context = {"series": series, "form": form}
    return render(request, "events/event_form.html", context, status=422 if form.errors else 200)


@desk_gate(may_lead)
def event_settings(request: HttpRequest, event: Event) -> HttpResponse:
    form = EventForm(
        event.series,
        request.user,
        request.POST or None,
        initial=EventForm.typed_of(event),
        event=event,
    )

    def change() -> None:
        given = form.cleaned_data
        change_event(event, form.facts(), form.hours(), given["places"], by=whoever(request))

    if _done(request, form, change):
        return redirect("events:desk", event.series.slug, event.slug)
    context = {"series": event.series, "event": event, "form": form}
    return render(request, "events/event_form.html", context, status=422 if form.errors else 200)


@desk_gate(may_lead)
def calling_off(request: HttpRequest, event: Event) -> HttpResponse:
    """A question with its consequence, and the answer."""
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if _tried(request, lambda: call_off(event, why, by=whoever(request))):
            messages.success(request, _("Called off; everybody who is concerned gets a letter."))
            return redirect("events:desk", event.series.slug, event.slug)
    context = {"event": event, "form": form, "count": len(readers_of(event))}
    return render(request, "events/calling_off.html", context, status=422 if form.errors else 200)


@lead_gate
def places(request: HttpRequest, series: Series) -> HttpResponse:
    form = PlaceForm(request.POST or None)
    if _done(
        request,
        form,
        lambda: save_place(
            None, series, form.cleaned_data, form.said("access"), by=whoever(request)
        ),
    ):
        return redirect("events:series_places", series.slug)
    context = {
        "series": series,
        "form": form,
        "places": places_at_hand(series).prefetch_related("rooms"),
    }
    return render(request, "events/places.html", context, status=422 if form.errors else 200)


@lead_gate
def place(request: HttpRequest, series: Series, pk: int) -> HttpResponse:
    held = get_object_or_404(places_at_hand(series), pk=pk)
    form = PlaceForm(_posted(request, "place"), initial=PlaceForm.typed_of(held))
    room_form = RoomForm(_posted(request, "room"))
    walk_form = WalkForm(_posted(request, "walk"))
    others = places_at_hand(series).exclude(pk=held.pk)
    walk_form.fields["other"].queryset = others  # type: ignore[attr-defined]
    by = whoever(request)
    saved = (
        _done(
            request,
            form,
            lambda: save_place(
                held, series, form.cleaned_data, form.said("access", held.access), by=by
            ),
        )
        or _done(
            request,
            room_form,
            lambda: save_room(
                held, room_form.cleaned_data["name"], room_form.cleaned_data["capacity"], by=by
            ),
        )
        or _done(
            request,
            walk_form,
            lambda: set_walk(
                held, walk_form.cleaned_data["other"], walk_form.cleaned_data["minutes"], by=by
            ),
        )
    )
    if saved:
        return redirect("events:series_place", series.slug, held.pk)
    context = {
        "series": series,
        "place": held,
        "form": form,
        "room_form": room_form,
        "walk_form": walk_form,
        "walks": _walks_of(held),
    }
    wrong = form.errors or room_form.errors or walk_form.errors
    return render(request, "events/place.html", context, status=422 if wrong else 200)


def _posted(request: HttpRequest, which: str) -> Any:
    """The form that was sent of several on one page."""
    return request.POST if request.method == "POST" and which in request.POST else None


def _walks_of(place: Place) -> list[tuple[Place, int]]:
    ways = Walk.objects.select_related("first", "second")
    return [
        *((way.second, way.minutes) for way in ways.filter(first=place)),
        *((way.first, way.minutes) for way in ways.filter(second=place)),
    ]


@require_POST
@lead_gate
def room(request: HttpRequest, series: Series, pk: int) -> HttpResponse:
    """Take a room away."""
    held = get_object_or_404(Room, pk=pk, place__in=places_at_hand(series))
    try:
        drop_room(held, by=whoever(request))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("events:series_place", series.slug, held.place_id)


@require_POST
@lead_gate
def organisers(request: HttpRequest, series: Series) -> HttpResponse:
    form = OrganiserForm(request.POST)
    if "drop" in request.POST:
        held = get_object_or_404(
            Organiser, series=series, pk=as_number(request.POST.get("drop", ""))
        )
        _tried(request, lambda: drop_organiser(held, by=whoever(request)))
    elif form.is_valid():
        given = form.cleaned_data
        _tried(
            request,
            lambda: make_organiser(series, given["email"], given["duty"], by=whoever(request)),
        )
    else:
        messages.error(request, _("Give the address of a person and a duty."))
    return redirect("events:series_desk", series.slug)


def _tried(request: HttpRequest, act: Callable[[], object]) -> bool:
    try:
        act()
    except Refused as no:
        messages.error(request, str(no))
        return False
    return True


def _done(request: HttpRequest, form: Any, act: Callable[[], object]) -> bool:
    """Whether the form was sent, is right, and what it asks for was done."""
    if request.method != "POST" or not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except Refused as no:
        form.add_error(None, str(no))
        return False
    messages.success(request, _("Saved."))
    return True
