"""The call of an event, as its organisers see it at their desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hanse.calls.access import applications_to_decide, may_run
from hanse.calls.models import Call
from hanse.calls.queries.desk import finding
from hanse.calls.queries.stages import Stage, stage_of
from hanse.calls.words import ApplicationState, CallState
from hanse.events.models import Event


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
