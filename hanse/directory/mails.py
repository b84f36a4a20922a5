"""The directory's letters, each to whoever it concerns and in their language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from hanse.commons.links.actions import make_link
from hanse.commons.post.mails import send_letter_to, send_letter_to_person
from hanse.directory.models import JoinRequest, Organisation, SavedSearch, Submission
from hanse.directory.queries.people import administrators_of, officers
from hanse.directory.queries.profile import stale_facts

CONFIRMATION = "confirm-profile"
LETTERS = "directory/letters"


def send_confirmation(organisation: Organisation, person: Any) -> None:
    """Ask one administrator to confirm what is old; the link in it needs no log-in."""
    token = make_link(CONFIRMATION, organisation.pk, email=person.email, person=person)
    context = {
        "organisation": organisation,
        "stale": len(stale_facts(organisation)),
        "link": reverse("directory:confirm", args=[token]),
    }
    send_letter_to_person(person, f"{LETTERS}/confirmation.txt", context)


def send_invitation(organisation: Organisation, email: str, token: str, *, by: Any) -> None:
    context = {
        "organisation": organisation,
        "by": by,
        "link": reverse("directory:invited", args=[token]),
    }
    send_letter_to(email, f"{LETTERS}/invitation.txt", context)


def send_join_asked(asked: JoinRequest) -> None:
    """Every administrator is told, and where nobody speaks for it the office."""
    readers = administrators_of(asked.organisation) or officers()
    for reader in readers:
        send_letter_to_person(reader, f"{LETTERS}/join_asked.txt", _about(asked))


def send_join_decided(asked: JoinRequest) -> None:
    """Who asked and everybody who speaks for it: nobody comes or goes in silence."""
    readers = {one.pk: one for one in [asked.person, *administrators_of(asked.organisation)]}
    for reader in readers.values():
        send_letter_to_person(reader, f"{LETTERS}/join_decided.txt", _about(asked))


def _about(asked: JoinRequest) -> dict[str, Any]:
    return {"asked": asked, "organisation": asked.organisation}


def send_submitted(submission: Submission) -> None:
    for reader in officers():
        context = {"submission": submission, "organisation": submission.organisation}
        send_letter_to_person(reader, f"{LETTERS}/submitted.txt", context)


def send_decided(submission: Submission) -> None:
    for reader in administrators_of(submission.organisation):
        context = {"submission": submission, "organisation": submission.organisation}
        send_letter_to_person(reader, f"{LETTERS}/decided.txt", context)


def send_alert(kept: SavedSearch, found: Sequence[Organisation]) -> None:
    """Who is new in a kept search."""
    context = {"kept": kept, "found": found}
    where = reverse("directory:searches")
    send_letter_to_person(kept.person, f"{LETTERS}/alert.txt", context, unsubscribe=where)
