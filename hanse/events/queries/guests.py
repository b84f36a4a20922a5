"""Who is invited and where each stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hanse.events.models import Event, Invitation, Stranger

OPEN = Q(
    accepted_at__isnull=True,
    declined_at__isnull=True,
    withdrawn_at__isnull=True,
    registration__isnull=True,
)
# Where an invitation stands, and which rows that are; in the order of its life.
STANDS: dict[str, Q] = {
    "unwritten": OPEN & Q(written_at__isnull=True),
    "unanswered": OPEN & Q(written_at__isnull=False),
    "accepted": Q(withdrawn_at__isnull=True)
    & (Q(accepted_at__isnull=False) | Q(registration__isnull=False)),
    "declined": Q(withdrawn_at__isnull=True, declined_at__isnull=False),
    "withdrawn": Q(withdrawn_at__isnull=False),
}


@dataclass(frozen=True)
class Counted:
    """How many invitations stand where."""

    unwritten: int = 0
    unanswered: int = 0
    accepted: int = 0
    declined: int = 0
    withdrawn: int = 0

    @property
    def all(self) -> int:
        return self.unwritten + self.unanswered + self.accepted + self.declined


def counted(event: Event) -> Counted:
    return Counted(
        **{name: event.invitations.filter(where).count() for name, where in STANDS.items()}
    )


def invitations_of(event: Event, stands: str = "", text: str = "") -> QuerySet[Invitation]:
    rows = event.invitations.select_related(
        "event__series", "organisation", "delegation", "in_place_of", "registration"
    )
    if stands in STANDS:
        rows = rows.filter(STANDS[stands])
    for word in text.split()[:6]:
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(email__icontains=word)
            | Q(organisation_name__icontains=word)
        )
    return rows


def stands(invitation: Invitation) -> str:
    """The word for where an invitation stands."""
    if invitation.withdrawn_at:
        return "withdrawn"
    if invitation.registration_id or invitation.accepted_at:
        return "accepted"
    if invitation.declined_at:
        return "declined"
    return "unanswered" if invitation.written_at else "unwritten"


def strangers_waiting(event: Event) -> QuerySet[Stranger]:
    return (
        Stranger.objects.filter(event=event, invited_at__isnull=True, declined_at__isnull=True)
        .select_related("invitation", "person")
        .order_by("asked_at")
    )
