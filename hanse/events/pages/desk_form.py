"""The organisers' desk: what the form asks, kinds, consent texts, seats, when one may register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.events.access import may_manage_guests
from hanse.events.actions.forms import (
    ask_again,
    end_consent,
    move_question,
    remove_kind,
    remove_question,
    set_window,
    write_consent,
    write_kind,
    write_question,
)
from hanse.events.actions.registration import set_capacity
from hanse.events.forms.desk import ConsentForm, KindForm, QuestionForm, SeatsForm, WindowForm
from hanse.events.forms.numbers import MOST_SEATS, as_number
from hanse.events.models import ConsentText, Event, Pool, Question, Session, TicketKind
from hanse.events.pages import desk_gate
from hanse.events.queries.questions import answered_by_anybody, condition_in_words
from hanse.events.queries.registrations import pools_by_session
from hanse.events.queries.seats import seats_of_kinds, seats_together
from hanse.kit.gate import whoever
from hanse.kit.numbers import figure
from hanse.kit.refusals import Refused
from hanse.kit.said import said


@desk_gate(may_manage_guests)
def form_desk(request: HttpRequest, event: Event) -> HttpResponse:
    """All of it on one page; the window is changed here, the rest behind links."""
    window = WindowForm(event, request.POST or None)
    if request.method == "POST" and window.is_valid():
        facts, me = window.cleaned_data, whoever(request)
        if done(window, lambda: set_window(event, facts, by=me)):
            messages.success(request, _("Kept."))
            return back(event)
    own = Pool.objects.filter(event=event, kind=None, session=None).first() or Pool(event=event)
    questions = list(event.questions.all())
    among = {one.code: one for one in questions}
    kinds = seats_of_kinds(event)
    context = {
        "event": event,
        "window": window,
        "pool": own,
        "seats_form": SeatsForm(initial={"seats": own.capacity}),
        "kinds": kinds,
        "seats_together": seats_together(kinds),
        "sessions": pools_by_session(event),
        "questions": [
            (one, condition_in_words(one, among)) for one in questions if not one.is_retired
        ],
        "retired": [one for one in questions if one.is_retired],
        "texts": event.consent_texts.order_by("code", "-version"),
    }
    return render(request, "events/desk_form.html", context)


def done(form: Form, what: Callable[[], Any]) -> bool:
    """Whether it was done; where it was refused the form says why."""
    try:
        what()
    except Refused as no:
        form.add_error(None, str(no))
        return False
    return True


def back(event: Event) -> HttpResponse:
    return redirect("events:form_desk", event.series.slug, event.slug)


def edited(request: HttpRequest, event: Event, form: Form, title: str, **more: Any) -> HttpResponse:
    context = {"event": event, "form": form, "title": title, **more}
    return render(request, "events/desk_form_edit.html", context)


# Seats -------------------------------------------------------------------------------------------


@require_POST
@desk_gate(may_manage_guests)
def seats(request: HttpRequest, event: Event) -> HttpResponse:
    """Of the event, or of one session."""
    form = SeatsForm(request.POST)
    number = request.POST.get("session", "")
    session = get_object_or_404(event.sessions, pk=as_number(number)) if number else None
    if not form.is_valid():
        messages.error(request, why_no_seats())
        return back(event)
    count_seats(request, event, form.cleaned_data["seats"], session)
    return back(event)


def why_no_seats() -> str:
    said = _("Seats are a whole number of at most %(most)s, or nothing for as many as come.")
    return said % {"most": figure(MOST_SEATS)}


def count_seats(
    request: HttpRequest, event: Event, count: int | None, session: Session | None
) -> None:
    try:
        moved = set_capacity(event, count, session=session, by=whoever(request))
    except Refused as no:
        messages.error(request, str(no))
    else:
        said = _("Kept. Moved up from the waiting list: %(count)s.")
        messages.success(request, said % {"count": len(moved)})


# Questions ---------------------------------------------------------------------------------------


@desk_gate(may_manage_guests)
def new_question(request: HttpRequest, event: Event) -> HttpResponse:
    return question_form(request, event, None, _("Ask something"))


@desk_gate(may_manage_guests)
def question(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    one = get_object_or_404(event.questions, pk=pk)
    return question_form(request, event, one, said(one.label) or one.code)


def question_form(
    request: HttpRequest, event: Event, one: Question | None, title: str
) -> HttpResponse:
    form = QuestionForm(event, one, request.POST or None)
    me = whoever(request)
    if request.method == "POST" and form.is_valid():
        facts, lines = form.as_question(), form.lines()
        if done(form, lambda: write_question(event, one, facts, lines, by=me)):
            messages.success(request, _("Kept."))
            return back(event)
    answered = answered_by_anybody(one) if one else 0
    return edited(request, event, form, title, question=one, answered=answered)


@require_POST
@desk_gate(may_manage_guests)
def question_step(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    """Up, down, away, again."""
    one, me = get_object_or_404(event.questions, pk=pk), whoever(request)
    try:
        if "remove" in request.POST:
            gone = remove_question(one, by=me)
            ended = _("Asked of nobody any more. What was answered stands.")
            messages.success(request, _("Gone; nobody had answered it.") if gone else ended)
        elif "again" in request.POST:
            ask_again(one, by=me)
        else:
            move_question(one, up="up" in request.POST, by=me)
    except Refused as no:
        messages.error(request, str(no))
    return back(event)


# Kinds -------------------------------------------------------------------------------------------


@desk_gate(may_manage_guests)
def new_kind(request: HttpRequest, event: Event) -> HttpResponse:
    return kind_form(request, event, None, _("A kind of participant"))


@desk_gate(may_manage_guests)
def kind(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    one = get_object_or_404(event.kinds, pk=pk)
    return kind_form(request, event, one, said(one.name) or one.code)


def kind_form(
    request: HttpRequest, event: Event, one: TicketKind | None, title: str
) -> HttpResponse:
    pool = one.pools.first() if one else None
    form = KindForm(one, pool.capacity if pool else None, request.POST or None)
    me = whoever(request)
    if request.method == "POST" and "remove" in request.POST and one is not None:
        remove_kind(one, by=me)
        return back(event)
    if request.method == "POST" and form.is_valid():
        facts, count = form.as_kind(), form.cleaned_data["seats"]
        if done(form, lambda: write_kind(event, one, facts, count, by=me)):
            messages.success(request, _("Kept."))
            return back(event)
    return edited(request, event, form, title, kind=one)


# Consent texts -----------------------------------------------------------------------------------


@desk_gate(may_manage_guests)
def new_consent(request: HttpRequest, event: Event) -> HttpResponse:
    return consent_form(request, event, None, _("Something to agree to"))


@desk_gate(may_manage_guests)
def consent(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    one = get_object_or_404(event.consent_texts.filter(is_current=True), pk=pk)
    if request.method == "POST" and "remove" in request.POST:
        end_consent(one, by=whoever(request))
        return back(event)
    return consent_form(request, event, one, one.code)


def consent_form(
    request: HttpRequest, event: Event, one: ConsentText | None, title: str
) -> HttpResponse:
    form = ConsentForm(one, request.POST or None)
    me = whoever(request)
    if request.method == "POST" and form.is_valid():
        wording, must = (
            form.said("text", one.text if one else None),
            form.cleaned_data["is_required"],
        )
        code = one.code if one else form.code_or_made(wording)
        if done(form, lambda: write_consent(event, one, code, wording, is_required=must, by=me)):
            messages.success(request, _("Kept."))
            return back(event)
    return edited(request, event, form, title, consent=one)
