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


class Question(models.TextChoices):
    """What an organiser asks before they plan."""

    TABLES = "tables", _("How many tables do we need?")
    SLOT = "slot", _("What would one more slot bring?")
    NEWCOMERS = "newcomers", _("What does it cost to promise newcomers some meetings?")


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
        _("no slot in which both could meet"),
        _("another slot, or another table where both host: ask %(both)s"),
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
}

# The same where nobody is named: on the page on which anyone verifies a plan.
REASONS_SEEN: Mapping[str, "_StrPromise"] = {
    "no_common_slot": REASONS["no_common_slot"][0],
    "participant_full": _("one side has no slot left"),
    "tables_full": _("all tables are taken whenever both are free"),
    "pinned_clash": _("fixed meetings lie in every slot that they share"),
    "displaces_heavier": REASONS["displaces_heavier"][0],
    "not_proven": REASONS["not_proven"][0],
}

# What a plan is measured by, by `Values`.
OBJECTIVES: Mapping[str, "_StrPromise"] = {
    "weight": pgettext_lazy("what a plan is measured by", "points"),
    "held": _("meetings held"),
    "least_share": _("the smallest share of wishes that a party has held"),
    "breaks": pgettext_lazy("what a plan is measured by", "breaks"),
    "changes": _("changes of table"),
    "walking": _("minutes to walk"),
    "distance": _("distance to the published plan"),
}

# What the engine counts, where it has no name.
NUMBERED: Mapping[str, "_StrPromise"] = {
    "meeting": _("meeting %(number)s"),
    "slot": _("slot %(number)s"),
    "table": _("table %(number)s"),
    "person": _("participant %(number)s"),
    "party": _("party %(number)s"),
}

# What the checker finds, by `engines/meetings/findings`; names or numbers are put in.
FINDINGS: Mapping[str, "_StrPromise"] = {
    "unknown_place": _("%(meeting)s, %(slot)s: one of the two does not exist"),
    "unknown_table": _("%(meeting)s: %(table)s does not exist"),
    "unknown_people": _("%(meeting)s: somebody sits in it who takes no part"),
    "unknown_prices": _("a certificate has prices of somebody who takes no part"),
    "unknown_clash": _("the meetings that are said to clash do not all exist"),
    "unknown_meeting": _("%(meeting)s does not exist"),
    "answered_often": _("%(meeting)s is answered %(count)s times"),
    "person_twice": _("%(person)s: %(count)s meetings at once (%(slot)s)"),
    "table_twice": _("%(table)s: %(count)s meetings at once (%(slot)s)"),
    "sides": _("%(meeting)s: those who sit in it are not one of each side"),
    "slot": _("%(meeting)s: not all who sit in it can, or no table is there (%(slot)s)"),
    "table_or_online": _(
        "%(meeting)s: a table for people who are online, or none for people on site"
    ),
    "table": _("%(meeting)s: %(table)s is not theirs"),
    "table_closed": _("%(meeting)s: %(table)s is not there then (%(slot)s)"),
    "order": _("%(meeting)s: %(before)s is not held before it"),
    "in_session": _("%(person)s: %(count)s meetings in a session, at most %(most)s"),
    "in_all": _("%(person)s: %(count)s meetings in all, at most %(most)s"),
    "in_a_row": _("%(person)s: %(count)s meetings in a row, at most %(most)s"),
    "walk": _("%(person)s: a way of %(minutes)s min, and %(left)s min for it (after %(slot)s)"),
    "unexplained": _("%(meeting)s is neither held nor explained"),
    "mandatory": _("%(meeting)s must be held, and is not"),
    "held_though_impossible": _("no plan is said to be possible, and meetings are held"),
    "fairness": _("breaks of two participants differ by %(count)s, at most %(most)s"),
    "newcomers": _("%(party)s: %(count)s meetings held, newcomers get at least %(least)s"),
    "reason": _("%(meeting)s: it is not so that “%(reason)s”"),
    "values": _("the values that the plan names are not those that are counted"),
    "optimal": _("the plan is said to be the best, and names no proof of it"),
    "boundless": _("something is said to be proved, and no bound is given"),
    "prices": _("the certificate of “%(objective)s” has a price below zero, or no unit"),
    "bound": _(
        "bound of “%(objective)s”: %(said)s is said, %(proved)s follows from its certificate"
    ),
    "fewer_breaks": _("said to be the fewest breaks: %(bound)s, and the plan has fewer"),
    "weight_best": _("said to be the most points: %(value)s, and the bound is %(bound)s"),
    "breaks_fewest": _("said to be the fewest breaks: %(value)s, and the bound is %(bound)s"),
    "breaks_of_others": _("breaks are said to be fewest, and other meetings could be held instead"),
    "held_most": _("said to be the most meetings: %(value)s, and the bound is %(bound)s"),
    "reason_unseen": _("%(meeting)s: %(reason)s"),
    "best_unseen": _("that no plan is better in “%(objective)s”"),
    "no_bound": _("no bound is given"),
    "impossible_unseen": _("that no plan is possible"),
    "breaks_unseen": _("that no plan has fewer breaks than %(bound)s; %(seen)s can be seen"),
}

