"""The programme editor: items, speakers, versions. The second who saves sees both versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.events.access import may_edit_programme
from hanse.events.actions.programme import (
    Conflict,
    Misplaced,
    go_back_to,
    publish_programme,
    save_item,
    take_out,
)
from hanse.events.actions.speakers import drop_speaker, save_speaker
from hanse.events.forms.programme import (
    ItemForm,
    PaperForm,
    PublishForm,
    SpeakerForm,
    typed_of_item,
    typed_of_new,
)
from hanse.events.models import Event, Session, Speaker
from hanse.events.pages import desk_gate
from hanse.events.queries.days import days_of
from hanse.events.queries.desk import workbench_of
from hanse.events.queries.differences import differences
from hanse.events.queries.programme import item_of_session, working_programme
from hanse.kit.gate import whoever
from hanse.kit.refusals import Refused


@desk_gate(may_edit_programme)
def programme(request: HttpRequest, event: Event) -> HttpResponse:
    bench = workbench_of(event)
    working = working_programme(event)
    context = {
        "event": event,
        "bench": bench,
        "working": working,
        "by_day": [(one.day, working.by_day.get(one.day, ())) for one in event.days.all()],
        "publish_form": PublishForm(),
        "versions": event.versions.select_related("published_by"),
    }
    return render(request, "events/programme.html", context)


@desk_gate(may_edit_programme)
def preview(request: HttpRequest, event: Event) -> HttpResponse:
    """What would be published, as everybody would see it."""
    working = working_programme(event)
    context = {"event": event, "programme": working, "days": days_of(working)}
    return render(request, "events/preview.html", context)


@desk_gate(may_edit_programme)
def new_item(request: HttpRequest, event: Event) -> HttpResponse:
    typed = typed_of_new(event, parse_date(request.GET.get("day", "")[:10] or "-"))
    return _edit(request, event, typed, None)


@desk_gate(may_edit_programme)
def item(request: HttpRequest, event: Event, key: UUID) -> HttpResponse:
    session = get_object_or_404(Session, event=event, key=key)
    typed = typed_of_item(event, item_of_session(session), session.revision)
    return _edit(request, event, typed, session)


def _edit(
    request: HttpRequest, event: Event, typed: Mapping[str, Any], session: Session | None
) -> HttpResponse:
    if request.method == "POST":
        return _save(request, event, session)
    return _form(request, event, ItemForm(event, initial=typed), session)


def _save(request: HttpRequest, event: Event, session: Session | None) -> HttpResponse:
    form = ItemForm(event, request.POST)
    if not form.is_valid():
        return _form(request, event, form, session)
    try:
        save_item(
            event,
            form.item,
            revision=form.cleaned_data["revision"],
            by=whoever(request),
            seats=form.cleaned_data["seats"],
        )
    except Conflict as clash:
        return _conflict(request, event, form, clash)
    except Misplaced as no:
        for against in no.against:
            form.add_error(None, str(against))
        return _form(request, event, form, session)
    except Refused as no:
        form.add_error(None, str(no))
        return _form(request, event, form, session)
    messages.success(request, _("Saved. Everybody else sees it once it is published."))
    return redirect("events:desk_programme", event.series.slug, event.slug)


def _form(
    request: HttpRequest, event: Event, form: ItemForm, session: Session | None
) -> HttpResponse:
    context = {"event": event, "form": form, "session": session, "paper_form": PaperForm()}
    return render(request, "events/item.html", context, status=422 if form.errors else 200)


def _conflict(request: HttpRequest, event: Event, form: ItemForm, clash: Conflict) -> HttpResponse:
    """Both versions side by side, and one's own once more, ready to be saved over the other."""
    typed: QueryDict = request.POST.copy()
    typed["revision"] = str(clash.revision)
    context = {
        "event": event,
        "form": ItemForm(event, typed),
        "rows": differences(event, clash.stands, clash.wanted, form.cleaned_data["seats"]),
        "stands": clash.stands,
        "by": clash.by,
        "key": clash.wanted.key,
    }
    return render(request, "events/conflict.html", context, status=409)


@require_POST
@desk_gate(may_edit_programme)
def drop_item(request: HttpRequest, event: Event, key: UUID) -> HttpResponse:
    try:
        take_out(event, str(key), revision=_number(request, "revision"), by=whoever(request))
    except Refused as no:
        messages.error(request, str(no))
        return redirect("events:desk_item", event.series.slug, event.slug, key)
    messages.success(request, _("Taken out. Published versions keep it."))
    return redirect("events:desk_programme", event.series.slug, event.slug)


@require_POST
@desk_gate(may_edit_programme)
def publish(request: HttpRequest, event: Event) -> HttpResponse:
    form = PublishForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        version = publish_programme(event, by=whoever(request), note=note)
    except Refused as no:
        messages.error(request, str(no))
    else:
        said = _("Version %(number)s is published.") % {"number": version.number}
        messages.success(request, said)
    return redirect("events:desk_programme", event.series.slug, event.slug)


@require_POST
@desk_gate(may_edit_programme)
def go_back(request: HttpRequest, event: Event, number: int) -> HttpResponse:
    drops = "drops" in request.POST
    try:
        version = go_back_to(event, number, by=whoever(request), drops_drafts=drops)
    except Refused as no:
        if no.refusal.code == "drafts_would_go":
            context = {"event": event, "number": number, "bench": workbench_of(event)}
            return render(request, "events/go_back.html", context, status=409)
        messages.error(request, str(no))
    else:
        facts = {"number": version.number, "old": number}
        messages.success(
            request, _("Version %(number)s is published; it brings back %(old)s.") % facts
        )
    return redirect("events:desk_programme", event.series.slug, event.slug)


@desk_gate(may_edit_programme)
def speakers(request: HttpRequest, event: Event) -> HttpResponse:
    form = SpeakerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_speaker(event, None, form.cleaned_data, form.said("about"), by=whoever(request))
        return redirect("events:desk_speakers", event.series.slug, event.slug)
    rows = event.speakers.prefetch_related("parts__session")
    context = {"event": event, "form": form, "speakers": rows}
    return render(request, "events/speakers.html", context, status=422 if form.errors else 200)


@desk_gate(may_edit_programme)
def speaker(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    held = get_object_or_404(Speaker, event=event, pk=pk)
    form = SpeakerForm(request.POST or None, initial=SpeakerForm.typed_of(held))
    if request.method == "POST" and "drop" in request.POST:
        drop_speaker(held, by=whoever(request))
        return redirect("events:desk_speakers", event.series.slug, event.slug)
    if request.method == "POST" and form.is_valid():
        said = form.said("about", held.about)
        save_speaker(event, held, form.cleaned_data, said, by=whoever(request))
        return redirect("events:desk_speakers", event.series.slug, event.slug)
    context = {"event": event, "form": form, "speaker": held}
    return render(request, "events/speaker.html", context, status=422 if form.errors else 200)


def _number(request: HttpRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    if not typed.isdecimal() or len(typed) > 9:  # noqa: PLR2004  what a database column holds
        raise Http404
    return int(typed)
