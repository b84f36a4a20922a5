"""The words of the meetings: how they come about, what one wishes, where a plan stands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Way(models.TextChoices):
    """How meetings of an event come about."""

    PLAN = "plan", _("the organisers plan them from wishes")
    BOOKING = "booking", _("participants book them among free slots")


class SeenBy(models.TextChoices):
    """Who sees who takes part in the meetings."""

    TAKING_PART = "taking_part", _("who takes part in the meetings")
    GUESTS = "guests", _("who is registered for the event")
    EVERYBODY = "everybody", _("everybody")


class Strength(models.TextChoices):
    """What one party says of a meeting with another."""

    MUST = "must", _("must")
    LIKE = "like", _("would like")
    ACCEPT = "accept", _("accepts")
    NO = "no", _("no thanks")


# Who said one of these wants, or at least agrees to, the meeting.
WANTED = (Strength.MUST, Strength.LIKE, Strength.ACCEPT)


class Ruling(models.TextChoices):
    """What the organisers say about a pair."""

    FORCE = "force", _("must meet")
    FORBID = "forbid", _("must not meet")


class DraftState(models.TextChoices):
    """Where a draft of a plan stands."""

    WAITING = "waiting", _("waits for its turn")
    RUNNING = "running", _("is being computed")
    DONE = "done", _("done")
    INFEASIBLE = "infeasible", _("not possible")
    FAILED = "failed", pgettext_lazy("a draft of a plan", "failed")


class MeetingState(models.TextChoices):
    """What became of a meeting."""

    PLANNED = "planned", pgettext_lazy("a meeting", "planned")
    HELD = "held", pgettext_lazy("a meeting", "took place")
    MISSED = "missed", pgettext_lazy("a meeting", "somebody did not come")
    CALLED_OFF = "called_off", pgettext_lazy("a meeting", "called off")


# Meetings that need their slot and their table.
STANDING = (MeetingState.PLANNED, MeetingState.HELD, MeetingState.MISSED)


class RequestState(models.TextChoices):
    """Where a request for a slot stands, where participants book themselves."""

    WAITING = "waiting", pgettext_lazy("a request", "not answered yet")
    ACCEPTED = "accepted", pgettext_lazy("a request", "accepted")
    DECLINED = "declined", pgettext_lazy("a request", "declined")
    EXPIRED = "expired", pgettext_lazy("a request", "not answered in time")
    WITHDRAWN = "withdrawn", pgettext_lazy("a request", "withdrawn")


class Cooperation(models.TextChoices):
    """What had come of a meeting when both sides were asked half a year later."""

    NOTHING = "nothing", _("nothing yet")
    TALKING = "talking", _("we are talking")
    PROJECT = "project", _("we work on something together")
    AGREEMENT = "agreement", _("we have a written agreement")


# Why the engine did not plan a meeting, by `Reason`: what is so, and what would change it.
REASONS: Mapping[str, tuple["_StrPromise", "_StrPromise"]] = {
    "no_common_slot": (
        _("never in the hall at the same time"),
        _("a slot in which both can: ask %(both)s"),
    ),
    "participant_full": (
        _("%(who)s has no slot left"),
        _("one more person of %(who)s, or a slot more"),
    ),
    "tables_full": (
        _("all tables are taken whenever both are free: %(slots)s"),
        _("one more table"),
    ),
    "pinned_clash": (
        _("meetings that you fixed lie in every slot that they share"),
        _("let one of the fixed meetings go"),
    ),
    "displaces_heavier": (
        _("every way to hold it costs a meeting that is wished at least as much"),
        _("fix it and see what goes for it"),
    ),
    "not_proven": (
        _("not yet known: the run has not proved it impossible"),
        _("more time, or fix it and see the cost"),
    ),
    "nobody_there": (
        _("nobody of %(who)s takes part"),
        _("somebody of %(who)s who registers"),
    ),
}

REFUSALS_PLANNING: Mapping[str, "_StrPromise"] = {
    "no_slots": _("There is no slot yet. Set days, hours and length first."),
    "no_tables": _("There is no table yet, and not everybody is online."),
    "no_pairs": _("There is nothing to plan yet: no pair of which both sides want to meet."),
    "draft_not_done": _("Draft %(number)s is not done."),
    "draft_has_faults": _("Draft %(number)s breaks a rule: %(fault)s."),
    "published_meanwhile": _(
        "Somebody published version %(number)s meanwhile. Look at it before you publish yours."
    ),
    "has_begun": _("Slots that have begun are not moved: %(count)s meetings of this draft would."),
    "no_such_meeting": _("This draft holds no such meeting."),
    "closed": _("The event is closed."),
    "gone": _(
        "A slot, a table or somebody in this draft is not there any more. Run it once more."
    ),
}
