"""What the events keep about a person, for the download about themselves."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from hanse.commons.people.queries import addresses_of
from hanse.events.access import is_of
from hanse.events.models import (
    AgendaFeed,
    Agreement,
    Booking,
    Bookmark,
    Closing,
    Delegation,
    Invitation,
    Need,
    Organiser,
    ProgrammeVersion,
    Registration,
    Scan,
    Session,
    Speaker,
    Stranger,
    Team,
)
from hanse.kit.said import said


def about(person: Any) -> dict[str, Any]:
    addresses = addresses_of(person)
    own = Registration.objects.filter(is_of(person))
    mine = {"registration__in": own.values("pk")}
    return {
        "registrations": [_registration(one) for one in own.select_related("event", "kind")],
        "needs": list(Need.objects.filter(**mine).values("registration__number", "answers")),
        "agreements": [
            {
                "registration": line.registration_id,
                "wording": said(line.text.text, line.language),
                "version": line.text.version,
                "agreed": line.agreed,
                "at": line.at,
            }
            for line in Agreement.objects.filter(**mine).select_related("text")
        ],
        "seats_in_sessions": [
            {"session": str(one.session), "state": one.state, "number": one.number}
            for one in Booking.objects.filter(**mine).select_related("session")
        ],
        "teams_led": list(Team.objects.filter(leader=person).values("event", "name")),
        "scans": list(Scan.objects.filter(**mine).values("event", "session", "verdict", "at")),
        "scanned_others": list(Scan.objects.filter(by=person).values("event", "device", "at")),
        "invitations": _invitations(Invitation.objects.filter(email__in=addresses)),
        "invited_others": list(
            Invitation.objects.filter(made_by=person).values("event", "made_at")
        ),
        "asked_with_a_forwarded_letter": list(
            Stranger.objects.filter(Q(person=person) | Q(email__in=addresses)).values(
                "name", "email", "says", "asked_at", "invited_at", "declined_at"
            )
        ),
        "strangers_decided": list(
            Stranger.objects.filter(decided_by=person).values("invited_at", "declined_at")
        ),
        "delegations": list(
            Delegation.objects.filter(Q(head=person) | Q(head_email__in=addresses)).values(
                "event", "name", "country", "places", "head_email"
            )
        ),
        "decided": list(Registration.objects.filter(decided_by=person).values("event", "number")),
        "agenda_feeds": list(
            AgendaFeed.objects.filter(person=person).values("made_at", "read_at", "revoked_at")
        ),
        "bookmarks": [
            {"session": str(one.session), "made_at": one.made_at}
            for one in Bookmark.objects.filter(person=person).select_related("session")
        ],
        "organises": list(
            Organiser.objects.filter(person=person).values("series", "duty", "since")
        ),
        "speaks": list(
            Speaker.objects.filter(Q(person=person) | Q(email__in=addresses)).values(
                "event", "name", "says", "email", "about", "is_reimbursed"
            )
        ),
        "sessions_changed": list(
            Session.objects.filter(changed_by=person).values("event", "key", "changed_at")
        ),
        "programmes_published": list(
            ProgrammeVersion.objects.filter(published_by=person).values(
                "event", "number", "published_at"
            )
        ),
        "events_closed": list(Closing.objects.filter(by=person).values("event", "at")),
    }


def _registration(one: Registration) -> dict[str, Any]:
    fields = (
        "number", "name", "email", "position", "organisation_name", "country", "language",
        "answers", "state", "is_newcomer", "is_walk_in", "says", "made_at", "confirmed_at",
        "ended_at", "feedback_at",
    )  # fmt: skip
    return {
        "event": str(one.event),
        "kind": one.kind.code,
        **{name: getattr(one, name) for name in fields},
    }


def _invitations(found: Any) -> list[dict[str, Any]]:
    return list(
        found.values(
            "event", "email", "name", "organisation_name", "country", "language", "merge",
            "made_at", "written_at", "reminded_at", "opened_at", "accepted_at", "declined_at",
            "withdrawn_at",
        )
    )  # fmt: skip
