"""The words of the meetings: how they come about, what one wishes, where a plan stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
