"""One's own wishes and those of others, sorted as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hanse.kit.folding import fold
from hanse.meetings.models import Marketplace, Party
from hanse.meetings.queries.market import Between, between_of, parties_there
from hanse.meetings.words import WANTED, Standing, Strength

ORDER = {Strength.MUST: 0, Strength.LIKE: 1, Strength.ACCEPT: 2}


@dataclass(frozen=True)
class Line:
    party: Party
    between: Between


@dataclass(frozen=True)
class Wishes:
    to_answer: Sequence[Line]
    both: Sequence[Line]
    waits: Sequence[Line]
    no_meeting: Sequence[Line]
    noes: Sequence[Line]


def wishes_of(own: Party, market: Marketplace) -> Wishes:
    """Two queries; whoever takes part no more is left out."""
    there = {one.pk: one for one in parties_there(market)}
    lines = [
        Line(there[number], between)
        for number, between in between_of(own, market).items()
        if number in there
    ]
    lines.sort(key=lambda one: (ORDER.get(Strength(one.between.said), 3) if one.between.own else 3,
                                fold(one.party.name)))  # fmt: skip

    def standing(which: Standing) -> list[Line]:
        return [one for one in lines if one.between.standing == which]

    return Wishes(
        to_answer=[one for one in lines if one.between.asks],
        both=standing(Standing.BOTH),
        waits=standing(Standing.WAITS),
        no_meeting=standing(Standing.NO_MEETING),
        noes=[one for one in lines if one.between.said and one.between.said not in WANTED],
    )
