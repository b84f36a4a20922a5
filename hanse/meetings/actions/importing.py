"""Take in a list of wishes. The same list twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.kit.refusals import Refused
from hanse.meetings.actions.joining import hold
from hanse.meetings.actions.wishing import Said, hold_parties, write_wishes
from hanse.meetings.models import Marketplace
from hanse.meetings.queries.times import why_not_now
from hanse.meetings.queries.wish_lists import Preview, preview_of
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.rules.wish_lists import Row
from hanse.meetings.words import Way


@transaction.atomic
def take_in_wishes(market: Marketplace, rows: Sequence[Row], *, by: Any) -> Preview:
    """Looked through once more, since others may have joined or wished meanwhile. Who is asked
    hears of it in the next daily letter.

    Nobody joins while the marketplace is held, so the parties that are held are all there are.
    """
    held = hold(market)
    if against := why_not_now(held.event):
        raise Refused(against)
    if held.way == Way.BOOKING:
        raise Refused(refusal("wishes_not_here"))
    hold_parties(held.parties.values("pk"))
    found = preview_of(held, rows, [])
    said = (
        Said(one.wisher, one.wished, one.row.strength, one.row.sentence, one.wish)
        for one in found.lines
    )
    write_wishes(said, by=by, now=timezone.now())
    after = {"new": found.new, "changed": found.changed, "faults": len(found.faults)}
    record("take_in_wishes", held, by=by, after=after)
    return found
