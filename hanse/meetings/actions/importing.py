"""Take in a list of wishes. The same list twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.kit.refusals import Refused
from hanse.meetings.actions.joining import hold
from hanse.meetings.models import Marketplace, Wish
from hanse.meetings.queries.times import why_not_now
from hanse.meetings.queries.wish_lists import Preview, preview_of
from hanse.meetings.rules.wish_lists import Row


@transaction.atomic
def take_in_wishes(market: Marketplace, rows: Sequence[Row], *, by: Any) -> Preview:
    """Looked through once more, since others may have joined or wished meanwhile. Who is asked
    hears of it in the next daily letter."""
    held = hold(market)
    if against := why_not_now(held.event):
        raise Refused(against)
    found = preview_of(held, rows, [])
    now = timezone.now()
    Wish.objects.bulk_create(
        Wish(
            wisher=one.wisher,
            wished=one.wished,
            strength=one.row.strength,
            says=one.row.sentence,
            by=by,
            made_at=now,
        )
        for one in found.lines
        if one.is_new
    )
    for one in found.lines:
        if not one.is_new:
            Wish.objects.filter(wisher=one.wisher, wished=one.wished).update(
                strength=one.row.strength, says=one.row.sentence, by=by
            )
    after = {"new": found.new, "changed": found.changed, "faults": len(found.faults)}
    record("take_in_wishes", held, by=by, after=after)
    return found
