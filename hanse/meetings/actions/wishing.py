"""Say whom one would like to meet, answer, take it back. No wish takes anybody's slot.

There is one row a pair and direction, so that a second press changes nothing. What somebody says
“no thanks” to is theirs alone: nobody is told, and no page of the other side differs by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.kit.refusals import Refused
from hanse.meetings.actions.joining import hold_party
from hanse.meetings.actions.telling import tell_wishes
from hanse.meetings.models import Marketplace, Party, Wish
from hanse.meetings.queries.times import limits_of, when_in, why_not_now
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.rules.wishing import WISHES, Counted, why_no_wish
from hanse.meetings.words import WANTED, Strength, Way

MOST_SIGNS = 300


@transaction.atomic
def say(
    wisher: Party,
    wished: Party,
    strength: str,
    says: str = "",
    *,
    by: Any,
    by_organisers: bool = False,
    tells: bool = True,
    now: datetime | None = None,
) -> Wish:
    """A wish, or the answer to one. Organisers are bound by no deadline and no number."""
    now = now or timezone.now()
    market, wisher, wished = _held(wisher, wished)
    _look(market, wisher, wished)
    theirs = Wish.objects.filter(wisher=wished, wished=wisher).first()
    answers = theirs is not None and theirs.strength in WANTED
    before = Wish.objects.filter(wisher=wisher, wished=wished).first()
    says = " ".join(says.split())[:MOST_SIGNS]
    if before is not None and (before.strength, before.says) == (strength, says):
        return before
    if strength not in Strength.values:
        raise Refused(refusal("no_such_strength"))
    if not by_organisers:
        if market.way == Way.BOOKING:
            raise Refused(refusal("wishes_not_here"))
        counted = counted_without(wisher, wished)
        against = why_no_wish(
            strength, limits_of(market), counted, now, when_in(market.event.zone), answers=answers
        )
        if against:
            raise Refused(against)
    (one,) = write_wishes([Said(wisher, wished, strength, says, before)], by=by, now=now)
    record("say_wish", one, by=by, after={"strength": strength})
    if tells and strength in WISHES and not answers:
        tell_wishes(wished, now)
    return one


def answer(
    asked: Party, asker: Party, *, accepts: bool, by: Any, now: datetime | None = None
) -> Wish:
    """Accept a wish or decline it; what somebody wished themselves is no less for it."""
    own = Wish.objects.filter(wisher=asked, wished=asker).first()
    if accepts and own is not None and own.strength in WANTED:
        return own
    return say(asked, asker, Strength.ACCEPT if accepts else Strength.NO, by=by, now=now)


@transaction.atomic
def take_back(wisher: Party, wished: Party, *, by: Any, by_organisers: bool = False) -> None:
    """As if it had not been said. What merely accepted it goes too: it accepted nothing else."""
    market, wisher, wished = _held(wisher, wished)
    if not by_organisers and (against := why_not_now(market.event)):
        raise Refused(against)
    one = Wish.objects.filter(wisher=wisher, wished=wished).first()
    if one is None:
        return
    record("take_wish_back", one, by=by, before={"strength": one.strength})
    one.delete()
    accepted = Wish.objects.filter(wisher=wished, wished=wisher, strength=Strength.ACCEPT).first()
    if accepted is not None:
        accepted.delete()


@transaction.atomic
def set_ready(party: Party, *, is_ready: bool, by: Any) -> None:
    """Wishes are complete, even where there are none; nobody is reminded of them any more."""
    held = hold_party(party)
    if bool(held.ready_at) == is_ready:
        return
    held.ready_at = timezone.now() if is_ready else None
    held.save(update_fields=["ready_at"])
    record("set_wishes_complete", held, by=by, after={"complete": is_ready})


def counted_without(wisher: Party, wished: Party) -> Counted:
    """A party's wishes but for one; answers that accept are none."""
    said = list(
        Wish.objects.filter(wisher=wisher, strength__in=WISHES, wished__left_at__isnull=True)
        .exclude(wished=wished)
        .values_list("strength", flat=True)
    )
    return Counted(len(said), said.count(Strength.MUST))


@dataclass(frozen=True)
class Said:
    """What is to stand between two parties; `before`: the row that says something else."""

    wisher: Party
    wished: Party
    strength: str
    says: str
    before: Wish | None


def write_wishes(said: Iterable[Said], *, by: Any, now: datetime) -> list[Wish]:
    """The rows of what is said, where nothing is against it and both parties are held."""
    rows = []
    for one in said:
        row = Wish(
            wisher=one.wisher,
            wished=one.wished,
            strength=one.strength,
            says=one.says,
            by=by,
            made_at=now,
        )
        if before := one.before:
            row.told_at, row.reminded_at = before.told_at, before.reminded_at
            # Another answer is a new answer; a wish that only grows stays where it stood.
            if (before.strength in WANTED) == (one.strength in WANTED):
                row.made_at = before.made_at
        rows.append(row)
    return Wish.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["wisher", "wished"],
        update_fields=["strength", "says", "by", "made_at"],
    )


def hold_parties(numbers: Iterable[Any]) -> dict[int, Party]:
    """Their rows locked, the smaller number first: whoever counts before they write is alone, and
    two who wish each other at the same moment do not wait for each other.
    """
    rows = Party.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    return {one.pk: one for one in rows}


def _held(wisher: Party, wished: Party) -> tuple[Marketplace, Party, Party]:
    held = hold_parties((wisher.pk, wished.pk))
    market = Marketplace.objects.select_related("event__series").get(pk=wisher.marketplace_id)
    return market, held[wisher.pk], held[wished.pk]


def _look(market: Marketplace, wisher: Party, wished: Party) -> None:
    if against := why_not_now(market.event):
        raise Refused(against)
    if wisher.pk == wished.pk:
        raise Refused(refusal("oneself"))
    if wished.marketplace_id != market.pk or wished.left_at:
        raise Refused(refusal("not_there"))
    if wisher.left_at:
        raise Refused(refusal("takes_no_part"))
