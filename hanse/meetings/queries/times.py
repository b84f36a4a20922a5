"""What the organisers set for the meetings, and moments in words on the clock of the place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from hanse.events.models import Event
from hanse.events.words import State
from hanse.kit.numbers import weekday
from hanse.kit.refusals import Refusal
from hanse.meetings.models import Marketplace
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.rules.wishing import Limits
from hanse.meetings.words import Way


def limits_of(market: Marketplace) -> Limits:
    return Limits(
        market.opens_at,
        market.wishes_until,
        market.answers_until,
        market.most_wishes,
        market.most_musts,
    )


def when_in(zone: str) -> Callable[[datetime], str]:
    """“Thursday 14 January, 18:00” there, in the reader's language."""

    def when(at: datetime) -> str:
        there = at.astimezone(ZoneInfo(zone))
        return f"{weekday(there.replace(tzinfo=None))}, {there:%H:%M}"

    return when


def moment_said(at: datetime) -> str:
    """“Thu 14 Jan, 10:00”, of a moment that is on the clock of the place already."""
    return f"{weekday(at.replace(tzinfo=None), 'short')}, {at:%H:%M}"


def table_said(name: object) -> str:
    """Where people meet: nothing named is online."""
    return _("Table %(table)s") % {"table": name} if name else _("online")


def last_answer(market: Marketplace) -> datetime | None:
    return market.answers_until or market.wishes_until


def why_not_now(event: Event) -> Refusal | None:
    """Why nothing about the meetings can change any more."""
    if event.state == State.CLOSED:
        return refusal("event_closed")
    if event.is_over or event.cancelled_at:
        return refusal("event_over")
    return None


def by_when(market: Marketplace, now: datetime | None = None) -> str:
    """Until when wishes are said and answered, in a sentence; empty where nothing is set."""
    now = now or timezone.now()
    if market.way != Way.PLAN:
        return ""
    when = when_in(market.event.zone)
    opens, wishes, answers = market.opens_at, market.wishes_until, last_answer(market)
    if opens and now < opens:
        return _("Wishes can be said from %(when)s on.") % {"when": when(opens)}
    if answers is None:
        return ""
    facts = {"wishes": when(wishes) if wishes else "", "answers": when(answers)}
    if now > answers:
        return _("Answers ended on %(answers)s.") % facts
    if wishes and now > wishes:
        return _("Wishes ended on %(wishes)s; answers by %(answers)s.") % facts
    if wishes and wishes != answers:
        return _("Wishes by %(wishes)s, answers by %(answers)s.") % facts
    return _("Wishes and answers by %(answers)s.") % facts