# Why no plan keeps all rules, by `Clash.kind`; `fairness` where no meetings clash.
CLASHES: Mapping[str, "_StrPromise"] = {
    "meeting": _("One meeting must be held, and those who would sit in it have no slot in common."),
    "pins": _("%(who)s cannot be in two fixed meetings at once."),
    "participant": _(
        "%(who)s cannot hold all of these: they have too few slots for them, or a limit."
    ),
    "tables": _("In the slots that these could have there are too few tables for them."),
    "precedence": _("These stand one behind the other, and the slots do not suffice for that."),
    "search": _("These must be held, and cannot all be."),
    "fairness": _("With so small a difference in breaks there is no plan for these parties."),
}

# What a draft is where nobody typed a title: a meeting moved by hand, a repair on the day.
ORIGINS: Mapping[str, "_StrPromise"] = {
    "by_hand": _("by hand: %(names)s"),
    "repair": _("Repair: %(lost)s lost, %(gained)s gained, %(moved)s moved"),
}

# Ways to repair a plan, by `Option.name`.
OPTIONS: Mapping[str, "_StrPromise"] = {
    "still": _("Nothing moves that can stay"),
    "few": _("Hold what can be held, tell the fewest"),
    "most": _("Hold the most meetings"),
}

# What publishing leaves out of a draft, by `Overtaken.why`. Whoever said “no thanks” wishes it no
# more: nobody is told more than that.
OVERTAKEN: Mapping[str, "_StrPromise"] = {
    "called_off": _("%(names)s (called off)"),
    "forbidden": _("%(names)s (must not meet)"),
    "unwished": _("%(names)s (wished no more)"),
    "away": _("%(names)s (%(who)s cannot then any more)"),
}

REFUSALS_PLANNING: Mapping[str, "_StrPromise"] = {
    "no_slots": _("There is no slot yet. Set days, hours and length first."),
    "no_tables": _("There is no table yet, and not everybody is online."),
    "no_pairs": _("There is nothing to plan yet: no pair of which both sides want to meet."),
    "draft_not_done": _("Draft %(number)s is not done."),
    "draft_not_possible": _("Draft %(number)s holds no plan: none keeps all rules."),
    "draft_has_faults": _("Draft %(number)s breaks a rule: %(fault)s."),
    "published_meanwhile": _(
        "Somebody published version %(number)s meanwhile. Look at it before you publish yours."
    ),
    "has_begun": _("Slots that have begun are not moved: %(count)s meetings of this draft would."),
    "no_such_meeting": _("This draft holds no such meeting."),
    "not_free": _("One of the two is not free then, or no table is."),
    "booked": _("Participants book their meetings themselves here; there is nothing to plan."),
    "arranged": _(
        "Meetings that you arranged or fixed since then stand in the way of this draft. Run it "
        "once more."
    ),
    "moved_on": _(
        "The plan, a wish or the hour changed since these ways were shown. Look at them once more."
    ),
    "gone": _("A slot, a table or somebody in this draft is not there any more. Run it once more."),
}

# The market --------------------------------------------------------------------------------------


class Standing(models.TextChoices):
    """Where a wish stands, as its wisher sees it; why there is no meeting stays with the others."""

    WAITS = "waits", _("waits for an answer")
    BOTH = "both", _("both want it")
    NO_MEETING = "no_meeting", _("no meeting")


# What somebody can say of a party of their own accord; “accepts” only answers.
SAID_FIRST = (Strength.MUST, Strength.LIKE, Strength.NO)

