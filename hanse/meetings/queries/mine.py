"""What the meetings keep about a person, for the download about themselves."""

from __future__ import annotations

from typing import Any

from hanse.events.access import is_of
from hanse.events.models import Registration
from hanse.meetings.models import (
    Draft,
    MeetingSeat,
    Outcome,
    PairRule,
    PublishedPlan,
    Representative,
    SlotRequest,
    Wish,
)


def about(person: Any) -> dict[str, Any]:
    own = Registration.objects.filter(is_of(person)).values("pk")
    parts = Representative.objects.filter(registration__in=own).select_related(
        "party__marketplace__event"
    )
    return {
        "takes_part": [_part(one) for one in parts.prefetch_related("away")],
        "meetings": [
            {
                "party": one.party.name,
                "starts_at": one.meeting.slot.starts_at,
                "table": str(one.meeting.table or ""),
                "state": one.meeting.state,
            }
            for one in MeetingSeat.objects.filter(representative__in=parts).select_related(
                "party", "meeting__slot", "meeting__table"
            )
        ],
        "outcomes_said": list(
            Outcome.objects.filter(party__representatives__in=parts).values(
                "party__name",
                "meeting__slot__starts_at",
                "took_place",
                "again",
                "follow_up",
                "cooperation",
            )
        ),
        "wishes_said": list(
            Wish.objects.filter(by=person).values(
                "wisher__name", "wished__name", "strength", "says", "made_at"
            )
        ),
        "slots_asked_for": list(
            SlotRequest.objects.filter(by=person).values(
                "asker__name", "asked__name", "slot__starts_at", "says", "state", "made_at"
            )
        ),
        "pairs_ruled": list(PairRule.objects.filter(by=person).values("ruling", "why", "at")),
        "drafts_made": list(
            Draft.objects.filter(made_by=person).values("marketplace__event", "number", "made_at")
        ),
        "plans_published": list(
            PublishedPlan.objects.filter(by=person).values("marketplace__event", "number", "at")
        ),
    }


def _part(one: Representative) -> dict[str, Any]:
    return {
        "event": str(one.party.marketplace.event),
        "party": one.party.name,
        "about": one.party.about,
        "offers": one.party.offers,
        "seeks": one.party.seeks,
        "since": one.party.joined_at,
        "left_at": one.party.left_at,
        "is_online": one.is_online,
        "most_meetings": one.most_meetings,
        "away": [slot.starts_at for slot in one.away.all()],
    }
