"""Suggestions of the directory, restricted to those who take part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hanse.directory.queries.suggestions import Suggestion, seeker_of, suggest
from hanse.meetings.models import Marketplace, Party, Wish
from hanse.meetings.queries.market import Between, between_of, parties_there
from hanse.meetings.words import Strength

MOST = 12


@dataclass(frozen=True)
class Suggested:
    """A party that fits, why, and what was said of it."""

    party: Party
    suggestion: Suggestion
    between: Between


def suggested_to(own: Party, market: Marketplace, target: str = "") -> Sequence[Suggested]:
    """Whom a party said “no thanks” to is not suggested again; what others said changes nothing."""
    if own.organisation is None:
        return []
    declined = Wish.objects.filter(wisher=own, strength=Strength.NO).values("wished")
    by_organisation = {
        one.organisation_id: one
        for one in parties_there(market).exclude(pk__in=declined).exclude(pk=own.pk)
        if one.organisation_id
    }
    found = suggest(seeker_of(own.organisation, target), MOST, among=list(by_organisation)).found
    parties = [by_organisation[one.organisation.pk] for one in found]
    between = between_of(own, market, [one.pk for one in parties])
    return [
        Suggested(party, one, between.get(party.pk, Between()))
        for party, one in zip(parties, found, strict=True)
    ]
