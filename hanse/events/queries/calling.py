"""The call of an event, as its organisers see it at their desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hanse.calls.access import applications_to_decide, may_run
from hanse.calls.models import Application, Call
from hanse.calls.queries.desk import finding
from hanse.calls.queries.stages import Stage, stage_of
from hanse.calls.queries.status import told_state
from hanse.calls.words import ApplicationState, CallState
from hanse.commons.people.models import Person
from hanse.directory.models import Administrator
from hanse.events.models import Event

S = ApplicationState
# What its own side takes for an application that may still lead to a place, or has.
LIVING = frozenset({S.SUBMITTED.value, S.SELECTED.value, S.RESERVE.value})


@dataclass(frozen=True)
class Applicant:
    """Somebody who speaks for an organisation that applied to the call of an event."""

    application: Application
    person: Person

    @property
    def email(self) -> str:
        return str(self.person.email)

    @property
    def language(self) -> str:
        return str(self.person.language)


@dataclass(frozen=True)
class Calling:
    """Where the call stands; numbers of applications, and nothing of who wrote them."""

    call: Call
    stage: Stage
    title: str
    counts: Sequence[tuple[str, int]]
    officers: Sequence[str]
    may_run: bool


def calling_of(event: Event, person: Any) -> Calling | None:
    call = event.call
    if call is None:
        return None
    sent = list(applications_to_decide(call))
    for one in sent:
        one.call = call
    counted = Counter(one.state for one in sent)
    is_draft = call.state == CallState.DRAFT
    return Calling(
        call=call,
        stage=stage_of(call),
        title=_("The call is a draft: nobody can apply yet") if is_draft else finding(sent),
        counts=[(str(state.label), counted[state]) for state in ApplicationState if counted[state]],
        officers=[str(one.person) for one in call.officers.select_related("person")],
        may_run=may_run(person, call),
    )


def shown_call(event: Event) -> Call | None:
    """The call that everybody sees on the page of the event."""
    call = event.call if event.call_id and not event.cancelled_at else None
    return call if call is not None and call.state == CallState.PUBLISHED else None


def applicants_of(event: Event, besides: Collection[str] = ()) -> list[Applicant]:
    """Whoever waits for an answer or has a place, as far as they know: each address once, and
    those `besides` not at all. What was decided and not told shows nowhere."""
    if event.call is None:
        return []
    sent = applications_to_decide(event.call).prefetch_related("decisions").order_by("number")
    living = {one.organisation_id: one for one in sent if told_state(one) in LIVING}
    keepers = Administrator.objects.filter(organisation__in=living).select_related("person")
    found: dict[str, Applicant] = {}
    for keeper in keepers.order_by("pk"):
        one = Applicant(living[keeper.organisation_id], keeper.person)
        found.setdefault(one.email.lower(), one)
    left_out = {email.lower() for email in besides}
    return [one for email, one in found.items() if email not in left_out]
