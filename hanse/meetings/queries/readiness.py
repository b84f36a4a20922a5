"""How ready the meetings are to be planned: who has not answered, who has said nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from hanse.events.models import Registration
from hanse.events.words import RegistrationState
from hanse.kit.folding import fold
from hanse.meetings.models import Marketplace, PairRule, Party, Representative, Wish
from hanse.meetings.queries.market import parties_there
from hanse.meetings.queries.pairs import market_pairs
from hanse.meetings.rules.wishing import WISHES

STANDS = ("unanswered", "wishless", "ready")


@dataclass(frozen=True)
class Ready:
    """How far one party is."""

    party: Party
    people: int
    said: int
    asked: int
    unanswered: int
    planned: int

    @property
    def is_wishless(self) -> bool:
        return not self.said and self.party.ready_at is None

    def stands(self, which: str) -> bool:
        return {
            "unanswered": self.unanswered > 0,
            "wishless": self.is_wishless,
            "ready": not self.unanswered and not self.is_wishless,
        }.get(which, True)


@dataclass(frozen=True)
class Readiness:
    rows: Sequence[Ready]
    wishes: int
    pairs: int
    waiting: int
    forbidden: int

    def count(self, which: str) -> int:
        return sum(one.stands(which) for one in self.rows)

    @property
    def unanswered(self) -> int:
        return self.count("unanswered")

    @property
    def wishless(self) -> int:
        return self.count("wishless")


def readiness_of(market: Marketplace) -> Readiness:
    """A handful of queries, whatever the size."""
    found = parties_there(market).select_related("organisation", "table")
    parties = sorted(found, key=lambda one: fold(one.name))
    there = {one.pk for one in parties}
    people = dict(
        Representative.objects.filter(party__marketplace=market)
        .order_by()
        .values_list("party")
        .annotate(Count("pk"))
    )
    rows = Wish.objects.filter(wisher__marketplace=market).values_list(
        "wisher_id", "wished_id", "strength"
    )
    said = {(one, other): strength for one, other, strength in rows if {one, other} <= there}
    wishing = [pair for pair, strength in said.items() if strength in WISHES]
    own, asked = Counter(one for one, _other in said), Counter(other for _one, other in wishing)
    silent = Counter(other for one, other in wishing if (other, one) not in said)
    pairs = market_pairs(market)
    planned = Counter(number for one in pairs.planned for number in (one.first, one.second))
    return Readiness(
        [
            Ready(
                one,
                people.get(one.pk, 0),
                own[one.pk],
                asked[one.pk],
                silent[one.pk],
                planned[one.pk],
            )
            for one in parties
        ],
        wishes=len(wishing),
        pairs=len(pairs.planned),
        waiting=len(pairs.waiting),
        forbidden=len(pairs.forbidden),
    )


def rulings_of(market: Marketplace) -> QuerySet[PairRule]:
    return (
        PairRule.objects.filter(first__marketplace=market)
        .select_related("first", "second", "by")
        .order_by("-at", "-pk")
    )


def people_without_part(market: Marketplace) -> QuerySet[Registration]:
    """Whoever has a seat and takes no part yet."""
    taking = Representative.objects.filter(
        party__marketplace=market, party__left_at__isnull=True
    ).values("registration")
    return Registration.objects.filter(
        event=market.event, state=RegistrationState.CONFIRMED
    ).exclude(pk__in=taking)
