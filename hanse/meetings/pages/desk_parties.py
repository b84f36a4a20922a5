"""The organisers' desk of the meetings: who takes part, how ready they are, pairs, wishes."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hanse.commons.audit.actions import record
from hanse.events.documents.tables import MEDIA, csv_of, xlsx_of
from hanse.events.forms.numbers import as_number
from hanse.kit.folding import fold
from hanse.kit.gate import whoever
from hanse.kit.numbers import figure
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused
from hanse.kit.uploads import takes_files
from hanse.meetings.access import may_plan
from hanse.meetings.actions.calling_off import call_off
from hanse.meetings.actions.importing import take_in_wishes
from hanse.meetings.actions.market import add_person, remove_party, rule_pair, set_party
from hanse.meetings.actions.telling import remind_now
from hanse.meetings.actions.wishing import say, take_back
from hanse.meetings.forms.market import (
    PairForm,
    PartyDeskForm,
    PersonForm,
    WishDeskForm,
    WishListForm,
    signed,
    unsigned,
)
from hanse.meetings.models import Marketplace, Meeting, PairRule, Party, Wish
from hanse.meetings.pages import market_desk_gate
from hanse.meetings.pages.desk_market import tried
from hanse.meetings.queries.booking import meeting_between
from hanse.meetings.queries.market import people_of
from hanse.meetings.queries.readiness import STANDS, Readiness, readiness_of, rulings_of
from hanse.meetings.queries.standing import standing_meetings, standing_of
from hanse.meetings.queries.times import when_in
from hanse.meetings.queries.wish_lists import FIELDS, preview_of, wishes_as_rows
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.rules.wish_lists import Fault, Row
from hanse.meetings.transfers.wish_lists import read_wishes
from hanse.meetings.words import Ruling, Way

ROWS = 50
MOST_SHOWN = 200


def here(market: Marketplace) -> list[str]:
    return [market.event.series.slug, market.event.slug]


@market_desk_gate(may_plan)
def parties(request: HttpRequest, market: Marketplace) -> HttpResponse:
    """Who takes part and how far they are; whoever has a seat can be added."""
    form = PersonForm(market, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given, me = form.cleaned_data, whoever(request)
        if tried(form, lambda: add_person(market, given["registration"], given["party"], by=me)):
            messages.success(request, _("They take part from now on."))
            return redirect("meetings:desk_parties", *here(market))
    ready = readiness_of(market)
    stands = request.GET.get("stands", "")
    stands = stands if stands in STANDS else ""
    text = " ".join(request.GET.get("q", "").split())[:100]
    rows = [one for one in ready.rows if one.stands(stands) and fold(text) in fold(one.party.name)]
    context = {
        "market": market,
        "event": market.event,
        "ready": ready,
        "title": finding(ready, by_wishes=market.way == Way.PLAN),
        "by_wishes": market.way == Way.PLAN,
        "page": page_of(request, rows, ROWS),
        "stands": stands,
        "text": text,
        "form": form,
        "may_add": form.fields["registration"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(
        request, "meetings/desk_parties.html", context, status=422 if form.errors else 200
    )


def finding(ready: Readiness, *, by_wishes: bool) -> str:
    if not ready.rows:
        return _("Nobody takes part yet")
    if not by_wishes:
        said = ngettext(
            "%(count)s party takes part", "%(count)s parties take part", len(ready.rows)
        )
        return said % {"count": figure(len(ready.rows))}
    if not ready.unanswered and ready.wishless:
        said = ngettext(
            "%(count)s of %(all)s parties has said nothing yet",
            "%(count)s of %(all)s parties have said nothing yet",
            ready.wishless,
        )
        return said % {"count": figure(ready.wishless), "all": figure(len(ready.rows))}
    facts = {"count": figure(ready.unanswered), "all": figure(len(ready.rows))}
    if ready.unanswered:
        said = ngettext(
            "%(count)s of %(all)s parties has not answered everything",
            "%(count)s of %(all)s parties have not answered everything",
            ready.unanswered,
        )
        return said % facts
    return _("All %(all)s parties have answered") % facts


@require_POST
@market_desk_gate(may_plan)
def remind(request: HttpRequest, market: Marketplace) -> HttpResponse:
    which = "wishless" if request.POST.get("which") == "wishless" else "unanswered"
    count = remind_now(market, which, by=whoever(request))  # type: ignore[arg-type]
    if count:
        said = ngettext("%(count)s party gets a letter.", "%(count)s parties get a letter.", count)
        messages.success(request, said % {"count": figure(count)})
    else:
        messages.info(request, _("Everybody whom it concerns was reminded within a day."))
    return redirect("meetings:desk_parties", *here(market))


@market_desk_gate(may_plan)
def party(request: HttpRequest, market: Marketplace, pk: int) -> HttpResponse:
    """One party: newcomer, its table, wishes on its behalf, out."""
    one = get_object_or_404(Party, pk=pk, marketplace=market)
    one.marketplace = market
    me, typed = whoever(request), request.POST if request.method == "POST" else None
    form = PartyDeskForm(one, typed if typed is not None and "keep" in typed else None)
    wish_form = WishDeskForm(one, typed if typed is not None and "wish" in typed else None)
    if typed is not None:
        if "remove" in typed:
            remove_party(one, by=me)
            messages.success(request, _("They take no part any more."))
            return redirect("meetings:desk_parties", *here(market))
        done = False
        if "keep" in typed and form.is_valid():
            done = tried(form, lambda: set_party(one, **form.cleaned_data, by=me))
        elif "wish" in typed and wish_form.is_valid():
            done = tried(wish_form, lambda: wish_for(one, wish_form, by=me))
        if done:
            messages.success(request, _("Kept."))
            return redirect("meetings:desk_party", *here(market), one.pk)
    context = {
        "market": market,
        "event": market.event,
        "one": one,
        "people": people_of(one),
        "own": sorted(
            Wish.objects.filter(wisher=one).select_related("wished"),
            key=lambda wish: fold(wish.wished.name),
        ),
        "theirs": sorted(
            Wish.objects.filter(wished=one).select_related("wisher"),
            key=lambda wish: fold(wish.wisher.name),
        ),
        "form": form,
        "wish_form": wish_form,
    }
    wrong = form.errors or wish_form.errors
    return render(request, "meetings/desk_party.html", context, status=422 if wrong else 200)


def wish_for(one: Party, form: WishDeskForm, *, by: object) -> None:
    given = form.cleaned_data
    if given["strength"]:
        say(one, given["wished"], given["strength"], given["says"], by=by, by_organisers=True)
    else:
        take_back(one, given["wished"], by=by, by_organisers=True)


@market_desk_gate(may_plan)
def pairs(request: HttpRequest, market: Marketplace) -> HttpResponse:
    """Who must meet and who must not, whatever they wish."""
    me, typed = whoever(request), request.POST if request.method == "POST" else None
    if typed is not None and "lift" in typed:
        number = typed["lift"]
        fits = number.isascii() and number.isdecimal() and len(number) < 19  # noqa: PLR2004
        held = get_object_or_404(PairRule, pk=number if fits else -1, first__marketplace=market)
        rule_pair(held.first, held.second, "", "", by=me)
        messages.success(request, _("They meet as they wish."))
        return redirect("meetings:desk_pairs", *here(market))
    if typed is not None and "call_off" in typed:
        _call_pair_off(request, market, typed["call_off"])
        return redirect("meetings:desk_pairs", *here(market))
    form = PairForm(market, typed)
    if typed is not None and form.is_valid():
        given = form.cleaned_data
        if tried(
            form,
            lambda: rule_pair(given["one"], given["other"], given["ruling"], given["why"], by=me),
        ):
            messages.success(request, _("Kept."))
            met = meeting_between(given["one"], given["other"])
            if given["ruling"] == Ruling.FORBID and met is not None:
                when = when_in(market.event.zone)(met.slot.starts_at)
                said = _("They meet on %(when)s all the same, until you call that meeting off.")
                messages.warning(request, said % {"when": when})
            return redirect("meetings:desk_pairs", *here(market))
    page = page_of(request, rulings_of(market), ROWS)
    context = {
        "market": market,
        "event": market.event,
        "page": page,
        "rows": _with_meetings(market, page),
        "form": form,
    }
    return render(request, "meetings/desk_pairs.html", context, status=422 if form.errors else 200)


def _with_meetings(
    market: Marketplace, page: Iterable[PairRule]
) -> list[tuple[PairRule, Meeting | None]]:
    """Each word of the organisers, with the meeting to come of two who must not meet."""
    rows = list(page)
    apart = {party for one in rows for party in (one.first_id, one.second_id)}
    met = {
        standing_of(one).parties: one
        for one in (standing_meetings(market, apart) if apart else [])
        if one.slot.starts_at > timezone.now()
    }
    return [
        (
            one,
            met.get(frozenset((one.first_id, one.second_id)))
            if one.ruling == Ruling.FORBID
            else None,
        )
        for one in rows
    ]


def _call_pair_off(request: HttpRequest, market: Marketplace, typed: str) -> None:
    meeting = get_object_or_404(Meeting, pk=as_number(typed), marketplace=market)
    try:
        call_off(meeting, by=whoever(request))
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Called off; the others get a letter."))


# Lists -------------------------------------------------------------------------------------------


@takes_files(20)
@market_desk_gate(may_plan)
def wish_list(request: HttpRequest, market: Marketplace) -> HttpResponse:
    """Bring a list, look at what it would do, take it in."""
    me = whoever(request)
    if "rows" in request.POST:
        rows = unsigned(request.POST["rows"])
        if rows is None:
            messages.error(request, _("This preview is too old. Bring the file once more."))
            return redirect("meetings:desk_wishes", *here(market))
        try:
            done = take_in_wishes(market, rows, by=me)
        except Refused as no:
            messages.error(request, str(no))
        else:
            facts = {"new": figure(done.new), "changed": figure(done.changed)}
            messages.success(
                request, _("Taken in. New wishes: %(new)s; changed: %(changed)s.") % facts
            )
        return redirect("meetings:desk_wishes", *here(market))
    context = {"market": market, "event": market.event, "ready": readiness_of(market)}
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WishListForm(*typed)
    context["form"] = form
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows_read, faults = _read(market, file)
        except Refused as no:
            form.add_error("file", str(no))
        else:
            found = preview_of(market, rows_read, faults)
            wanted = [one.row for one in found.lines]
            context |= {
                "file": file.name,
                "found": found,
                "lines": found.lines[:MOST_SHOWN],
                "faults": found.faults[:MOST_SHOWN],
                "rows": signed(wanted) if wanted else "",
            }
            return render(request, "meetings/desk_preview_wishes.html", context)
    return render(request, "meetings/desk_wishes.html", context, status=422 if form.errors else 200)


def _read(market: Marketplace, file: UploadedFile) -> tuple[list[Row], list[Fault]]:
    if market.way == Way.BOOKING:
        raise Refused(refusal("wishes_not_here"))
    return read_wishes(str(file.name), file.read())


@market_desk_gate(may_plan)
def export(request: HttpRequest, market: Marketplace, form: str) -> HttpResponseBase:
    """Every wish by name; the trail keeps who took the file."""
    if form not in MEDIA:
        raise Http404
    rows = wishes_as_rows(market)
    record("export_wishes", market, by=whoever(request), after={"rows": len(rows), "form": form})
    answer: HttpResponseBase
    if form == "csv":
        answer = StreamingHttpResponse(csv_of(FIELDS, rows), content_type=MEDIA[form])
    else:
        answer = HttpResponse(xlsx_of(FIELDS, rows), content_type=MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="{market.event.slug}-wishes.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer
