"""The words of calls: kinds, states, outcomes, quotas, questions, refusals."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class CallKind(models.TextChoices):
    INTEREST = "interest", _("Call for expressions of interest")
    WORKSHOP = "workshop", _("Call for workshops")


class CallState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a call", "draft")
    PUBLISHED = "published", pgettext_lazy("a call", "published")
    CLOSED = "closed", pgettext_lazy("a call", "closed")


class ApplicationState(models.TextChoices):
    """Where an application stands for the officers. Its own side knows only what it was told."""

    DRAFT = "draft", pgettext_lazy("an application", "draft")
    SUBMITTED = "submitted", pgettext_lazy("an application", "sent")
    SELECTED = "selected", pgettext_lazy("an application", "selected")
    RESERVE = "reserve", pgettext_lazy("an application", "on the reserve list")
    REJECTED = "rejected", pgettext_lazy("an application", "rejected")
    INELIGIBLE = "ineligible", pgettext_lazy("an application", "not eligible")
    WITHDRAWN = "withdrawn", pgettext_lazy("an application", "withdrawn")
    RETURNED = "returned", pgettext_lazy("an application", "place given back")


class Outcome(models.TextChoices):
    """What officers decide; each is also a state."""

    SELECTED = "selected", pgettext_lazy("an application", "selected")
    RESERVE = "reserve", pgettext_lazy("an application", "on the reserve list")
    REJECTED = "rejected", pgettext_lazy("an application", "rejected")
    INELIGIBLE = "ineligible", pgettext_lazy("an application", "not eligible")


DECIDED = frozenset(
    {
        ApplicationState.SELECTED,
        ApplicationState.RESERVE,
        ApplicationState.REJECTED,
        ApplicationState.INELIGIBLE,
    }
)
GONE = frozenset({ApplicationState.WITHDRAWN, ApplicationState.RETURNED})


class QuotaBy(models.TextChoices):
    KIND = "kind", _("kind of organisation")
    COUNTRY = "country", _("country")
    SECTOR = "sector", _("sector")
    NEWCOMER = "newcomer", _("newcomers")


class Bound(models.TextChoices):
    """A “most” is kept unless an officer says why not; a “least” is an aim that is shown."""

    MOST = "most", _("at most")
    LEAST = "least", _("at least")


class Format(models.TextChoices):
    """How a workshop is held; whoever organises it chooses."""

    TALKS = "talks", _("talks and questions")
    PANEL = "panel", _("panel")
    WORLD_CAFE = "world-cafe", _("world café")
    TRAINING = "training", _("training")
    OTHER = "other", _("something else")


class ProfileState(models.TextChoices):
    """Where a profile stands, as far as a call asks for it."""

    PUBLISHED = "published", _("published")
    REQUESTED = "requested", _("handed in, not published yet")
    DRAFT = "draft", _("not handed in")


QUESTIONS: "Mapping[str, _StrPromise]" = {
    "theme": _("Theme"),
    "title": _("Title of the workshop"),
    "abstract": _("What happens in it"),
    "format": _("Format"),
    "speakers": _("Speakers"),
    "reimbursed": _("Speakers whose travel is asked for"),
    "expected": _("People expected"),
    "why": _("Why do you want to come?"),
    "offers": _("What do you bring?"),
    "seeks": _("Whom do you want to meet?"),
}
OF_THE_SUMMARY = _("Summary of the workshop")
INTEREST_QUESTIONS = ("why", "offers", "seeks")
WORKSHOP_QUESTIONS = (
    "theme", "title", "abstract", "format", "speakers", "reimbursed", "expected",
)  # fmt: skip

GROUPS: "Mapping[str, _StrPromise]" = {
    "member": _("Member States of the Union"),
    "associated": _("associated countries"),
    "other": _("other countries"),
}

# Letters to applicants that officers may word themselves.
LETTERS: "Mapping[str, _StrPromise]" = {
    "received": _("The application is in"),
    "selected": _("Selected"),
    "reserve": _("On the reserve list"),
    "rejected": _("Not selected"),
    "ineligible": _("Not eligible"),
    "late_accepted": _("A late application is accepted"),
    "late_refused": _("A late application is not accepted"),
    "summary_due": _("The summary of a workshop is owed"),
}
REFUSALS: "Mapping[str, _StrPromise]" = {
    # when
    "not_published": _("This call is not published yet."),
    "call_closed": _("This call is closed."),
    "not_open_yet": _("This call opens on %(day)s."),
    "being_evaluated": _(
        "Cut-off %(number)s has passed and its applications are being evaluated, with answers by "
        "%(day)s. The next one opens if places remain after that."
    ),
    "no_places_left": _("All places are taken after the last evaluation."),
    "no_late_places_left": _("All places for late applications are taken."),
    "over": _("The last cut-off was on %(day)s."),
    # applying
    "already_applied": _("%(name)s has an application in this call already."),
    "not_yours": _("You do not speak for %(name)s."),
    "nothing_written": _("Say something to “%(question)s”."),
    "was_decided": _("This application can no longer be changed: it is %(state)s."),
    "in_evaluation": _(
        "The cut-off of this application has passed. It is being evaluated; the answer comes by "
        "%(day)s."
    ),
    "rejected_stays": _("This call takes no rejected application a second time."),
    "has_a_place": _("This application has a place. Give it back if nobody can come."),
    "no_place_to_return": _("This application has no place that could be given back."),
    "nothing_to_withdraw": _("There is nothing to withdraw: the application is %(state)s."),
    # workshops
    "unknown_theme": _("Choose one of the themes of the call."),
    "too_many_speakers": _("At most %(most)s speakers in one slot."),
    "too_many_reimbursed": _("Travel is paid for at most %(most)s speakers."),
    "more_reimbursed_than_speakers": _("More travellers than speakers were named."),
    "room_too_small": _("The largest room holds %(most)s people."),
    # deciding
    "nobody_chosen": _("Nobody is ticked."),
    "still_open": _(
        "Cut-off %(number)s has not passed: %(name)s may change its application until then."
    ),
    "cannot_become": _("%(name)s is %(state)s; that is no longer changed by a decision."),
    "decided_meanwhile": _(
        "Somebody else decided about %(name)s meanwhile: %(state)s. Look at it again."
    ),
    "told_already": _("%(name)s was told already: %(state)s."),
    "over_places": _(
        "%(places)s places, and %(after)s would be selected: %(many)s too many. Untick some, or "
        "put them on the reserve list."
    ),
    "over_quota": _("Over the quota: %(quotas)s. Say why it is right all the same."),
    "not_eligible": _(
        "The rules are not met or not yet known for: %(names)s. Say why they are selected all the "
        "same."
    ),
    "late_not_eligible": _(
        "A late application is accepted only if it is eligible, and that is not so for: %(names)s."
    ),
    "late_and_on_time": _("Late applications are decided apart from those that came in time."),
    "late_has_no_reserve": _("A late application is accepted or refused; it has no reserve list."),
    "reason_needed": _("Whoever is not selected is told why: a reason is needed."),
    "own_application": _("You speak for %(name)s, so somebody else decides about it."),
    "nobody_in_reserve": _("Nobody is on the reserve list."),
    "no_place_free": _("No place is free."),
    "left_undecided": _("%(count)s applications of this cut-off wait for a decision."),
    "not_over_yet": _("This cut-off passes on %(day)s; its evaluation cannot end before."),
    "evaluation_ended": _("The evaluation of this cut-off ended on %(day)s."),
    "wrong_points": _("Between 0 and %(most)s points."),
    "not_sent": _("This application was not sent in."),
    # calls
    "english_title": _("A title in English is needed."),
    "no_cut_off": _("A call needs at least one cut-off."),
    "cut_offs_in_order": _("Cut-offs follow each other, each after the opening."),
    "late_after_last": _("Late applications end after the last cut-off."),
    "cut_off_after_it": _("It takes place on %(day)s; no cut-off comes after that."),
    "passed_stays": _("A cut-off that has passed is no longer changed."),
    "moved_into_past": _("No cut-off is moved into the past: %(day)s."),
    "cut_off_in_use": _("Cut-off %(number)s has applications; move it instead of leaving it out."),
    "slug_taken": _("There is a call at this address already."),
    "bad_line": _("Line %(line)s cannot be read: “%(typed)s”."),
    "code_twice": _("Line %(line)s: the code %(typed)s is there already."),
    "quota_twice": _("Line %(line)s says a second time what another line says."),
    "criteria_in_use": _("Marks were given by these criteria, so they stay as they are."),
    "places_taken": _("%(taken)s places are given already."),
    "no_officer": _("Nobody has a log-in with the address %(typed)s."),
    "call_has_applications": _("The kind of a call stays once applications are in."),
    "unknown_placeholder": _("Nothing stands for %(names)s."),
    # summaries
    "no_summary_owed": _("A summary is owed by workshops that took place."),
    "summary_is_here": _("The summary was handed in on %(day)s."),
}
