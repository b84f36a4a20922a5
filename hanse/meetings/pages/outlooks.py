"""What if: how many tables, one more slot, what a promise to newcomers costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.commons.work.words import ENDED
from hanse.events.forms.numbers import as_number
from hanse.kit.gate import whoever
from hanse.kit.numbers import figure
from hanse.kit.refusals import Refused
from hanse.meetings.access import may_plan, may_read_desk
from hanse.meetings.actions.outlooks import ask
from hanse.meetings.jobs import start_answering
from hanse.meetings.models import Marketplace, MeetingSlot, Outlook
from hanse.meetings.pages import market_desk_gate
from hanse.meetings.pages.planning import address
from hanse.meetings.words import Question

USUAL_MINIMUM, MOST_MINIMUM = 3, 30


@dataclass(frozen=True)
class Row:
    """One case: what it is, what the plan found holds, what no plan exceeds."""

    case: str
    held: str
    most: str
    is_now: bool = False
    slot: MeetingSlot | None = None


@dataclass(frozen=True)
class Answer:
    """A question with what is known of it."""

    outlook: Outlook
    state: str  # waiting, failed, told
    finding: str = ""
    rows: Sequence[Row] = ()


@market_desk_gate(may_read_desk)
def outlooks(request: HttpRequest, place: Marketplace) -> HttpResponse:
    """The three questions, each with its last answer."""
    if request.method == "POST":
        if not may_plan(request.user, place.event):
            raise Http404
        return _asked(request, place)
    found = place.outlooks.select_related("job")
    answers = {one.question: answer_of(place, one) for one in found}
    context = {
        "event": place.event,
        "place": place,
        "questions": [(one, answers.get(one)) for one in Question],
        "is_waiting": any(one.state == "waiting" for one in answers.values()),
        "may_plan": may_plan(request.user, place.event),
        "minimum": answers[Question.NEWCOMERS].outlook.minimum
        if Question.NEWCOMERS in answers
        else USUAL_MINIMUM,
        "most": MOST_MINIMUM,
    }
    return render(request, "meetings/outlooks.html", context)


def _asked(request: HttpRequest, place: Marketplace) -> HttpResponse:
    question = request.POST.get("question", "")
    if question not in Question.values:
        raise Http404
    minimum = None
    if question == Question.NEWCOMERS:
        minimum = as_number(request.POST.get("minimum", ""))
        if minimum is None or not 1 <= minimum <= MOST_MINIMUM:
            said = _("Promise newcomers between 1 and %(most)s meetings.") % {"most": MOST_MINIMUM}
            messages.error(request, said)
            return redirect(address(place, "outlooks"))
    try:
        held = ask(place, Question(question), minimum)
    except Refused as no:
        messages.error(request, str(no))
    else:
        held.marketplace = place
        start_answering(held, by=whoever(request))
    return redirect(address(place, "outlooks"))


def answer_of(place: Marketplace, outlook: Outlook) -> Answer:
    """The answer in words and rows."""
    if not outlook.told:
        is_over = outlook.job is not None and outlook.job.state in ENDED
        return Answer(outlook, "failed" if is_over else "waiting")
    say = {Question.TABLES: _tables, Question.SLOT: _slots, Question.NEWCOMERS: _newcomers}
    finding, rows = say[Question(outlook.question)](place, outlook.told)
    return Answer(outlook, "told", finding, rows)


def _row(case: str, told: Mapping[str, Any], **more: Any) -> Row:
    held = figure(told["held"]) if told["kept"] else _("no plan found")
    return Row(case, held, figure(told["most_held"]), **more)


def _tables(place: Marketplace, told: Mapping[str, Any]) -> tuple[str, list[Row]]:
    own = place.tables.count()
    enough, each = told["enough"], round(told["each_below"])
    facts = {"enough": figure(enough), "own": figure(own), "each": figure(each)}
    if own > enough:
        said = _("%(enough)s tables hold as much as any more; you have %(own)s.") % facts
    elif own == enough:
        said = _("Your %(own)s tables are as many as help.") % facts
    else:
        said = _("You have %(own)s tables; up to %(enough)s hold more.") % facts
    if each:
        said += (
            " "
            + ngettext(
                "Each one below costs about %(each)s meeting.",
                "Each one below costs about %(each)s meetings.",
                each,
            )
            % facts
        )
    shown = [one for one in told["rows"] if one["tables"] <= max(own, enough)]
    return said, [
        _row(
            ngettext("%(count)s table", "%(count)s tables", one["tables"])
            % {"count": figure(one["tables"])},
            one["outlook"],
            is_now=one["tables"] == own,
        )
        for one in shown
    ]


def _slots(place: Marketplace, told: Mapping[str, Any]) -> tuple[str, list[Row]]:
    slots = place.slots.in_bulk([one["after"] for one in told["sessions"]])
    now = told["now"]["held"]
    gains = [one["outlook"]["held"] - now for one in told["sessions"]]
    most = max(gains, default=0)
    said = ngettext(
        "One more slot would hold %(count)s meeting more, where it helps most.",
        "One more slot would hold %(count)s meetings more, where it helps most.",
        most,
    ) % {"count": figure(most)}
    if most <= 0:
        said = _("One more slot would hold nothing more.")
    rows = [_row(_("as it is"), told["now"], is_now=True)]
    rows += [
        _row("", one["outlook"], slot=slots[one["after"]])
        for one in told["sessions"]
        if one["after"] in slots
    ]
    return said, rows


def _newcomers(_place: Marketplace, told: Mapping[str, Any]) -> tuple[str, list[Row]]:
    facts = {"minimum": figure(told["minimum"]), "all": figure(told["newcomers"])}
    before, after = told["without"], told["guaranteed"]
    price = before["held"] - after["held"]
    if not told["newcomers"]:
        said = _("No newcomer wishes for a meeting.")
    elif not after["kept"]:
        said = _("No plan was found in which each of %(all)s newcomers has %(minimum)s.") % facts
    elif price <= 0 and before["weight"] <= after["weight"]:
        said = _("The promise costs nothing.")
    elif price <= 0:
        said = _("The promise costs no meeting, but weightier ones give way to lighter ones.")
    else:
        said = ngettext(
            "The promise costs %(count)s meeting.", "The promise costs %(count)s meetings.", price
        ) % {"count": figure(price)}
    case = _("%(promise)s: %(reach)s of %(all)s newcomers have %(minimum)s or all they wish")
    rows = [
        _row(case % {"promise": name, "reach": figure(reach), **facts}, one)
        for name, reach, one in (
            (_("Without a promise"), told["reach_without"], before),
            (_("With it"), told["reach"], after),
        )
    ]
    return said, rows
