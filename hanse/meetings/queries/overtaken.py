"""What of a draft does not stand any more, by what people and organisers said since it was made.

One answer for the page that shows a draft, for publishing it, and for programs of the organisers.
What has begun is not among it: nothing moves that any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from hanse.engines.meetings.formats.event import market_of as frozen_market
from hanse.engines.meetings.formats.timetable import timetable_of
from hanse.engines.meetings.market import Market
from hanse.meetings.models import Draft, Marketplace, Meeting, PairRule, Wish
from hanse.meetings.queries.event_input import market_of, parties_of, plan_as_rows, rows_of
from hanse.meetings.queries.pairs import Pair, pairs_of
from hanse.meetings.queries.standing import begun, called_off_since, read_at, standing_of
from hanse.meetings.rules.planning import Standing, Wanted
from hanse.meetings.words import OVERTAKEN, Ruling, Strength

Parties = frozenset[int]


@dataclass(frozen=True)
class Overtaken:
    """A meeting of a draft that publishing leaves out: why (`OVERTAKEN`), and who is not there."""

    parties: Parties
    why: str
    who: Sequence[int] = ()

    def told(self) -> dict[str, Any]:
        return {"parties": sorted(self.parties), "why": self.why, "who": list(self.who)}


def overtaken(
    draft: Draft, standing: Sequence[Meeting], now: datetime | None = None
) -> list[Overtaken]:
    """Meetings of a draft that somebody called off, that the organisers forbid, that are wished no
    more, or for which somebody is not free any more; whoever said “no thanks” wishes it no more,
    and nobody can tell the one from the other.

    What nobody wished when the draft was made was kept knowingly: it goes where it is forbidden
    or declined since.
    """
    now = now or timezone.now()
    market = frozen_market(draft.input)
    planned = plan_as_rows(market, timetable_of(draft.plan).meetings)
    over = {standing_of(one).parties for one in begun(standing, now)}
    reasons: dict[Parties, str] = dict.fromkeys(called_off_since(draft, standing), "called_off")
    out = _out(draft)
    away = _away(draft.marketplace, planned, now)
    found = []
    for one in planned:
        if one.parties in over:
            continue
        why = reasons.get(one.parties) or out.get(one.parties)
        if why is None and one.parties in away:
            found.append(Overtaken(one.parties, "away", away[one.parties]))
        elif why is not None:
            found.append(Overtaken(one.parties, why))
    return found


def unwished_in(market: Market, pairs: Iterable[Pair]) -> list[list[int]]:
    """The parties of meetings that an input has though nobody wishes them, as a draft notes it."""
    wished = {frozenset((one.first, one.second)) for one in pairs}
    there = {parties_of(market, number) for number in range(len(market.meetings))}
    return sorted(sorted(one) for one in there - wished)


def forced_and_missing(
    draft: Draft, standing: Sequence[Meeting], left: Collection[Parties]
) -> list[Parties]:
    """Pairs that the organisers force by now and that a draft, once published, would not hold.

    What they arranged since stays beside the draft, so that it is not missing.
    """
    market = frozen_market(draft.input)
    held = {parties_of(market, one.meeting) for one in timetable_of(draft.plan).meetings}
    held -= set(left)
    given = begun(standing, timezone.now())
    held |= {standing_of(one).parties for one in (*given, *_arranged(draft, standing))}
    forced = [one for one in pairs_of(draft.marketplace) if one.mandatory]
    pairs = [frozenset((one.first, one.second)) for one in forced]
    return [one for one in pairs if one not in held]


def said_of(left: Iterable[Mapping[str, Any]], names: Mapping[int, str]) -> list[str]:
    """Each with its parties and the reason, as `Overtaken.told` has them."""
    return [
        str(OVERTAKEN[one["why"]])
        % {
            "names": " – ".join(names.get(party, "–") for party in one["parties"]),
            "who": ", ".join(names.get(party, "–") for party in one["who"]),
        }
        for one in left
    ]


def _arranged(draft: Draft, standing: Sequence[Meeting]) -> list[Meeting]:
    return [one for one in standing if one.is_locked and one.changed_at > draft.made_at]


def _out(draft: Draft) -> dict[Parties, str]:
    """Pairs of the input that are out by now; of a party that left there is more to say
    (`names_what_is_gone`)."""
    market, since = frozen_market(draft.input), read_at(draft)
    knowingly = {frozenset(one) for one in draft.wanted.get("unwished", [])}
    place = draft.marketplace
    forbidden = _forbidden(place)
    declined = _declined(place)
    wished = {frozenset((one.first, one.second)) for one in pairs_of(place)}
    there = set(place.parties.filter(left_at__isnull=True).values_list("pk", flat=True))
    found: dict[Parties, str] = {}
    for number in range(len(market.meetings)):
        pair = parties_of(market, number)
        if not pair <= there or pair in wished:
            continue
        if pair in forbidden and (pair not in knowingly or forbidden[pair] > since):
            found[pair] = "forbidden"
        elif pair not in knowingly or declined.get(pair, since) > since:
            found[pair] = "unwished"
    return found


def _forbidden(place: Marketplace) -> dict[Parties, datetime]:
    rules = PairRule.objects.filter(first__marketplace=place, ruling=Ruling.FORBID)
    return {
        frozenset((first, second)): at
        for first, second, at in rules.values_list("first", "second", "at")
    }


def _declined(place: Marketplace) -> dict[Parties, datetime]:
    """When one of two said “no thanks”, the later moment where both did."""
    said = Wish.objects.filter(wisher__marketplace=place, strength=Strength.NO)
    rows = said.order_by("made_at").values_list("wisher", "wished", "made_at")
    return {frozenset((wisher, wished)): at for wisher, wished, at in rows}


def _away(
    place: Marketplace, planned: Iterable[Standing], now: datetime
) -> dict[Parties, list[int]]:
    """Whose people said since that they cannot, are absent, or have a seat elsewhere then."""
    rows = rows_of(place, now=now)
    people = market_of(rows, Wanted()).participants
    found: dict[Parties, list[int]] = {}
    for one in planned:
        slot = rows.slot_numbers.get(one.slot)
        if slot is None or rows.slots[slot].starts_at <= now:
            continue
        numbers = [rows.numbers[who] for who in one.representatives if who in rows.numbers]
        away = sorted(rows.people[who].party_id for who in numbers if slot not in people[who].free)
        if away:
            found[one.parties] = away
    return found
