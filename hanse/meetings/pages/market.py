"""The market of an event: who takes part, suggestions, one party, one's own part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hanse.events.access import is_of
from hanse.events.models import Registration
from hanse.events.pages import log_in_first
from hanse.events.queries.ways_in import way_in
from hanse.events.words import LIVE, RegistrationState
from hanse.kit.gate import whoever
from hanse.kit.numbers import figure
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused
from hanse.kit.said import said
from hanse.meetings.access import may_plan, may_see_parties
from hanse.meetings.actions.joining import change_part, change_party, join, leave
from hanse.meetings.forms.joining import PartForm, PartyForm, wanted_by
from hanse.meetings.models import Marketplace, Party, Representative, SlotRequest
from hanse.meetings.pages import market_gate, own_part, part_gate
from hanse.meetings.queries.booking import free_slots, meeting_between, open_requests
from hanse.meetings.queries.market import (
    choices_in,
    listed,
    parties_found,
    parties_of,
    parties_there,
    people_of,
    quota_of,
)
from hanse.meetings.queries.suggested import suggested_to
from hanse.meetings.queries.times import by_when, why_not_now
from hanse.meetings.words import SAID_FIRST, Way

ROWS = 20


def around(market: Marketplace, part: Representative | None) -> dict[str, Any]:
    """What stands on every page of the market."""
    return {
        "market": market,
        "event": market.event,
        "own": part.party if part else None,
        "quota": quota_of(part.party) if part else None,
        "by_when": by_when(market),
    }


@never_cache
@market_gate()
def market(request: HttpRequest, market: Marketplace) -> HttpResponse:
    me: Any = request.user
    part = own_part(me, market)
    context = around(market, part)
    if part is None:
        context |= way_to_take_part(me, market)
    context["organises"] = me.is_authenticated and may_plan(me, market.event)
    if not may_see_parties(me, market):
        return render(request, "meetings/closed.html", context)
    wanted = wanted_by(request.GET)
    found = parties_found(market, wanted, part.party if part else None)
    page = page_of(request, found, ROWS)
    context |= {
        "wanted": wanted,
        "choices": choices_in(market),
        "page": page,
        "rows": listed(parties_of(page), market, part.party if part else None),
        "title": finding(market, page.paginator.count, is_narrow=bool(wanted)),
        "strengths": [(one.value, one.label) for one in SAID_FIRST],
    }
    return render(request, "meetings/market.html", context)


def finding(market: Marketplace, count: int, *, is_narrow: bool) -> str:
    facts = {"count": figure(count), "event": said(market.event.title)}
    if is_narrow:
        fits = ngettext("%(count)s party fits", "%(count)s parties fit", count)
        return (fits if count else _("Nobody who takes part fits")) % facts
    if not count:
        return _("Nobody takes part in the meetings yet") % facts
    there = ngettext(
        "%(count)s party can be met at %(event)s",
        "%(count)s parties can be met at %(event)s",
        count,
    )
    return there % facts


def way_to_take_part(person: Any, market: Marketplace) -> dict[str, Any]:
    """The next step of whoever takes no part yet."""
    event = market.event
    closed = why_not_now(event)
    own: Registration | None = None
    if person.is_authenticated:
        own = (
            Registration.objects.filter(is_of(person), event=event, state__in=LIVE)
            .select_related("kind")
            .first()
        )
    return {
        "closed": closed,
        "registration": own,
        "may_join": own is not None and own.state == RegistrationState.CONFIRMED and closed is None,
        "way_in": way_in(event, person),
    }


@require_POST
@log_in_first
@market_gate()
def joined(request: HttpRequest, market: Marketplace) -> HttpResponse:
    me = whoever(request)
    own = Registration.objects.filter(
        is_of(me), event=market.event, state=RegistrationState.CONFIRMED
    ).first()
    here = [market.event.series.slug, market.event.slug]
    if own is None:
        messages.error(request, _("Register for the event first; whoever has a seat can meet."))
        return redirect("meetings:market", *here)
    try:
        join(market, own, by=me)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("meetings:market", *here)
    messages.success(request, _("You take part. Look at what others read about you, then choose."))
    return redirect("meetings:own", *here)


@never_cache
@part_gate()
def own(request: HttpRequest, market: Marketplace, part: Representative) -> HttpResponse:
    """What others read, and when one can: two forms, each kept by itself."""
    here = [market.event.series.slug, market.event.slug]
    typed = request.POST if request.method == "POST" else None
    is_party = typed is not None and "party" in typed
    party_form = PartyForm(part.party, typed if is_party else None)
    part_form = PartForm(part, market, typed if typed is not None and not is_party else None)
    if typed is not None:
        form: PartyForm | PartForm = party_form if is_party else part_form
        if form.is_valid():
            keep(request, part, form)
            return redirect("meetings:own", *here)
    context = {
        **around(market, part),
        "part": part,
        "people": people_of(part.party),
        "party_form": party_form,
        "part_form": part_form,
    }
    return render(request, "meetings/own.html", context)


def keep(request: HttpRequest, part: Representative, form: PartyForm | PartForm) -> None:
    me, given = whoever(request), form.cleaned_data
    if isinstance(form, PartyForm):
        change_party(part.party, by=me, **given)
        messages.success(request, _("Kept. This is what others read."))
        return
    taken = change_part(part, by=me, **given)
    messages.success(request, _("Kept."))
    if taken:
        warned = ngettext(
            "You have a meeting in %(count)s of these slots: call it off, or tell the organisers.",
            "You have meetings in %(count)s of these slots: call them off, or tell the organisers.",
            len(taken),
        )
        messages.warning(request, warned % {"count": figure(len(taken))})


@never_cache
@part_gate()
def left(request: HttpRequest, market: Marketplace, part: Representative) -> HttpResponseBase:
    """Asked once more, since meetings are called off with it."""
    if request.method != "POST":
        seats = part.seats.filter(slot__isnull=False).count()
        context = {**around(market, part), "part": part, "seats": seats}
        return render(request, "meetings/leave.html", context)
    leave(part, by=whoever(request))
    messages.success(request, _("You take no part in the meetings any more. Your seat stays."))
    return redirect("meetings:market", market.event.series.slug, market.event.slug)


@never_cache
@part_gate()
def suggestions(request: HttpRequest, market: Marketplace, part: Representative) -> HttpResponse:
    target = wanted_by(request.GET).text
    context = {
        **around(market, part),
        "target": target,
        "found": suggested_to(part.party, market, target),
    }
    return render(request, "meetings/suggestions.html", context)


@never_cache
@market_gate()
def party(request: HttpRequest, market: Marketplace, pk: int) -> HttpResponse:
    part = own_part(request.user, market)
    if not may_see_parties(request.user, market):
        raise Http404
    one: Party = get_object_or_404(parties_there(market), pk=pk)
    context = {
        **around(market, part),
        "one": listed([one], market, part.party if part else None)[0],
        "people": people_of(one) if part else [],
    }
    if part is None:
        context |= way_to_take_part(request.user, market)
    elif market.way == Way.BOOKING and part.party_id != one.pk:
        now = timezone.now()
        asked = SlotRequest.objects.filter(open_requests(now), asker=part.party, asked=one)
        context["request_open"] = asked.exists()
        context["met"] = meeting_between(part.party, one)
        if context["met"] is None:
            context["free"] = free_slots(market, part.party, one, now).free
    return render(request, "meetings/party.html", context)
