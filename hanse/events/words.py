"""The words of the events: how one gets in, who sees what, where a registration stands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Entry(models.TextChoices):
    """How one gets into an event."""

    OPEN = "open", _("open to everybody")
    REGISTRATION = "registration", _("upon registration")
    INVITATION = "invitation", _("upon invitation only")


class State(models.TextChoices):
    """Where an event stands."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CLOSED = "closed", _("closed: what had to be deleted is deleted")


class Mode(models.TextChoices):
    """Where it takes place."""

    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("on site and online")


class SessionKind(models.TextChoices):
    """What an item of a programme is."""

    SESSION = "session", _("session")
    WORKSHOP = "workshop", _("workshop")
    MEETINGS = "meetings", _("bilateral meetings")
    BREAK = "break", _("break")
    SOCIAL = "social", _("get-together")


class Visibility(models.TextChoices):
    """Who sees an item of a programme."""

    PUBLIC = "public", _("everybody")
    GUESTS = "guests", _("who is invited or registered")
    TEAM = "team", _("the organisers")


class Role(models.TextChoices):
    """What somebody does in a session."""

    SPEAKER = "speaker", _("speaker")
    MODERATOR = "moderator", _("moderator")
    HOST = "host", _("host")


class Duty(models.TextChoices):
    """What an organiser does; the lead may do everything."""

    LEAD = "lead", _("lead")
    PROGRAMME = "programme", _("programme")
    GUESTS = "guests", _("guests")
    DOOR = "door", _("door")


class RegistrationState(models.TextChoices):
    """Where a registration stands."""

    ASKED = "asked", _("waits for the organisers’ word")
    CONFIRMED = "confirmed", _("confirmed")
    WAITING = "waiting", _("on the waiting list")
    REFUSED = "refused", _("refused")
    CANCELLED = "cancelled", _("cancelled")


# Whoever is in one of these states may not register a second time.
LIVE = (RegistrationState.ASKED, RegistrationState.CONFIRMED, RegistrationState.WAITING)


class QuestionKind(models.TextChoices):
    """How a question of a registration form is answered."""

    TEXT = "text", _("a line")
    LONG = "long", _("a text")
    CHOICE = "choice", _("one of several")
    CHOICES = "choices", _("some of several")
    YES = "yes", _("yes or no")
    NUMBER = "number", _("a number")


# The day itself -----------------------------------------------------------------------------------

# What the door says, by `rules.door.Said`: the verdict in large letters and what to do about it.
AT_THE_DOOR: Mapping[str, tuple["_StrPromise", "_StrPromise"]] = {
    "in": (_("Come in"), _("On the list and confirmed.")),
    "again": (_("Was in already"), _("This ticket was let in at %(time)s. Ask for the name.")),
    "cancelled": (_("Cancelled"), _("This registration ended. The desk decides.")),
    "not_confirmed": (
        _("Not confirmed"),
        _("Registered, and no seat was given yet. The desk decides."),
    ),
    "no_seat": (_("No seat in this session"), _("Registered for the event, not for this session.")),
    "unknown": (_("Not on the list"), _("The ticket is void, or it is newer than the list.")),
    "misread": (_("No ticket"), _("This code or name is not one of the event. Try the name.")),
    "other_event": (_("Another event"), _("This is a ticket, and it is one for another event.")),
    "forged": (_("Forged"), _("The signature does not hold: nobody here made this ticket.")),
}

# Why something stands in an agenda, by `rules.agenda.Why`, where a word is needed.
WHY_SAID: Mapping[str, "_StrPromise"] = {
    "booked": _("you have a seat"),
    "waiting": _("you are on the waiting list"),
    "speaks": _("you speak"),
    "bookmarked": _("you put it here"),
}

CONFLICTS: Mapping[str, "_StrPromise"] = {
    "twice": _("let in more than once"),
    "cancelled": _("let in though the registration had ended"),
    "not_confirmed": _("let in though not confirmed"),
}

REFUSALS_OF_THE_DAY: Mapping[str, "_StrPromise"] = {
    "full": _(
        "All %(seats)s seats are taken. Give the event more seats at its desk, or cancel "
        "a registration of somebody who does not come."
    ),
    "registered_already": _("This address is registered already: find the name on the list."),
    "is_closed": _("The event is closed: its tickets and its door are no more."),
    "is_over": _("The event is over."),
    "not_over": _("The event ends on %(day)s. It can be closed from the day after."),
    "slip_taken": _("This was sent already, for another event."),
    "not_confirmed": _("A ticket comes with a confirmed registration."),
    "did_not_come": _("Feedback is asked of those who were there, once they were."),
    "feedback_given": _("You have given your feedback. It is kept without your name."),
    "nothing_said": _("Nothing is answered yet."),
    "scores_wrong": _("Scores go from 1 to 5."),
}

# What participants are asked afterwards, each answered from 1 to 5.
SCORES: Mapping[str, "_StrPromise"] = {
    "content": _("The programme"),
    "contacts": _("The people I met"),
    "organisation": _("How it was organised"),
}

# What a closing deletes, by the key under which it is counted.
DELETED: Mapping[str, "_StrPromise"] = {
    "needs": _("needs for access and food"),
    "answers": _("registrations whose answers to the form were emptied"),
    "unconfirmed": _("registrations without a seat whose names and addresses were removed"),
    "invitations": _("invitations without an answer whose names and addresses were removed"),
    "strangers": _("strangers with forwarded invitations"),
    "devices": _("scans whose device and door-keeper were removed"),
    "keys": _("keys of tickets"),
}


class Verdict(models.TextChoices):
    """What the door said to a ticket."""

    IN = "in", _("let in")
    AGAIN = "again", _("was in already")
    UNKNOWN = "unknown", _("not on the list")
    CANCELLED = "cancelled", _("cancelled")
    FORGED = "forged", _("signature does not hold")


REFUSALS: Mapping[str, "_StrPromise"] = {
    # The programme
    "ends_before_it_begins": _("It ends before it begins. Give an end that is later."),
    "too_long": _("It is longer than %(hours)s hours. Make two items of it."),
    "outside_its_days": _("%(day)s is not a day of this event. Its days: %(days)s."),
    "outside_its_day": _("On %(day)s the event is open from %(opens)s to %(closes)s."),
    "room_is_taken": _("%(room)s is taken from %(from)s to %(to)s by “%(title)s”."),
    "speaker_in_two_rooms": _(
        "%(names)s would be in two rooms: “%(title)s” is from %(from)s to %(to)s."
    ),
    "changed_meanwhile": _(
        "Somebody changed this item while you had it open. Nothing is lost: both versions stand "
        "below."
    ),
    "nothing_changed": _("The programme is as it was published; there is nothing to publish."),
    "faults_left": _("The programme has faults; %(count)s must be mended before it is published."),
    "day_is_used": _("An event takes place on %(day)s; take that day from it first."),
    "room_is_used": _(
        "%(room)s is used by %(count)s items of programmes. Give them another room first."
    ),
    "nobody_with_this_address": _("Nobody with this address has a log-in here."),
    "last_lead": _("A series has at least one lead. Name another first."),
    "of_another_event": _("This item belongs to another event."),
    "session_is_booked": _(
        "%(count)s participants have chosen this session. Give them another place first."
    ),
    "fewer_than_booked": _("%(taken)s seats are taken already; there cannot be fewer."),
    "no_such_version": _("There is no version %(number)s."),
}

# The week of the flyer that this project begins with.
SHIPPED_WEEK = "eu-industry-day-2018"
