"""Every letter to applicants that officers may word themselves, and how one reads for somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hanse.calls.access import applications_to_decide
from hanse.calls.mails.wording import compose, told_of_decision, told_of_receipt
from hanse.calls.models import Application, Call, Decision, Summary
from hanse.calls.queries.eligibility import rules_in_words
from hanse.calls.words import Outcome
from hanse.commons.people.models import Person
from hanse.commons.post.mails import Composed
from hanse.directory.models import Organisation

DECIDES: Mapping[str, Outcome] = {
    "selected": Outcome.SELECTED,
    "reserve": Outcome.RESERVE,
    "rejected": Outcome.REJECTED,
    "ineligible": Outcome.INELIGIBLE,
    "late_accepted": Outcome.SELECTED,
    "late_refused": Outcome.REJECTED,
}
# An invented applicant has no page.
NO_LINK = "/calls/applications/…/"
MOST_READERS = 200


def readers_of(call: Call) -> Sequence[Application]:
    """As whom a letter can be read beforehand."""
    found = list(applications_to_decide(call).select_related("made_by")[:MOST_READERS])
    for one in found:
        one.call = call
    return found


def as_read(
    call: Call,
    code: str,
    language: str,
    application: Application | None = None,
    *,
    says: str | None = None,
) -> Composed:
    """A letter as this applicant would get it; without one, as an invented one would. `says` is the
    reason that is not written down yet."""
    one = application or _invented(call)
    with override(language):
        told = {
            "link": one.get_absolute_url() if one.pk else NO_LINK,
            "reader": one.made_by or Person(name="Ilze Krastiņa"),
            **_told(one, code, says),
        }
    return compose(one, code, language, told)


def _told(application: Application, code: str, says: str | None) -> dict[str, Any]:
    if code == "received":
        return told_of_receipt(application)
    if code == "summary_due":
        return {"summary": _summary(application)}
    told = told_of_decision(application, _decision(application, code, says))
    if code == "ineligible" and not application.pk:
        told["rules"] = [rule for rule, _source in rules_in_words(application.call)[:1]]
    return told


def _decision(application: Application, code: str, says: str | None) -> Decision:
    """As it was decided, else as it would be."""
    outcome, is_late = DECIDES[code], code.startswith("late")
    if says is None and application.pk:
        made = application.decisions.filter(outcome=outcome, is_late=is_late).first()
        if made is not None:
            return made
    reason = _("Here stands the reason.") if says is None else says
    return Decision(application=application, outcome=outcome, is_late=is_late, says=reason)


def _summary(application: Application) -> Summary:
    held = Summary.objects.filter(application=application.pk).first()
    on = application.call.held_on or timezone.localdate()
    due = on + timedelta(days=application.call.summary_days)
    return held or Summary(application=application, due_on=due)


def _invented(call: Call) -> Application:
    return Application(
        call=call,
        organisation=Organisation(name="Balta Metals"),
        number=12,
        cut_off=call.cut_offs.select_related("call").first(),
        reserve_place=3,
    )