REFUSALS: Mapping[str, "_StrPromise"] = {
    "event_closed": _("This event is closed: its meetings stay as they are."),
    "event_over": _("The event is over."),
    "no_seat": _(
        "Whoever takes part in the meetings has a seat at the event. Register, or wait until your "
        "registration is confirmed."
    ),
    "takes_no_part": _("You do not take part in the meetings yet. Take part first."),
    "not_there": _("They do not take part in the meetings any more."),
    "oneself": _("That is you: nobody meets themselves."),
    "wishes_itself": _("Wisher and wished are the same party: nobody meets themselves."),
    "no_such_strength": _("Say “must”, “would like” or “no thanks”."),
    "wishes_later": _("Wishes can be said from %(when)s on."),
    "wishes_ended": _(
        "Wishes ended on %(when)s. What was said to you can still be answered; for anything else "
        "ask the organisers."
    ),
    "answers_ended": _(
        "Answers ended on %(when)s. The organisers can still add a meeting: write to them, or ask "
        "at their desk."
    ),
    "too_many_wishes": _(
        "You have said %(most)s wishes, and there are no more. Take one back to say another."
    ),
    "too_many_musts": _(
        "%(most)s of your wishes are “must”, and there are no more. Make one of them “would like” "
        "first, or say “would like” here."
    ),
    "nothing_to_answer": _("They took their wish back; there is nothing to answer."),
    "answered_already": _(
        "This was answered already. Log in to change the answer on the page of your wishes."
    ),
    "wishes_not_here": _("At this event one asks for a slot at once, instead of wishing."),
    "booking_only": _("At this event the organisers plan the meetings from wishes."),
    "slot_not_free": _("This slot is no longer free for both of you. Choose another."),
    "no_table_free": _("All tables are taken in this slot. Choose another."),
    "slot_began": _("This slot has begun or is over. Choose a later one."),
    "slot_unknown": _("There is no such slot."),
    "asked_already": _("You have asked them already; wait for the answer, or withdraw it."),
    "meeting_already": _("You have a meeting with them already."),
    "request_ended": _("This request is no longer open: %(state)s."),
    "meeting_ended": _("This meeting is not planned any more, so it cannot be called off."),
    "slots_in_use": _(
        "Meetings stand in %(count)s of these slots. Move or call them off first; other slots can "
        "be added beside them."
    ),
    "outside_its_day": _("On %(day)s the event is open from %(opens)s to %(closes)s."),
    "slots_overlap": _("%(slot)s overlaps a slot that is there already."),
    "no_slots": _("Between %(starts)s and %(ends)s there is no room for a slot of that length."),
    "too_many_slots": _("More than %(most)s slots: make them longer, or the span shorter."),
    "table_in_use": _("Meetings stand at table %(table)s. Move them first."),
    "too_many_tables": _("No more than %(most)s tables."),
    "table_taken": _("%(name)s hosts at table %(table)s already."),
    "deadlines_order": _("Wishes begin, then they end, then answers end: this order stays."),
    "musts_above_wishes": _("No more of them can be “must” than there are wishes."),
    "person_twice": _("%(name)s takes part already, for %(party)s."),
    "pair_needs_two": _("Choose two parties that differ."),
    "pair_declined": _("One of the two said “no thanks”: nobody is made to meet."),
    "changed_meanwhile": _(
        "Somebody else changed this meanwhile. Look at what stands here now, then save again."
    ),
    "not_a_list_of_wishes": _("“%(file)s” cannot be read: bring a CSV or XLSX of up to 20 MB."),
    "no_columns_of_wishes": _(
        "The first line names the columns: it needs “wisher” and “wished”. “strength” and "
        "“sentence” may stand beside them."
    ),
    "too_many_rows": _("More than %(most)s rows: part the file."),
    "control_sign": _("A sign in this row cannot be shown."),
    "nobody_named": _("Nobody is named here."),
    "unknown_party": _("“%(typed)s” takes no part in the meetings."),
    "named_twice": _("“%(typed)s” names more than one party; write the e-mail address."),
    "row_twice": _("The same pair stands in row %(row)s already."),
    "unknown_strength": _("“%(typed)s” is no strength: write must, like, accept or no."),
    "not_begun": _("The meeting has not begun."),
    "not_asked": _("What came of it is asked half a year after the event."),
    "sentence_too_long": _("The sentence has more than %(most)s signs."),
}
