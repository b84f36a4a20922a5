"""The words of the events: how one gets in, who sees what, where a registration stands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

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
    REFUSED = "refused", pgettext_lazy("a registration", "refused")
    CANCELLED = "cancelled", pgettext_lazy("a registration", "cancelled")


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
    "registered": _("you are registered"),
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
    "needs": ngettext_lazy("need for access and food", "needs for access and food", "count"),
    "answers": ngettext_lazy(
        "registration whose answers to the form were emptied",
        "registrations whose answers to the form were emptied",
        "count",
    ),
    "unconfirmed": ngettext_lazy(
        "registration without a seat whose name and address were removed",
        "registrations without a seat whose names and addresses were removed",
        "count",
    ),
    "invitations": ngettext_lazy(
        "invitation without an answer whose name and address were removed",
        "invitations without an answer whose names and addresses were removed",
        "count",
    ),
    "strangers": ngettext_lazy("question to be invited", "questions to be invited", "count"),
    "devices": ngettext_lazy(
        "scan whose device and door-keeper were removed",
        "scans whose device and door-keeper were removed",
        "count",
    ),
    "keys": ngettext_lazy("key of tickets", "keys of tickets", "count"),
}


def deleted_in_words(counts: Mapping[str, int]) -> list[tuple[int, str]]:
    """What a closing took, or would take, each with its count."""
    return [
        (counts[key], str(word % {"count": counts[key]}))
        for key, word in DELETED.items()
        if key in counts
    ]


class Verdict(models.TextChoices):
    """What the door said to a ticket."""

    IN = "in", _("let in")
    AGAIN = "again", _("was in already")
    UNKNOWN = "unknown", _("not on the list")
    CANCELLED = "cancelled", pgettext_lazy("a registration", "cancelled")
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
    "too_many_papers": _("At most %(most)s documents; take one away first."),
    "of_another_event": _("This item belongs to another event."),
    "room_holds_fewer": _("%(room)s holds %(seats)s people: say how many seats, at most so many."),
    "drafts_would_go": _(
        "Changes are not published (%(count)s) and would be lost. Publish them first, or say that "
        "they go."
    ),
    "has_a_call": _("This event has a call already. Change that one, or take it from the event."),
    "call_of_cancelled": _("This event does not take place: nobody is asked to apply for it."),
    "call_of_over": _("This event is over: nobody is asked to apply for it any more."),
    "over_already": _("It is over; there is nothing to call off."),
    "registered_already": _(
        "People are registered (%(count)s). Call the event off instead: then its page stays and "
        "they are told."
    ),
    "event_cancelled": _("It does not take place."),
    "letter_without_link": _("Without {link} nobody can answer this letter."),
    "unknown_placeholder": _("Nothing stands for %(names)s."),
    "room_is_booked": _(
        "“%(session)s” has %(seats)s seats in %(room)s, so it cannot have %(capacity)s. Give the "
        "session fewer seats or another room first."
    ),
    "control_sign": _("There is a sign in it that cannot be shown."),
    "session_is_booked": _(
        "%(count)s participants have chosen this session. Give them another place first."
    ),
    # Guests
    "no_address": _("There is no e-mail address."),
    "not_an_address": _("“%(typed)s” is no e-mail address."),
    "address_twice": _("This address stands in row %(row)s already."),
    "cell_too_long": _("The column “%(column)s” holds more than %(most)s signs."),
    "no_column_of_addresses": _(
        "No column is called “email”. Its first line names the columns: email, name, "
        "organisation, country, language, colleague."
    ),
    "too_many_guests": _("A list holds at most %(most)s people."),
    "not_a_list_of_guests": _("%(file)s is neither CSV nor XLSX."),
    "no_colleague_here": _("This invitation is for you alone; the organisers decide about others."),
    "colleague_is_oneself": _("That is your own address."),
    "colleague_of_another_house": _(
        "A colleague comes from the same organisation: their address ends in %(domain)s."
    ),
    "colleague_of_nobody_knows": _(
        "Anybody may have an address at %(domain)s, so that it does not show who is your "
        "colleague. The organisers invite them if you ask."
    ),
    "invited_already": _("This person is invited already."),
    "invitation_used": _("This invitation has been accepted; cancel the registration instead."),
    "invitation_withdrawn": _("This invitation no longer holds. Ask the organisers."),
    "too_many_strangers": _(
        "Too many people have asked by this link already. Write to the organisers."
    ),
    "delegation_full": _("All %(places)s places of the delegation are named."),
    "delegation_twice": _("There is a delegation of this name already."),
    "decided_already": _("This has been decided already."),
    "no_such_version": _("There is no version %(number)s."),
}

# What an item of a programme says, as its organisers call it.
ITEM_FIELDS: Mapping[str, "_StrPromise"] = {
    "title": _("Title"),
    "text": _("What it is about"),
    "starts": _("Begins"),
    "ends": _("Ends"),
    "room": _("Room"),
    "kind": _("Kind"),
    "parts": _("Who takes part"),
    "languages": _("Languages"),
    "visibility": _("Seen by"),
    "mode": _("Where"),
    "stream_url": _("Stream"),
    "hashtag": _("Hashtag"),
    "needs_booking": _("Is chosen when registering"),
    "seats": _("Seats"),
}

# Lines of the trail of an event, as the desk reads them.
DEEDS: Mapping[str, "_StrPromise"] = {
    "begin_series": _("began the series"),
    "make_series": _("made the series"),
    "begin_event": _("began the event"),
    "change_event": _("changed the settings"),
    "make_call_of_event": _("made the call of the event"),
    "add_session": _("put into the programme:"),
    "save_session": _("changed in the programme:"),
    "take_out_session": _("took out of the programme:"),
    "add_session_document": _("added a document to:"),
    "remove_session_document": _("took a document from:"),
    "publish_programme": _("published the programme"),
    "add_speaker": _("added a speaker"),
    "change_speaker": _("changed a speaker"),
    "drop_speaker": _("took a speaker out"),
    "invite": _("put a guest on the list"),
    "write_invitation": _("wrote to a guest"),
    "withdraw_invitation": _("withdrew an invitation"),
    "decline_invitation": _("declined an invitation"),
    "send_colleague": _("sent a colleague instead"),
    "open_delegation": _("opened a delegation"),
    "word_letter": _("worded a letter"),
    "word_letter_as_ours": _("took our words of a letter"),
    "register": _("registered"),
    "approve": _("accepted a registration"),
    "approve_registration": _("accepted a registration"),
    "refuse_registration": _("refused a registration"),
    "cancel_registration": _("cancelled a registration"),
    "change_registration": _("changed a registration"),
    "set_capacity": _("set the number of seats"),
    "move_up": _("moved up to a seat"),
    "close_event": _("closed the event"),
    "call_off": _("called the event off"),
}

# The week of the flyer that this project begins with.
SHIPPED_WEEK = "eu-industry-day-2018"

# Why a seat is not given, an answer not taken, a form not changed.
REFUSALS_SEATS: Mapping[str, "_StrPromise"] = {
    "not_published": _("This event is not published yet."),
    "event_closed": _("This event is closed."),
    "event_over": _("This event is over."),
    "no_registration_needed": _("This event is open to everybody: nobody has to register."),
    "not_open_yet": _("Registration opens on %(when)s (%(zone)s)."),
    "no_longer_open": _("Registration closed on %(when)s (%(zone)s)."),
    "invitation_needed": _("Only people who are invited register here, and %(email)s is not."),
    "invitation_used": _("This invitation was used already: one invitation is one seat."),
    "invited_otherwise": _("The invitation is for “%(kind)s”."),
    "no_teams": _("People register one by one for this event."),
    "team_too_small": _("A team is at least two people."),
    "team_too_large": _("A team has at most %(most)s people; these are %(count)s."),
    "team_beyond_seats": _(
        "The event has %(seats)s seats in all for this kind: a team of %(count)s would wait "
        "forever."
    ),
    "twice_in_team": _("%(email)s stands twice in the team."),
    "registered_already": _("%(email)s is registered already: leave them out of the team."),
    "not_waiting_for_word": _("This registration was decided already."),
    "registration_over": _("This registration has ended."),
    "changed_meanwhile": _(
        "This registration was changed meanwhile. Look at what stands there now; what you typed is "
        "still in the form and is kept when you send it again."
    ),
    "kind_full": _("“%(kind)s” has no seat free. You keep the one you have."),
    "kind_needs_word": _(
        "The organisers decide about each “%(kind)s”: write to them, or cancel and register anew."
    ),
    "team_of_one_kind": _(
        "A team that waits has one kind. Change it once there are seats, or cancel and register "
        "anew."
    ),
    "less_than_taken": _(
        "%(taken)s seats are taken, so there cannot be %(capacity)s. Seats are taken away from "
        "nobody; cancel registrations first."
    ),
    "no_such_session": _("This session is not chosen when registering."),
    "unanswered": _("This must be answered."),
    "too_long": _("At most %(most)s signs; these are %(count)s."),
    "form_too_long": _(
        "The answers are %(count)s signs long all together, and %(most)s are taken. Shorten the "
        "longest."
    ),
    "unknown_option": _("“%(typed)s” is none of the answers to choose from."),
    "no_number": _("“%(typed)s” is no number."),
    "not_agreed": _("Without this agreement nobody can register."),
    "code_taken": _("There is a “%(named)s” already."),
    "kind_in_use": _("%(count)s registrations are of this kind, so it stays."),
    "last_kind": _("One kind of participant must stay, or nobody could register."),
    "condition_missing": _("A condition needs both: a question and its answer."),
    "condition_unknown": _(
        "The condition names “%(named)s”, and no earlier question has this code."
    ),
    "condition_impossible": _("“%(typed)s” is no answer to “%(named)s”."),
    "options_missing": _("A choice needs at least two answers, one a line."),
    "condition_order": _("“%(named)s” hangs on “%(other)s” and cannot stand before it."),
    "options_answered": _(
        "%(count)s answers were offered while people answered: none is taken away. Add below, or "
        "change the words."
    ),
    "question_answered": _(
        "People have answered it: how it is answered stays. End it and ask another."
    ),
    "question_carries": _("“%(named)s” hangs on this question. Change that one first."),
    "closes_before_it_opens": _("Registration would close before it opens."),
    "nothing_chosen": _("No registration was chosen."),
}
