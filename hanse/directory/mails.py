"""The directory's letters, each to whoever it concerns and in their language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from hanse.commons.links.actions import make_link
from hanse.commons.post.mails import send_letter_to, send_letter_to_person
from hanse.directory.access import requests_visible_to
from hanse.directory.models import (
    Comment,
    Interest,
    Introduction,
    JoinRequest,
    Membership,
    Message,
    Organisation,
    PartnerRequest,
    Report,
    SavedSearch,
    Submission,
    Thread,
)
from hanse.directory.queries.digest import Weekly
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


def send_membership(membership: Membership) -> None:
    """The member's side is asked whether it is so."""
    for reader in administrators_of(membership.member):
        context = {"membership": membership}
        send_letter_to_person(reader, f"{LETTERS}/membership.txt", context)


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
    ending = ending_of(f"search:{kept.pk}", kept.person)
    context = {"kept": kept, "found": found, "ending": ending}
    send_letter_to_person(kept.person, f"{LETTERS}/alert.txt", context, unsubscribe=ending)


# Getting in touch ---------------------------------------------------------------------------------

ANSWER = "answer-message"
INTRODUCTION = "answer-introduction"
RENEWAL = "renew-request"
ENDING = "end-letters"


def link_to(page: str, purpose: str, subject: object, person: Any, **how: Any) -> str:
    """A page that a letter opens without a log-in."""
    token = make_link(purpose, subject, email=person.email, person=person, **how)
    return reverse(page, args=[token])


def ending_of(what: str, person: Any) -> str:
    """Where such letters are ended with one click; it holds as long as the letter lies around."""
    return link_to("directory:end_letters", ENDING, what, person, holds=None)


def send_comment(comment: Comment) -> None:
    """To whoever follows the request and may still read it; not to who wrote the comment."""
    follows = comment.request.follows.select_related("person").exclude(person=comment.made_by)
    for one in follows:
        if requests_visible_to(one.person).filter(pk=comment.request_id).exists():
            ending = ending_of(f"request:{comment.request_id}", one.person)
            context = {"comment": comment, "request": comment.request, "ending": ending}
            send_letter_to_person(one.person, f"{LETTERS}/comment.txt", context, unsubscribe=ending)


def send_interest(interest: Interest) -> None:
    for reader in administrators_of(interest.request.organisation):
        context = {"interest": interest, "request": interest.request}
        send_letter_to_person(reader, f"{LETTERS}/interest.txt", context)


def send_let_us_talk(interest: Interest, says: str) -> None:
    """To the interested side, with a link through which it writes on."""
    if interest.thread is None:
        return
    for reader in administrators_of(interest.organisation):
        context = {
            "interest": interest,
            "request": interest.request,
            "says": says,
            "link": _answer_link(interest.thread, interest.organisation, reader),
        }
        send_letter_to_person(reader, f"{LETTERS}/let_us_talk.txt", context)


def send_message(message: Message) -> None:
    """A copy to everybody who speaks for the other side, each with a link of their own."""
    other = message.thread.across(message.side)
    for reader in administrators_of(other):
        context = {
            "message": message,
            "thread": message.thread,
            "other": other,
            "files": [one.stored.name for one in message.attachments.select_related("stored")],
            "link": _answer_link(message.thread, other, reader),
        }
        send_letter_to_person(reader, f"{LETTERS}/message.txt", context)


def _answer_link(thread: Thread, side: Organisation, reader: Any) -> str:
    return link_to("directory:answer_letter", ANSWER, f"{thread.pk}:{side.pk}", reader)


def send_report(report: Report) -> None:
    for reader in officers():
        send_letter_to_person(reader, f"{LETTERS}/report.txt", {"report": report})


def send_introduction(introduction: Introduction) -> None:
    """Both are asked, each about the other."""
    first, second = introduction.first, introduction.second
    for side, other in ((first, second), (second, first)):
        for reader in administrators_of(side):
            subject = f"{introduction.pk}:{side.pk}"
            context = {
                "introduction": introduction,
                "side": side,
                "other": other,
                "link": link_to("directory:introduction_letter", INTRODUCTION, subject, reader),
            }
            send_letter_to_person(reader, f"{LETTERS}/introduction.txt", context)


def send_introduced(introduction: Introduction) -> None:
    """Both said yes; who brought them together hears it too."""
    first, second = introduction.first, introduction.second
    for side in (first, second, introduction.organisation):
        for reader in administrators_of(side):
            context = {
                "introduction": introduction,
                "thread": introduction.thread if side in (first, second) else None,
            }
            send_letter_to_person(reader, f"{LETTERS}/introduced.txt", context)


def send_expiry(request: PartnerRequest) -> None:
    """A request ends soon; one click lets it go on."""
    for reader in administrators_of(request.organisation):
        context = {
            "request": request,
            "link": link_to("directory:renewal_letter", RENEWAL, request.pk, reader),
        }
        send_letter_to_person(reader, f"{LETTERS}/expiry.txt", context)


def send_digest(person: Any, weekly: Weekly) -> None:
    ending = ending_of("digest", person)
    context = {"weekly": weekly, "ending": ending}
    send_letter_to_person(person, f"{LETTERS}/digest.txt", context, unsubscribe=ending)
