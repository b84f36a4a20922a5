"""News, events and open calls: lists with filters, single ones, forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from hanse.directory.access import (
    calls_visible_to,
    events_visible_to,
    may_answer_for,
    may_read,
    may_speak_for,
    may_take_down,
    news_visible_to,
    speaks_for_any,
)
from hanse.directory.actions.notices import (
    announce_call,
    announce_event,
    change_call,
    change_event,
    change_news,
    take_down,
    tell_news,
)
from hanse.directory.forms.in_touch import country_choices
from hanse.directory.forms.notices import (
    CallForm,
    EventForm,
    NewsForm,
    NoticeForm,
    narrowed_by,
    place_of_refusal,
    typed_of,
)
from hanse.directory.models import News, OpenCall, OrganisationEvent
from hanse.directory.queries.notices import (
    Narrowed,
    calls_found,
    events_found,
    news_found,
)
from hanse.directory.queries.vocabularies import word_of
from hanse.kit.gate import gate, public, signed_in, whoever
from hanse.kit.numbers import figure
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused

ROWS = 20


@dataclass(frozen=True)
class Sort:
    """What differs between the three kinds."""

    name: str
    found: Callable[[Any, Narrowed], QuerySet[Any]]
    form: type[NoticeForm]
    publish: Callable[..., Any]
    change: Callable[..., None]
    new_title: str | Promise


NEWS = Sort("news", news_found, NewsForm, tell_news, change_news, gettext_lazy("Tell news"))
EVENTS = Sort(
    "events",
    events_found,
    EventForm,
    announce_event,
    change_event,
    gettext_lazy("Announce an event"),
)
CALLS = Sort(
    "calls",
    calls_found,
    CallForm,
    announce_call,
    change_call,
    gettext_lazy("Announce an open call"),
)


def news_title(_narrowed: Narrowed, count: int) -> str:
    return ngettext(
        "%(count)s piece of news from organisations",
        "%(count)s pieces of news from organisations",
        count,
    ) % {"count": figure(count)}


def events_title(narrowed: Narrowed, count: int) -> str:
    if narrowed.state == "over":
        said = ngettext("%(count)s event that is over", "%(count)s events that are over", count)
    else:
        said = ngettext("%(count)s event to come", "%(count)s events to come", count)
    return said % {"count": figure(count)}


def calls_title(narrowed: Narrowed, count: int) -> str:
    if narrowed.state == "over":
        said = ngettext("%(count)s call that has closed", "%(count)s calls that have closed", count)
    else:
        said = ngettext(
            "%(count)s call one can still apply to", "%(count)s calls one can still apply to", count
        )
    return said % {"count": figure(count)}


TITLES: Mapping[str, Callable[[Narrowed, int], str]] = {
    "news": news_title,
    "events": events_title,
    "calls": calls_title,
}


@public
def news(request: HttpRequest) -> HttpResponse:
    return listed(request, NEWS)


@public
def events(request: HttpRequest) -> HttpResponse:
    return listed(request, EVENTS)


@public
def calls(request: HttpRequest) -> HttpResponse:
    return listed(request, CALLS)


def listed(request: HttpRequest, sort: Sort) -> HttpResponse:
    narrowed = narrowed_by(request.GET)
    page = page_of(request, sort.found(request.user, narrowed), ROWS)
    context = {
        "sort": sort.name,
        "page": page,
        "narrowed": narrowed,
        "title": TITLES[sort.name](narrowed, page.paginator.count),
        "countries": country_choices(),
        "may_tell": speaks_for_any(request.user),
        "new_title": sort.new_title,
    }
    return render(request, f"directory/{sort.name}.html", context)


@signed_in
def new_news(request: HttpRequest) -> HttpResponse:
    return made(request, NEWS)


@signed_in
def new_event(request: HttpRequest) -> HttpResponse:
    return made(request, EVENTS)


@signed_in
def new_call(request: HttpRequest) -> HttpResponse:
    return made(request, CALLS)


def made(request: HttpRequest, sort: Sort) -> HttpResponse:
    me = whoever(request)
    if not speaks_for_any(me):
        return render(request, "directory/nobody_to_speak_for.html")
    form = sort.form(me, request.POST or None, slug=request.GET.get("by", ""))
    if request.method == "POST" and form.is_valid():
        given = form.given
        try:
            notice = sort.publish(given["organisation"], form.said(), by=me, slip=given["slip"])  # type: ignore[attr-defined]
        except Refused as no:
            form.add_error(place_of_refusal(form, no.refusal.code), str(no))
        else:
            messages.success(request, _("Published."))
            return redirect(notice)
    context = {"form": form, "sort": sort.name, "title": sort.new_title}
    return render(request, "directory/notice_form.html", context)


@gate(may_read, find=news_visible_to)
def news_item(request: HttpRequest, one: News) -> HttpResponse:
    return single(request, one, NEWS)


@gate(may_read, find=events_visible_to)
def event(request: HttpRequest, one: OrganisationEvent) -> HttpResponse:
    return single(request, one, EVENTS)


@gate(may_read, find=calls_visible_to)
def call(request: HttpRequest, one: OpenCall) -> HttpResponse:
    return single(request, one, CALLS)


def single(request: HttpRequest, one: Any, sort: Sort) -> HttpResponse:
    me: Any = request.user
    context = {
        "one": one,
        "sort": sort.name,
        "written_in": word_of("language", one.language),
        "where": [word_of("country", code) for code in getattr(one, "where", ())],
        "may_edit": may_speak_for(me, one.organisation),
        "may_take_down": may_take_down(me, one),
    }
    return render(request, f"directory/{sort.name}_one.html", context)


@gate(may_answer_for, find=news_visible_to)
def edit_news(request: HttpRequest, one: News) -> HttpResponse:
    return changed(request, one, NEWS)


@gate(may_answer_for, find=events_visible_to)
def edit_event(request: HttpRequest, one: OrganisationEvent) -> HttpResponse:
    return changed(request, one, EVENTS)


@gate(may_answer_for, find=calls_visible_to)
def edit_call(request: HttpRequest, one: OpenCall) -> HttpResponse:
    return changed(request, one, CALLS)


def changed(request: HttpRequest, one: Any, sort: Sort) -> HttpResponse:
    me = whoever(request)
    form = sort.form(me, request.POST or None, initial=typed_of(one))
    del form.fields["organisation"]
    if request.method == "POST" and form.is_valid():
        try:
            sort.change(one, form.said(), by=me)  # type: ignore[attr-defined]
        except Refused as no:
            form.add_error(place_of_refusal(form, no.refusal.code), str(no))
        else:
            messages.success(request, _("Kept."))
            return redirect(one)
    context = {"form": form, "sort": sort.name, "title": one.title, "one": one}
    return render(request, "directory/notice_form.html", context)


@require_POST
@gate(may_take_down, find=news_visible_to)
def drop_news(request: HttpRequest, one: News) -> HttpResponse:
    return dropped(request, one, NEWS)


@require_POST
@gate(may_take_down, find=events_visible_to)
def drop_event(request: HttpRequest, one: OrganisationEvent) -> HttpResponse:
    return dropped(request, one, EVENTS)


@require_POST
@gate(may_take_down, find=calls_visible_to)
def drop_call(request: HttpRequest, one: OpenCall) -> HttpResponse:
    return dropped(request, one, CALLS)


def dropped(request: HttpRequest, one: Any, sort: Sort) -> HttpResponse:
    take_down(one, by=whoever(request))
    messages.success(request, _("Taken down."))
    return redirect(f"directory:{sort.name}")
