"""The letters of calls, each to whoever it concerns and in their language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from hanse.calls.mails.wording import LETTERS, compose, told_of_decision, told_of_receipt
from hanse.calls.models import Application, Call, CutOff, Decision, Summary
from hanse.calls.rules.letters import letter_about
from hanse.commons.people.models import Person
from hanse.commons.post.mails import send_composed, send_letter_to_person
from hanse.directory.queries.people import administrators_of


def officers_of(call: Call) -> Iterable[Person]:
    return [one.person for one in call.officers.select_related("person") if one.person.is_active]


def _to_applicants(application: Application, code: str, **told: Any) -> None:
    link = application.get_absolute_url()
    for reader in administrators_of(application.organisation):
        more = {"link": link, "reader": reader, **told}
        letter = compose(application, code, reader.language, more)
        send_composed(reader.email, letter, language=reader.language)


def _to_officers(call: Call, letter: str, **context: Any) -> None:
    for reader in officers_of(call):
        about = {"call": call, "link": reverse("calls:desk", args=[call.slug]), **context}
        send_letter_to_person(reader, f"{LETTERS}/{letter}.txt", about)


def send_received(application: Application) -> None:
    """It came in: where it stands, and by when the answer comes."""
    _to_applicants(application, "received", **told_of_receipt(application))


def send_decided(application: Application, decision: Decision) -> None:
    code = letter_about(decision.outcome, is_late=decision.is_late)
    _to_applicants(application, code, **told_of_decision(application, decision))


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
