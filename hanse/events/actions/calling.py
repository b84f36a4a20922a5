"""The call of an event: whoever it selects is invited (`selected.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.calls.actions.calls import Called, close_call, locked, make_call
from hanse.calls.models import Call
from hanse.calls.words import CallState
from hanse.commons.audit.actions import record
from hanse.events.models import Event
from hanse.events.rules.programme import refusal
from hanse.events.words import State
from hanse.kit.refusals import Refusal, Refused


@transaction.atomic
def make_call_of_event(
    event: Event, called: Called, *, by: Any, officers: Sequence[Any] = ()
) -> Call:
    """A draft, run by whoever made it and those they name. The row of the event is held, so that
    of two who make its call at once one is refused."""
    held = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if reason := why_no_call(held):
        raise Refused(reason)
    call = make_call(called, by=by, officers=officers)
    held.call, held.changed_at = call, timezone.now()
    held.save(update_fields=["call", "changed_at"])
    record("make_call_of_event", held, by=by, after={"call": call.slug})
    return call


def why_no_call(event: Event) -> Refusal | None:
    """What stands against making one now."""
    if event.call_id:
        return refusal("has_a_call")
    if event.cancelled_at:
        return refusal("call_of_cancelled")
    if event.state == State.CLOSED or event.is_over:
        return refusal("call_of_over")
    return None


def close_call_of(event: Event, *, by: Any) -> None:
    """No application comes in for what does not take place, unless the call asks people to another
    event as well. A draft stays one, and is published no more (`must_take_place`)."""
    if event.call is None or any(one.is_to_come for one in _others_of(event)):
        return
    if locked(event.call).state == CallState.PUBLISHED:
        close_call(event.call, by=by)


def _others_of(event: Event) -> list[Event]:
    return list(Event.objects.filter(call=event.call).exclude(pk=event.pk))


def must_take_place(call: Call) -> None:
    """Refuses to publish a call all of whose events are called off."""
    events = list(Event.objects.filter(call=call))
    if events and all(one.cancelled_at for one in events):
        raise Refused(refusal("call_of_cancelled"))
