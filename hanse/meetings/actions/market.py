"""Set up the meetings of an event: how they come about, slots, tables, what the organisers say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.events.models import Event, Place, Registration
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused
from hanse.meetings.actions.booking import SlotAnswered, end_requests
from hanse.meetings.actions.joining import hold, join, leave
from hanse.meetings.models import (
    Marketplace,
    Meeting,
    MeetingSlot,
    MeetingTable,
    PairRule,
    Party,
    Representative,
    Wish,
)
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.rules.slots import MOST_TABLES, slots_made, why_no_slots, why_not_open
from hanse.meetings.words import STANDING, RequestState, Ruling, Strength


@transaction.atomic
def begin_market(event: Event, *, by: Any) -> Marketplace:
    """An event has meetings from now on. A second press finds them."""
    market, is_new = Marketplace.objects.get_or_create(event=event)
    if is_new:
        record("begin_meetings", market, by=by)
    return market


@transaction.atomic
def change_market(
    market: Marketplace, facts: Mapping[str, Any], *, revision: int, by: Any
) -> Marketplace:
    """Whoever saves second is told."""
    held = hold(market)
    if held.revision != revision:
        raise Refused(refusal("changed_meanwhile"))
    for name, value in facts.items():
        setattr(held, name, value)
    moments = [one for one in (held.opens_at, held.wishes_until, held.answers_until) if one]
    if moments != sorted(moments):
        raise Refused(refusal("deadlines_order"))
    if held.most_wishes is not None and held.most_musts > held.most_wishes:
        raise Refused(refusal("musts_above_wishes"))
    held.revision += 1
    held.save()
    record("change_meetings", held, by=by, after={"fields": sorted(facts)})
    return held


# Slots -------------------------------------------------------------------------------------------


@transaction.atomic
def add_slots(
    market: Marketplace,
    starts: datetime,
    ends: datetime,
    *,
    minutes: int,
    pause: int,
    onsite: bool,
    online: bool,
    by: Any,
) -> int:
    """A half-day of slots; sessions are numbered anew in the order of their hours."""
    held = hold(market)
    made = slots_made(starts, ends, minutes, pause)
    there = [(one.starts_at, one.ends_at) for one in held.slots.filter(removed_at=None)]
    zone = ZoneInfo(held.event.zone)
    hours = {one.day: (one.opens, one.closes) for one in held.event.days.all()}
    against = why_no_slots(made, there, starts, ends, zone) or why_not_open(made, hours, zone)
    if against:
        raise Refused(against)
    begins = [one for one, _end in made]
    # A slot that was taken away and begins at the same moment comes back.
    back = {one.starts_at: one for one in held.slots.filter(starts_at__in=begins)}
    session = max(held.slots.values_list("session", flat=True), default=-1) + 1
    facts = {"session": session, "onsite": onsite, "online": online}
    for begin, end in made:
        if begin in back:
            MeetingSlot.objects.filter(pk=back[begin].pk).update(
                ends_at=end, removed_at=None, **facts
            )
        else:
            MeetingSlot.objects.create(marketplace=held, starts_at=begin, ends_at=end, **facts)
    _number_sessions(held)
    record("add_slots", held, by=by, after={"slots": len(made)})
    return len(made)


def _number_sessions(market: Marketplace) -> None:
    first: dict[int, int] = {}
    slots = list(market.slots.filter(removed_at=None))
    for one in slots:
        first.setdefault(one.session, len(first))
    for one in slots:
        if one.session != first[one.session]:
            MeetingSlot.objects.filter(pk=one.pk).update(session=first[one.session])


@transaction.atomic
def remove_slots(market: Marketplace, slots: Iterable[MeetingSlot], *, by: Any) -> int:
    """Slots in which nobody meets; meetings and drafts of before still know their hours."""
    held = hold(market)
    numbers = [one.pk for one in slots if one.marketplace_id == held.pk]
    standing = Meeting.objects.filter(slot__in=numbers, state__in=STANDING)
    if count := standing.order_by().values("slot").distinct().count():
        raise Refused(refusal("slots_in_use", count=count))
    MeetingSlot.objects.filter(pk__in=numbers).update(removed_at=timezone.now())
    _number_sessions(held)
    record("remove_slots", held, by=by, after={"slots": len(numbers)})
    return len(numbers)


# Tables ------------------------------------------------------------------------------------------


@transaction.atomic
def set_tables(market: Marketplace, count: int, place: Place | None, *, by: Any) -> None:
    """Tables 1 to so many. Those that are there keep their place; new ones get the one named."""
    held = hold(market)
    if count > MOST_TABLES:
        raise Refused(refusal("too_many_tables", most=MOST_TABLES))
    there = {one.number: one for one in held.tables.all()}
    away = [one for number, one in there.items() if number > count]
    met = Meeting.objects.filter(table__in=away)
    used = met.filter(state__in=STANDING).order_by("table__number").first()
    if used is not None and used.table is not None:
        raise Refused(refusal("table_in_use", table=used.table.number))
    met.update(table=None)  # what was called off there keeps its slot alone
    MeetingTable.objects.filter(pk__in=[one.pk for one in away]).delete()
    MeetingTable.objects.bulk_create(
        MeetingTable(marketplace=held, number=number, place=place)
        for number in range(1, count + 1)
        if number not in there
    )
    record("set_tables", held, by=by, after={"tables": count})


@transaction.atomic
def change_table(
    table: MeetingTable,
    *,
    name: str,
    place: Place | None,
    closed: Iterable[MeetingSlot],
    by: Any,
) -> None:
    """Its name, where it stands, and slots in which it is not there; none where people meet."""
    market = hold(table.marketplace)
    slots = [one for one in closed if one.marketplace_id == market.pk]
    if Meeting.objects.filter(table=table, slot__in=slots, state__in=STANDING).exists():
        raise Refused(refusal("table_in_use", table=table.number))
    table.name, table.place = name, place
    table.save(update_fields=["name", "place"])
    table.closed.set(slots)
    record("change_table", table, by=by, after={"closed": len(slots)})


# Parties -----------------------------------------------------------------------------------------


@transaction.atomic
def add_person(
    market: Marketplace, registration: Registration, party: Party | None, *, by: Any
) -> Representative:
    """Somebody with a seat takes part, for the party that the organisers name or their own."""
    before = Representative.objects.select_related("party").filter(registration=registration)
    held = before.first()
    if held is not None and held.party.left_at is None:
        facts = {"name": registration.name, "party": held.party.name}
        raise Refused(refusal("person_twice", **facts))
    if party is not None and held is not None:
        held.delete()
    return join(market, registration, by=by, by_organisers=True, party=party)


@transaction.atomic
def set_party(party: Party, *, is_newcomer: bool, table: MeetingTable | None, by: Any) -> None:
    hold(party.marketplace)
    if table is not None:
        host = Party.objects.filter(table=table, left_at__isnull=True).exclude(pk=party.pk).first()
        if host is not None:
            raise Refused(refusal("table_taken", name=host.name, table=table.number))
    party.is_newcomer, party.table = is_newcomer, table
    party.save(update_fields=["is_newcomer", "table"])
    after = {"newcomer": is_newcomer, "table": table.number if table else None}
    record("set_party", party, by=by, after=after)


@transaction.atomic
def remove_party(party: Party, *, by: Any) -> None:
    """All its people leave; the others of their meetings are told."""
    for one in list(party.representatives.select_related("party__marketplace__event")):
        leave(one, by=by)
    Party.objects.filter(pk=party.pk, left_at__isnull=True).update(left_at=timezone.now())
    record("remove_party", party, by=by)


# Pairs -------------------------------------------------------------------------------------------


@transaction.atomic
def rule_pair(one: Party, other: Party, ruling: str, why: str, *, by: Any) -> PairRule | None:
    """Two parties must meet, must not, or as they wish (an empty ruling).

    What one of them asked the other for ends where they must not; a meeting stands until somebody
    calls it off.
    """
    if one.pk == other.pk or one.marketplace_id != other.marketplace_id:
        raise Refused(refusal("pair_needs_two"))
    hold(one.marketplace)
    first, second = sorted((one, other), key=lambda party: party.pk)
    if not ruling:
        gone = PairRule.objects.filter(first=first, second=second).first()
        if gone is not None:
            record("lift_ruling", first, by=by, after={"other": second.pk})
            gone.delete()
        return None
    sides = (first.pk, second.pk)
    declined = Wish.objects.filter(wisher__in=sides, wished__in=sides, strength=Strength.NO)
    if ruling == Ruling.FORCE and declined.exists():
        raise Refused(refusal("pair_declined"))
    facts = {"ruling": Ruling(ruling), "why": " ".join(why.split())[:300], "by": by}
    before = PairRule.objects.filter(first=first, second=second).first()
    if before is None or before.ruling != ruling:
        facts["at"] = timezone.now()
    held, _new = PairRule.objects.update_or_create(first=first, second=second, defaults=facts)
    record("rule_pair", held, by=by, after={"ruling": ruling})
    if ruling == Ruling.FORBID:
        for one_request in end_requests(one, other, RequestState.DECLINED):
            # As whoever is declined: nobody reads by whom.
            announce(SlotAnswered(one_request))
    return held
