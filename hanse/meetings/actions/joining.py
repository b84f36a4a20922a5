"""Take part in the meetings of an event, change what others read, leave.

Whoever has a seat takes part with one press. They come for the organisation of their registration
where they can be shown to: they look after its profile, or their address is of the same house as
somebody who does. A second person of the same organisation joins the same party; whoever only typed
its name gets a party of their own, and the organisers may put both together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.directory.access import administered_by
from hanse.directory.models import Administrator, Fact, Organisation
from hanse.directory.words import State as ProfileState
from hanse.events.access import is_of
from hanse.events.models import Booking, Registration
from hanse.events.words import RegistrationState
from hanse.kit.refusals import Refused
from hanse.meetings.actions.calling_off import call_off_of
from hanse.meetings.models import (
    Marketplace,
    MeetingSlot,
    Outcome,
    Party,
    Representative,
    SlotRequest,
    Wish,
)
from hanse.meetings.queries.times import why_not_now
from hanse.meetings.rules.parties import is_of_house
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.words import RequestState

MOST_TEXT = 1000


def hold(market: Marketplace) -> Marketplace:
    """Lock the marketplace until the transaction ends: joining and booking come one by one."""
    return (
        Marketplace.objects.select_for_update(of=("self",))
        .select_related("event__series")
        .get(pk=market.pk)
    )


def hold_party(party: Party) -> Party:
    """Lock a party until the transaction ends; Refused where its event is over."""
    held = (
        Party.objects.select_for_update(of=("self",))
        .select_related("marketplace__event")
        .get(pk=party.pk)
    )
    if against := why_not_now(held.marketplace.event):
        raise Refused(against)
    return held


@transaction.atomic
def join(
    market: Marketplace,
    registration: Registration,
    *,
    by: Any,
    by_organisers: bool = False,
    party: Party | None = None,
) -> Representative:
    """Take part; a second press gives what the first gave, and whoever left comes back.

    `party`: for whom the organisers say that they sit; else it is found by their organisation.
    """
    held = hold(market)
    if against := why_not_now(held.event):
        raise Refused(against)
    registration = Registration.objects.select_related("event", "organisation", "team").get(
        pk=registration.pk
    )
    if registration.event_id != held.event_id or registration.state != RegistrationState.CONFIRMED:
        raise Refused(refusal("no_seat"))
    before = (
        Representative.objects.select_related("party").filter(registration=registration).first()
    )
    if before is not None:
        if before.party.left_at:
            before.party.left_at = None
            before.party.save(update_fields=["left_at"])
            record("rejoin_meetings", before.party, by=by)
        return before
    party = party or party_of(held, registration, by_organisers=by_organisers)
    one = Representative.objects.create(
        party=party, registration=registration, is_online=registration.kind.is_online
    )
    one.away.set(slots_of_bookings(held, registration))
    record("join_meetings", party, by=by)
    return one


def party_of(market: Marketplace, registration: Registration, *, by_organisers: bool) -> Party:
    """The party that somebody comes for: the one there is, or a new one."""
    organisation = organisation_of(registration, by_organisers=by_organisers)
    if organisation is not None:
        held = market.parties.filter(organisation=organisation).first()
        if held is not None:
            if held.left_at:
                held.left_at = None
                held.save(update_fields=["left_at"])
            return held
    elif colleagues := _colleagues(market, registration):
        return colleagues
    name = registration.organisation_name or registration.name
    texts = texts_of(organisation, registration.language) if organisation else {}
    return Party.objects.create(
        marketplace=market,
        organisation=organisation,
        name=(organisation.name if organisation else name)[:200],
        country=organisation.country if organisation else registration.country,
        is_newcomer=bool(registration.is_newcomer),
        **texts,
    )


def organisation_of(registration: Registration, *, by_organisers: bool) -> Organisation | None:
    """The organisation of a registration, where it is shown that they come for it."""
    named = registration.organisation
    own = administered_by(registration.person) if registration.person else None
    if named is None:
        named_so = registration.organisation_name
        if own is None or not named_so:
            return None
        return own.filter(state=ProfileState.PUBLISHED, name__iexact=named_so).first()
    if by_organisers or (own is not None and own.filter(pk=named.pk).exists()):
        return named
    keepers = Administrator.objects.filter(organisation=named).values_list(
        "person__email", flat=True
    )
    # An address that was typed proves nothing; one with a log-in behind it was answered.
    address = registration.person.email if registration.person else ""
    return named if is_of_house(address, keepers) else None


def _colleagues(market: Marketplace, registration: Registration) -> Party | None:
    """A party without a profile that somebody of the same team or house made under that name."""
    if not registration.organisation_name:
        return None
    same = Representative.objects.filter(
        party__marketplace=market,
        party__left_at__isnull=True,
        party__organisation__isnull=True,
        registration__organisation_name__iexact=registration.organisation_name,
    ).select_related("party", "registration")
    address = registration.person.email if registration.person else ""
    for one in same:
        in_team = registration.team_id and one.registration.team_id == registration.team_id
        if in_team or is_of_house(address, [one.registration.email]):
            return one.party
    return None


def texts_of(organisation: Organisation, language: str) -> dict[str, str]:
    """What the public profile says, in the language of whoever joins, else in English."""
    said: dict[str, list[Fact]] = {"summary": [], "offer": [], "seek": []}
    facts = organisation.facts.filter(ended_at__isnull=True, is_public=True, field__in=list(said))
    for fact in facts.order_by("pk"):
        said[fact.field].append(fact)
    names = {"summary": "about", "offer": "offers", "seek": "seeks"}
    return {names[field]: _in_language(ones, language) for field, ones in said.items()}


def _in_language(facts: list[Fact], language: str) -> str:
    spoken = {fact.language for fact in facts}
    chosen = next((one for one in (language, "en") if one in spoken), None)
    lines = [str(one.value) for one in facts if chosen is None or one.language == chosen]
    return "\n".join(lines)[:MOST_TEXT]


def slots_of_bookings(market: Marketplace, registration: Registration) -> list[MeetingSlot]:
    """Slots in which they sit in a workshop that they chose when they registered."""
    seats = Booking.objects.filter(
        registration=registration, state=RegistrationState.CONFIRMED
    ).select_related("session")
    busy = [(one.session.starts_at, one.session.ends_at) for one in seats]
    return [
        slot
        for slot in market.slots.all()
        if any(slot.starts_at < ends and starts < slot.ends_at for starts, ends in busy)
    ]


# What others read, and when one can ---------------------------------------------------------------


@transaction.atomic
def change_party(party: Party, *, by: Any, about: str, offers: str, seeks: str) -> None:
    held = hold_party(party)
    held.about, held.offers, held.seeks = about.strip(), offers.strip(), seeks.strip()
    held.save(update_fields=["about", "offers", "seeks"])
    record("change_party", held, by=by)


@transaction.atomic
def change_part(
    one: Representative,
    *,
    by: Any,
    is_online: bool,
    away: Iterable[MeetingSlot],
    most_meetings: int | None,
) -> list[MeetingSlot]:
    """When somebody can; returned are slots in which they have a meeting all the same."""
    market = hold(one.party.marketplace)
    if against := why_not_now(market.event):
        raise Refused(against)
    slots = [slot for slot in away if slot.marketplace_id == market.pk]
    one.is_online, one.most_meetings = is_online, most_meetings
    one.save(update_fields=["is_online", "most_meetings"])
    one.away.set(slots)
    record("change_part_in_meetings", one.party, by=by, after={"away": len(slots)})
    taken = set(one.seats.filter(slot__in=slots).values_list("slot", flat=True))
    return [slot for slot in slots if slot.pk in taken]


# Leave --------------------------------------------------------------------------------------------


@transaction.atomic
def leave(one: Representative, *, by: Any) -> None:
    """Somebody goes; with the last of them the party. Meetings that nobody can hold are called off,
    and the other side is told. Wishes stay as they are, in case they come back."""
    party = one.party
    hold(party.marketplace)
    if against := why_not_now(party.marketplace.event):
        raise Refused(against)
    others = party.representatives.exclude(pk=one.pk)
    call_off_of(one, others, by=by)
    if others.exists():
        one.delete()
    else:
        party.left_at = timezone.now()
        party.save(update_fields=["left_at"])
        waiting = SlotRequest.objects.filter(state=RequestState.WAITING)
        waiting.filter(asker=party).update(state=RequestState.WITHDRAWN)
        waiting.filter(asked=party).update(state=RequestState.EXPIRED)
    record("leave_meetings", party, by=by)


def withdraw(registration: Registration, *, by: Any = None) -> None:
    """Whoever gives their seat at the event back meets nobody."""
    one = (
        Representative.objects.select_related("party__marketplace__event")
        .filter(registration=registration, party__left_at__isnull=True)
        .first()
    )
    if one is not None and not why_not_now(one.party.marketplace.event):
        leave(one, by=by)


@transaction.atomic
def forget_person(person: Any) -> None:
    """Of a person who is erased the party of an organisation stays; one of their own goes blank."""
    mine = Registration.objects.filter(is_of(person))
    own = Representative.objects.filter(registration__in=mine).select_related(
        "party__marketplace__event"
    )
    for one in own:
        party = one.party
        alone = not party.representatives.exclude(pk=one.pk).exists()
        if party.left_at is None and not party.marketplace.event.is_over:
            leave(one, by=None)
        if alone and party.organisation_id is None:
            party.name, party.about, party.offers, party.seeks = "–", "", "", ""
            Outcome.objects.filter(party=party).update(follow_up="")
            party.save(update_fields=["name", "about", "offers", "seeks"])
            Wish.objects.filter(wisher=party).update(says="")
            SlotRequest.objects.filter(asker=party).update(says="")
        Representative.objects.filter(pk=one.pk).delete()
    Wish.objects.filter(by=person, wisher__organisation__isnull=True).update(says="")
