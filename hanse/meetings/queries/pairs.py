"""Which pairs of parties are to meet, how much each weighs, and what is out: the planner's input.

A pair is to be planned when both sides said one of `WANTED`, or when the organisers force it. Pairs
that they forbid, and pairs of which one side said “no thanks”, are out: nobody is made to meet.
Weights and their order stand in `rules/weights.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hanse.meetings.models import Marketplace, PairRule, Party, Wish
from hanse.meetings.rules.weights import FORCED, weight_of
from hanse.meetings.words import WANTED, Ruling, Strength


@dataclass(frozen=True)
class Pair:
    """Two parties by their numbers, the smaller one first; `strengths` in the same order."""

    first: int
    second: int
    weight: int
    mandatory: bool = False
    # Why the organisers forbid it, in their words; only of pairs that are out.
    forbidden: str = ""
    strengths: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Pairs:
    """All pairs of a marketplace by what becomes of them."""

    planned: Sequence[Pair]
    # Wanted by both or by one, and forbidden by the organisers.
    forbidden: Sequence[Pair]
    # One side wishes, the other has said nothing yet.
    waiting: Sequence[Pair]
    declined: int

    @property
    def asked(self) -> int:
        """Pairs of which at least one side wishes a meeting."""
        return len(self.planned) + len(self.forbidden) + len(self.waiting) + self.declined


def pairs_of(marketplace: Marketplace) -> list[Pair]:
    """What is to be planned, in the order of the parties."""
    return list(market_pairs(marketplace).planned)


def market_pairs(marketplace: Marketplace) -> Pairs:
    """Three queries, whatever the size."""
    there = set(
        Party.objects.filter(marketplace=marketplace, left_at__isnull=True).values_list(
            "pk", flat=True
        )
    )
    said: dict[tuple[int, int], list[str]] = {}
    wishes = Wish.objects.filter(wisher__marketplace=marketplace).values_list(
        "wisher_id", "wished_id", "strength"
    )
    for wisher, wished, strength in wishes:
        if wisher in there and wished in there:
            key = (min(wisher, wished), max(wisher, wished))
            said.setdefault(key, ["", ""])[wisher > wished] = strength
    words = {
        (one.first_id, one.second_id): one
        for one in PairRule.objects.filter(first__marketplace=marketplace)
        if one.first_id in there and one.second_id in there
    }
    planned: list[Pair] = []
    forbidden: list[Pair] = []
    waiting: list[Pair] = []
    declined = 0
    for key in sorted(said.keys() | words.keys()):
        one, other = said.get(key, ("", ""))
        word = words.get(key)
        is_wished = one in WANTED or other in WANTED
        if word and word.ruling == Ruling.FORBID:
            if is_wished and Strength.NO not in (one, other):
                why = word.why or str(Ruling.FORBID.label)
                forbidden.append(Pair(*key, 0, forbidden=why, strengths=(one, other)))
        elif Strength.NO in (one, other):
            declined += is_wished
        elif word:
            weight = max(weight_of(one, other), FORCED)
            planned.append(Pair(*key, weight, mandatory=True, strengths=(one, other)))
        elif weight := weight_of(one, other):
            planned.append(Pair(*key, weight, strengths=(one, other)))
        elif is_wished:
            waiting.append(Pair(*key, 0, strengths=(one, other)))
    return Pairs(planned, forbidden, waiting, declined)
