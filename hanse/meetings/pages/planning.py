"""The planning desk: drafts side by side, one in whole, what publishing it would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hanse.engines.meetings.checking import check
from hanse.engines.meetings.market import Placed
from hanse.engines.meetings.timetable import Timetable
from hanse.events.forms.numbers import FARTHEST_NUMBER, as_number
from hanse.kit.folding import fold
from hanse.kit.gate import whoever
from hanse.kit.numbers import figure, percent
from hanse.kit.refusals import Refused
from hanse.meetings.access import may_plan, may_read_desk
from hanse.meetings.actions.drafts import ask_to_stop, begin_draft, draft_by_hand, fix, moved
from hanse.meetings.actions.publishing import publish
from hanse.meetings.documents.course import course
from hanse.meetings.forms.planning import PlaceForm, PublishForm, RunForm
from hanse.meetings.jobs import start_planning
from hanse.meetings.models import Draft, Marketplace, PublishedPlan
from hanse.meetings.pages import market_desk_gate
from hanse.meetings.queries.drafts import (
    Unmet,
    Whole,
    drafts_of,
    is_running,
    later_than,
    names_in,
    places_now,
    title_of,
    told_by,
    whole,
)
from hanse.meetings.queries.event_input import parties_of
from hanse.meetings.queries.findings import faults_of
from hanse.meetings.queries.moving import names_said, why_not_there
from hanse.meetings.queries.overtaken import said_of
from hanse.meetings.queries.pairs import market_pairs
from hanse.meetings.queries.times import moment_said, table_said
from hanse.meetings.words import CLASHES, REASONS, STANDING, DraftState, Way

FIRST_UNMET = 12
SMALL_GAP = 0.001


def address(place: Marketplace, name: str = "planning", *more: object) -> str:
    event = place.event
    return reverse(f"meetings:{name}", args=[event.series.slug, event.slug, *more])


@market_desk_gate(may_read_desk)
def planning(request: HttpRequest, place: Marketplace) -> HttpResponse:
    """All drafts, and a new run."""
    form = RunForm(request.POST or None)
    if request.method == "POST":
        if not may_plan(request.user, place.event):
            raise Http404
        if form.is_valid() and (begun := _begin(request, place, form)):
            return begun
    drafts = list(drafts_of(place))
    pairs = market_pairs(place)
    context = {
        "event": place.event,
        "place": place,
        "form": form,
        "drafts": _lines(place, drafts),
        "pairs": pairs,
        "counted": counted(place),
        "is_booked": place.way == Way.BOOKING,
        "title": _planning_finding(place, drafts, len(pairs.planned)),
        "may_plan": may_plan(request.user, place.event),
    }
    return render(request, "meetings/planning.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, place: Marketplace, form: RunForm) -> HttpResponse | None:
    typed, me = request.POST.get("follows", ""), whoever(request)
    number = as_number(typed)
    follows = None
    if number is not None and number <= FARTHEST_NUMBER:
        follows = place.drafts.filter(number=number).first()
    if typed and follows is None:
        form.add_error(None, _("There is no such draft to follow."))
        return None
    try:
        with transaction.atomic():
            draft = begin_draft(
                place, form.wanted, by=me, title=form.cleaned_data["title"], follows=follows
            )
            draft.marketplace = place
            start_planning(draft, by=me)
    except Refused as no:
        form.add_error(None, str(no))
        return None
    return redirect(address(place, "draft", draft.number))


def counted(place: Marketplace) -> list[str]:
    """Parties, slots and tables, each with its number."""
    parties = place.parties.filter(left_at__isnull=True).count()
    slots, tables = place.slots.filter(removed_at=None).count(), place.tables.count()
    return [
        ngettext("%(count)s party", "%(count)s parties", parties) % {"count": figure(parties)},
        ngettext("%(count)s slot", "%(count)s slots", slots) % {"count": figure(slots)},
        ngettext("%(count)s table", "%(count)s tables", tables) % {"count": figure(tables)},
    ]


def _planning_finding(place: Marketplace, drafts: list[Draft], planned: int) -> str:
    if place.way == Way.BOOKING:
        count = place.meetings.filter(state__in=STANDING).count()
        said = ngettext("%(count)s meeting is booked", "%(count)s meetings are booked", count)
        return said % {"count": figure(count)}
    if place.published_number:
        return _("Version %(number)s is published") % {"number": place.published_number}
    done = next((one for one in drafts if one.state == DraftState.DONE), None)
    if done is not None:
        return _finding(done)
    said = ngettext(
        "%(count)s meeting is wished by both sides, none is planned yet",
        "%(count)s meetings are wished by both sides, none is planned yet",
        planned,
    )
    return said % {"count": figure(planned)}


def _finding(draft: Draft) -> str:
    """What a draft leaves, and what must be left at best."""
    told = draft.quality
    facts = {"number": draft.number, "of": figure(told["of"])}
    unmet = told["of"] - told.get("held", 0)
    least = told["of"] - told.get("bound", {}).get("held", told["of"])
    if not unmet:
        return _("Draft %(number)s meets all %(of)s wishes") % facts
    facts |= {"unmet": figure(unmet), "least": figure(max(least, 0))}
    if least >= unmet:
        return (
            _("Draft %(number)s leaves %(unmet)s of %(of)s wishes unmet; no plan leaves fewer")
            % facts
        )
    return _("Draft %(number)s leaves %(unmet)s of %(of)s wishes unmet; at best %(least)s") % facts


def _lines(place: Marketplace, drafts: list[Draft]) -> list[Mapping[str, Any]]:
    versions = place.published.order_by("number").values_list("draft", "number")
    published = dict(versions)  # of a draft that was published twice the later
    names = names_in(place)
    return [
        {
            "draft": one,
            "title": title_of(one, names),
            "told": one.quality,
            "gap": gap_said(one),
            "is_running": is_running(one),
            "version": published.get(one.pk),
            "is_serving": bool(published.get(one.pk) == place.published_number),
            "url": address(place, "draft", one.number),
        }
        for one in drafts
    ]


def gap_said(draft: Draft) -> str:
    found = draft.quality.get("gap")
    return _("0 %, proven best") if found == 0 else gap_figure(found)


def gap_figure(gap: float | None) -> str:
    """A gap that is not closed never reads as none."""
    return "–" if gap is None else percent(gap, 2 if 0 < gap < SMALL_GAP else 1 if gap else 0)


def draft_of(place: Marketplace, number: int) -> Draft:
    draft = get_object_or_404(Draft.objects.select_related("job"), marketplace=place, number=number)
    draft.marketplace = place
    return draft


@market_desk_gate(may_read_desk)
def draft(request: HttpRequest, place: Marketplace, number: int) -> HttpResponse:
    """One draft: while it runs, what was found so far; then plan, reasons and table."""
    one = draft_of(place, number)
    context: dict[str, Any] = {
        "event": place.event,
        "place": place,
        "draft": one,
        "told": one.quality,
        "may_plan": may_plan(request.user, place.event),
        "is_running": is_running(one),
        "url": address(place, "draft", number),
        "course": course(one.course),
        "last": one.course[-1] if one.course else None,
    }
    if context["is_running"]:
        template = "meetings/draft_running.html"
        if request.htmx:  # type: ignore[attr-defined]
            template += "#state"
        return render(request, template, context)
    if request.htmx:  # type: ignore[attr-defined]
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    if one.state not in (DraftState.DONE, DraftState.INFEASIBLE):
        return render(request, "meetings/draft_failed.html", context)
    context |= _shown(request, whole(one))
    return render(request, "meetings/draft.html", context)


def _shown(request: HttpRequest, shown: Whole) -> dict[str, Any]:
    one, place = shown.draft, shown.draft.marketplace
    before = places_now(place) if place.published_number else {}
    changes, concerned = told_by(shown)
    why, clash = clash_said(shown)
    unmet = shown.unmet if "all" in request.GET else shown.unmet[:FIRST_UNMET]
    return {
        "shown": shown,
        "faults": faults_of(one, shown),
        "kicker": title_of(one, shown.names),
        "left_out": shown.left_out,
        "missing": shown.missing if one.state == DraftState.DONE else [],
        "title": _finding(one) if one.state == DraftState.DONE else _("No plan keeps all rules"),
        "facts": _facts(one, changes, is_published=bool(place.published_number)),
        "gap": gap_said(one),
        "later": later_than(one, shown.market),
        "is_gone": shown.is_gone,
        "fixed": [
            (number, " – ".join(shown.names_of(number)))
            for number in range(len(shown.market.meetings))
            if parties_of(shown.market, number) in shown.fixed
        ],
        "unmet": [(line, *reason_said(line)) for line in unmet],
        "unmet_count": len(shown.unmet),
        "reasons": _reasons_counted(shown),
        "why": why,
        "clash": clash,
        "days": shown.grid(before) if one.state == DraftState.DONE else [],
        "has_moved": bool(before),
        "changes": changes,
        "concerned": concerned,
        "version": place.published.filter(draft=one).first(),
        "publish_form": PublishForm(initial={"expects": place.published_number}),
        "price": price_of(one),
    }


def _facts(one: Draft, changes: int, *, is_published: bool) -> list[tuple[str, str]]:
    told = one.quality
    if "held" not in told:
        return []
    musts = told["musts"]
    return [
        (gap_figure(told.get("gap")), _("gap between this plan and the bound")),
        (figure(told["held"]), _("meetings planned of %(of)s wished") % {"of": figure(told["of"])}),
        (
            figure(told["fewest"]),
            ngettext(
                "fewest meetings of a party; %(count)s has no more",
                "fewest meetings of a party; %(count)s have no more",
                told["having"],
            )
            % {"count": figure(told["having"])},
        ),
        (figure(changes), _("changes against the published version"))
        if is_published
        else (
            f"{figure(musts[0])} / {figure(musts[1])}",
            _("meetings that both sides must have"),
        ),
    ]


def price_of(one: Draft) -> str:
    """What the guarantee for newcomers costs, where the draft that it follows has none."""
    other = one.follows
    mine = one.wanted.get("newcomers", 0)
    if (
        not mine
        or other is None
        or other.wanted.get("newcomers", 0)
        or "weight" not in other.quality
    ):
        return ""
    if other.input.get("meetings") != one.input.get("meetings"):
        return ""
    points = other.quality["weight"] - one.quality.get("weight", 0)
    facts = {
        "points": figure(points), "mine": figure(mine), "number": one.number,
        "other": other.number, "weight": figure(other.quality["weight"]),
    }  # fmt: skip
    return (
        _(
            "It costs %(points)s points: draft %(number)s gives every newcomer %(mine)s meetings, "
            "draft %(other)s without it has %(weight)s points. The choice is yours, not the "
            "engine’s."
        )
        % facts
    )


def reason_said(one: Unmet) -> tuple[str, str]:
    """Why, and what would change it."""
    why, change = REASONS[one.reason.value]
    facts = {
        "who": one.who or one.first,
        "both": f"{one.first}, {one.second}",
        "slots": ", ".join(map(moment_said, one.slots)),
    }
    return str(why) % facts, str(change) % facts


def _reasons_counted(shown: Whole) -> str:
    said = ngettext(
        "%(count)s wish is not met: its line says why, and what would change it.",
        "%(count)s wishes are not met: each line says why, and what would change it.",
        len(shown.unmet),
    )
    return said % {"count": figure(len(shown.unmet))}


def clash_said(shown: Whole) -> tuple[str, list[str]]:
    """Why no plan keeps all rules, and the smallest set of meetings, or parties, that shows it."""
    clash = shown.plan.clash
    if clash is None:
        return "", []
    parties = {shown.market.party_of(one) for one in clash.participants}
    who = sorted((shown.names.get(one, "–") for one in parties), key=fold)
    named = [" – ".join(shown.names_of(number)) for number in clash.meetings] or who
    why = CLASHES[clash.kind if clash.meetings else "fairness"] % {"who": ", ".join(who)}
    if clash.smallest and len(named) > 1:
        why = f"{why} {_('Without any one of them there is no clash.')}"
    return why, named


@require_POST
@market_desk_gate(may_plan)
def stop(request: HttpRequest, place: Marketplace, number: int) -> HttpResponse:
    """The run ends with the best plan that it has."""
    ask_to_stop(draft_of(place, number))
    return redirect(address(place, "draft", number))


@require_POST
@market_desk_gate(may_plan)
def publish_draft(request: HttpRequest, place: Marketplace, number: int) -> HttpResponse:
    form = PublishForm(request.POST)
    one = draft_of(place, number)
    if form.is_valid():
        try:
            made = publish(
                one,
                expects=form.cleaned_data["expects"],
                by=whoever(request),
                note=form.cleaned_data["note"],
            )
        except Refused as no:
            messages.error(request, str(no))
        else:
            said = _("Version %(number)s is published. Those for whom something changed are told.")
            messages.success(request, said % {"number": made.number})
            if left := left_out_said(made):
                messages.info(request, left)
    else:
        messages.error(request, " ".join(str(why[0]) for why in form.errors.values()))
    return redirect(address(place, "draft", number))


def left_out_said(made: PublishedPlan) -> str:
    """What a version leaves out of its draft, and why; empty where it is the draft."""
    left = said_of(made.left_out, names_in(made.marketplace))
    said = ngettext(
        "%(count)s meeting does not stand any more and is left out: %(names)s.",
        "%(count)s meetings do not stand any more and are left out: %(names)s.",
        len(left),
    )
    return said % {"count": figure(len(left)), "names": "; ".join(left)} if left else ""


@require_POST
@market_desk_gate(may_plan)
def fixing(request: HttpRequest, place: Marketplace, number: int, meeting: int) -> HttpResponse:
    """A meeting stays where it is in runs that follow; or no longer."""
    one = draft_of(place, number)
    if one.state != DraftState.DONE:
        raise Http404
    shown = whole(one)
    if not 0 <= meeting < len(shown.market.meetings):
        raise Http404
    fix(one, parties_of(shown.market, meeting), on="on" in request.POST, by=whoever(request))
    return redirect(address(place, "move", number, meeting))


@market_desk_gate(may_plan)
def move(request: HttpRequest, place: Marketplace, number: int, meeting: int) -> HttpResponse:
    """One meeting by hand: what it would break is shown before it is a draft of its own."""
    one = draft_of(place, number)
    if one.state != DraftState.DONE:
        raise Http404
    shown = whole(one)
    if not 0 <= meeting < len(shown.market.meetings):
        raise Http404
    was = next((held for held in shown.plan.meetings if held.meeting == meeting), None)
    slots = [(slot, moment_said(shown.starts(slot))) for slot in range(len(shown.market.slots))]
    tables = [(table, shown.table_name(table)) for table in range(len(shown.market.tables))]
    asked = request.POST or request.GET
    initial = {"slot": was.slot, "table": was.table} if was else {}
    form = PlaceForm(
        asked if "slot" in asked else None, initial=initial, slots=slots, tables=tables
    )
    context: dict[str, Any] = {
        "event": place.event,
        "place": place,
        "draft": one,
        "shown": shown,
        "meeting": meeting,
        "names": shown.names_of(meeting),
        "was": was,
        "where": _where(shown, was) if was else "",
        "form": form,
        "is_fixed": parties_of(shown.market, meeting) in shown.fixed,
        "is_pinned": shown.market.meetings[meeting].slot is not None,
        "possible": _possible(shown, meeting),
        "url": address(place, "draft", number),
    }
    out = "out" in asked
    if (form.is_bound and form.is_valid()) or out:
        slot = None if out else form.cleaned_data["slot"]
        table = None if out else form.cleaned_data["table"]
        plan = moved(one, meeting, slot, table)
        if request.method == "POST" and "keep" in request.POST:
            parties = parties_of(shown.market, meeting)
            made = draft_by_hand(one, plan, parties=parties, by=whoever(request))
            return redirect(address(place, "draft", made.number))
        context |= _consequences(shown, plan) | {"out": out, "asked": asked}
        if context["faults"]:
            context["faults"] = why_not_there(shown, plan, meeting, context["faults"])
    return render(request, "meetings/move.html", context)


def _where(shown: Whole, was: Placed) -> str:
    return f"{moment_said(shown.starts(was.slot))}, {table_said(shown.table_name(was.table))}"


def _possible(shown: Whole, meeting: int) -> list[str]:
    """Slots in which both could, were nothing else held."""
    seatings = shown.market.seatings(meeting)
    slots = sorted(
        {slot for people in seatings for slot in shown.market.slots_for(meeting, people)}
    )
    return [moment_said(shown.starts(slot)) for slot in slots]


def _consequences(shown: Whole, plan: Timetable) -> dict[str, Any]:
    """What goes, what breaks, what it costs."""
    held = {one.meeting for one in plan.meetings}
    gone = [one.meeting for one in shown.plan.meetings if one.meeting not in held]
    verdict = check(shown.market, plan)
    weight = plan.value.weight if plan.value else 0
    breaks = plan.value.breaks if plan.value else 0
    was = shown.draft.quality
    return {
        "is_asked": True,
        "gone": [names_said(shown, number) for number in gone],
        "faults": verdict.faults,
        "points": weight - was.get("weight", 0),
        "breaks": breaks - was.get("breaks", 0),
    }
