"""Letters about wishes: what is new, what waits for an answer, who has said nothing yet.

A party gets one letter a day at most, with everything that is new; the first one at once. Nobody is
written to about somebody to whom they said something already, or about a wish that was taken back
and said anew within a day of its letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.events.words import RegistrationState, State
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused
from hanse.meetings.models import Marketplace, Party, Representative, Wish, WishLetter
from hanse.meetings.queries.times import last_answer, when_in, why_not_now
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.rules.wishing import WISHES
from hanse.meetings.words import Way

# A daily round comes a little earlier on one day than on the day before.
ONE_LETTER = timedelta(hours=20)
BEFORE_THE_END = timedelta(days=2)
AFTER_JOINING = timedelta(days=3)
MOST_REMINDERS = 2


@dataclass(frozen=True)
class WishesTold:
    """Somebody hears who would like to meet them; `is_reminder`: not for the first time."""

    reader: Representative
    wishes: Sequence[Wish]
    is_reminder: bool = False


@dataclass(frozen=True)
class WishesMissing:
    """Somebody takes part and has said no wish yet."""

    reader: Representative


def unanswered(market: Marketplace) -> QuerySet[Wish]:
    """Wishes to which the other side has said nothing, between parties that take part."""
    answers = Wish.objects.filter(wisher=OuterRef("wished"), wished=OuterRef("wisher"))
    return (
        Wish.objects.filter(
            ~Exists(answers),
            wisher__marketplace=market,
            strength__in=WISHES,
            wisher__left_at__isnull=True,
            wished__left_at__isnull=True,
        )
        .select_related("wisher", "wished")
        .order_by("made_at", "pk")
    )


def without_wishes(market: Marketplace) -> QuerySet[Party]:
    """Parties that have said nothing, and not that this is all."""
    said = Wish.objects.filter(wisher=OuterRef("pk"))
    return Party.objects.filter(
        ~Exists(said), marketplace=market, left_at__isnull=True, ready_at__isnull=True
    )


@transaction.atomic
def tell_wishes(party: Party, now: datetime | None = None) -> int:
    """One letter with all that is new, unless there was one today. How many wishes it tells."""
    now = now or timezone.now()
    Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    market = Marketplace.objects.select_related("event__series").get(pk=party.marketplace_id)
    last = last_answer(market)
    if market.way != Way.PLAN or why_not_now(market.event) or (last and now > last):
        return 0
    told = WishLetter.objects.filter(wished=party).aggregate(last=Max("at"))["last"]
    if told is not None and now - told < ONE_LETTER:
        return 0
    new = _not_heard_of(party, unanswered(market).filter(wished=party, told_at__isnull=True))
    if not new:
        return 0
    Wish.objects.filter(pk__in=[one.pk for one in new]).update(told_at=now)
    _tell(party, market, new, now, is_reminder=False)
    return len(new)


def _not_heard_of(party: Party, wishes: Iterable[Wish]) -> list[Wish]:
    """Without wishes that are said anew: of these the letter about the former one told."""
    letters = dict(WishLetter.objects.filter(wished=party).values_list("wisher", "at"))
    new: list[Wish] = []
    anew: list[Wish] = []
    for one in wishes:
        one.told_at = letters.get(one.wisher_id)
        is_anew = one.told_at is not None and one.made_at - one.told_at < ONE_LETTER
        (anew if is_anew else new).append(one)
    Wish.objects.bulk_update(anew, ["told_at"], batch_size=200)
    return new


def _tell(
    party: Party,
    market: Marketplace,
    wishes: Sequence[Wish],
    now: datetime,
    *,
    is_reminder: bool,
) -> None:
    WishLetter.objects.bulk_create(
        (WishLetter(wisher=one.wisher, wished=party, at=now) for one in wishes),
        update_conflicts=True,
        unique_fields=["wisher", "wished"],
        update_fields=["at"],
    )
    for reader in readers_of(party, market):
        announce(WishesTold(reader, wishes, is_reminder))


def readers_of(party: Party, market: Marketplace) -> list[Representative]:
    """Whoever sits down for a party and can be written to."""
    found = (
        party.representatives.filter(registration__state=RegistrationState.CONFIRMED)
        .exclude(registration__email="")
        .select_related("party", "registration__person")
    )
    readers = list(found)
    for one in readers:
        one.party.marketplace = market
    return readers


# Once a day --------------------------------------------------------------------------------------


def live_markets() -> list[Marketplace]:
    found = Marketplace.objects.select_related("event__series").filter(
        event__state=State.PUBLISHED, event__cancelled_at__isnull=True
    )
    return [one for one in found if not one.event.is_over]


def tell_everybody(market: Marketplace, now: datetime | None = None) -> int:
    """What is new, to every party that has not had a letter today."""
    waiting = unanswered(market).filter(told_at__isnull=True).order_by()
    parties = Party.objects.filter(pk__in=waiting.values("wished"))
    return sum(bool(tell_wishes(one, now)) for one in parties)


def remind_unanswered(market: Marketplace, now: datetime | None = None) -> int:
    """Two days before answers end, once about each wish. How many parties were written to."""
    now = now or timezone.now()
    last = last_answer(market)
    if last is None or not last - BEFORE_THE_END <= now < last:
        return 0
    # Whoever had a letter about wishes today is not written to again.
    fresh = unanswered(market).filter(told_at__gt=now - ONE_LETTER).values("wished")
    due = unanswered(market).filter(told_at__isnull=False, reminded_at__isnull=True)
    due = due.exclude(wished__in=fresh)
    return _remind(market, due, now)


@transaction.atomic
def _remind(market: Marketplace, due: Iterable[Wish], now: datetime) -> int:
    by_party: defaultdict[Party, list[Wish]] = defaultdict(list)
    for wish in due:
        by_party[wish.wished].append(wish)
    for party, wishes in by_party.items():
        numbers = [one.pk for one in wishes]
        Wish.objects.filter(pk__in=numbers).update(reminded_at=now)
        Wish.objects.filter(pk__in=numbers, told_at__isnull=True).update(told_at=now)
        _tell(party, market, wishes, now, is_reminder=True)
    return len(by_party)


def remind_of_wishes(market: Marketplace, now: datetime | None = None) -> int:
    """Every few days, twice at most, whoever takes part and has said nothing."""
    now = now or timezone.now()
    if not wishes_are_taken(market, now):
        return 0
    since = now - AFTER_JOINING
    due = without_wishes(market).filter(
        Q(reminded_at__isnull=True) | Q(reminded_at__lte=since),
        joined_at__lte=since,
        reminders__lt=MOST_REMINDERS,
    )
    return _remind_of_wishes(market, due, now)


def wishes_are_taken(market: Marketplace, now: datetime) -> bool:
    if market.way != Way.PLAN or why_not_now(market.event):
        return False
    begun = market.opens_at is None or market.opens_at <= now
    return begun and (market.wishes_until is None or now < market.wishes_until)


@transaction.atomic
def _remind_of_wishes(market: Marketplace, due: Iterable[Party], now: datetime) -> int:
    count = 0
    for party in due:
        party.reminded_at = now
        party.reminders += 1
        party.save(update_fields=["reminded_at", "reminders"])
        for reader in readers_of(party, market):
            announce(WishesMissing(reader))
        count += 1
    return count


# By the organisers -------------------------------------------------------------------------------

Which = Literal["unanswered", "wishless"]


@transaction.atomic
def remind_now(market: Marketplace, which: Which, *, by: Any, now: datetime | None = None) -> int:
    """The button of the desk: whoever had no reminder within a day gets one. How many parties."""
    now = now or timezone.now()
    last = last_answer(market)
    if against := why_not_now(market.event):
        raise Refused(against)
    if market.way != Way.PLAN:
        raise Refused(refusal("wishes_not_here"))
    if last is not None and last < now:
        raise Refused(refusal("answers_ended", when=when_in(market.event.zone)(last)))
    day_ago = now - ONE_LETTER
    if which == "unanswered":
        due = unanswered(market).filter(Q(reminded_at__isnull=True) | Q(reminded_at__lte=day_ago))
        count = _remind(market, due, now)
    else:
        parties = without_wishes(market).filter(
            Q(reminded_at__isnull=True) | Q(reminded_at__lte=day_ago)
        )
        count = _remind_of_wishes(market, parties, now)
    record("remind_of_meetings", market, by=by, after={"which": which, "parties": count})
    return count
