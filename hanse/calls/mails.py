"""The letters of calls, each to whoever it concerns and in their language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from hanse.calls.models import Application, Call, CutOff, Decision, Summary
from hanse.calls.queries.eligibility import reasons_of
from hanse.calls.queries.status import answers_by
from hanse.calls.words import Outcome
from hanse.commons.people.models import Person
from hanse.commons.post.mails import send_letter_to_person
from hanse.directory.queries.people import administrators_of

LETTERS = "calls/letters"


def officers_of(call: Call) -> Iterable[Person]:
    return [one.person for one in call.officers.select_related("person") if one.person.is_active]


def _to_applicants(application: Application, letter: str, **context: Any) -> None:
    for reader in administrators_of(application.organisation):
        about = {
            "application": application,
            "call": application.call,
            "organisation": application.organisation,
            "link": application.get_absolute_url(),
            **context,
        }
        send_letter_to_person(reader, f"{LETTERS}/{letter}.txt", about)


def _to_officers(call: Call, letter: str, **context: Any) -> None:
    for reader in officers_of(call):
        about = {"call": call, "link": reverse("calls:desk", args=[call.slug]), **context}
        send_letter_to_person(reader, f"{LETTERS}/{letter}.txt", about)


def send_received(application: Application) -> None:
    """It came in: where it stands, and by when the answer comes."""
    _to_applicants(application, "received", answers_by=answers_by(application))


def send_decided(application: Application, decision: Decision) -> None:
    """Each outcome has a letter of its own."""
    _to_applicants(
        application,
        letter_about(decision),
        decision=decision,
        rules=reasons_of(application) if decision.outcome == Outcome.INELIGIBLE else [],
    )


def letter_about(decision: Decision) -> str:
    if decision.is_late:
        return "late_accepted" if decision.outcome == Outcome.SELECTED else "late_refused"
    return str(decision.outcome)


def send_place_given_back(application: Application) -> None:
    _to_officers(
        application.call,
        "place_given_back",
        application=application,
        organisation=application.organisation,
    )


def send_answers_due(cut_off: CutOff, *, is_overdue: bool) -> None:
    _to_officers(cut_off.call, "answers_due", cut_off=cut_off, is_overdue=is_overdue)


def send_late_ones_wait(call: Call, count: int) -> None:
    _to_officers(call, "late_ones_wait", count=count)


def send_summary_due(summary: Summary) -> None:
    _to_applicants(summary.application, "summary_due", summary=summary)
