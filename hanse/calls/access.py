"""Who sees which call and application, who may apply, and who decides."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from hanse.calls.models import Application, Call, CallOfficer
from hanse.calls.words import ApplicationState, CallState
from hanse.directory.access import administered_by, is_officer
from hanse.directory.models import Organisation
from hanse.directory.words import State


def calls_visible_to(person: Any) -> QuerySet[Call]:
    """Published and closed ones are open to all; drafts are their officers' and the operators'."""
    everybody = ~Q(state=CallState.DRAFT)
    if is_officer(person):
        return Call.objects.all()
    if not person.is_authenticated:
        return Call.objects.filter(everybody)
    own = CallOfficer.objects.filter(person=person).values("call")
    return Call.objects.filter(everybody | Q(pk__in=own))


def calls_run_by(person: Any) -> QuerySet[Call]:
    """Whoever runs no call finds none, whatever its address."""
    if is_officer(person):
        return Call.objects.all()
    if not person.is_authenticated:
        return Call.objects.none()
    return Call.objects.filter(pk__in=CallOfficer.objects.filter(person=person).values("call"))


def may_see(person: Any, thing: Any) -> bool:
    """Whoever finds it may read it."""
    return True


def may_run(person: Any, call: Call) -> bool:
    """Read the applications, mark, decide, edit: its officers and the operators."""
    if not (person.is_authenticated and person.is_active):
        return False
    return is_officer(person) or call.officers.filter(person=person).exists()


def may_make_calls(person: Any) -> bool:
    return is_officer(person)


def applicants_of(person: Any) -> QuerySet[Organisation]:
    """In whose name a person may apply: also while a profile is not published yet, since a call
    may take those that have only been handed in."""
    return administered_by(person).exclude(state__in=[State.RETIRED, State.MERGED])


def applications_visible_to(person: Any) -> QuerySet[Application]:
    """One's own side's, in any state."""
    own = administered_by(person).values("pk")
    return Application.objects.filter(
        Q(organisation__in=own) | Q(organisation__merged_into__in=own)
    ).select_related("call", "organisation", "cut_off")


def may_apply_on(person: Any, application: Application) -> bool:
    return applicants_of(person).filter(pk=application.organisation_id).exists()


def applications_to_decide(call: Call) -> QuerySet[Application]:
    """What officers read: whatever was sent at least once, withdrawn or not."""
    return call.applications.exclude(submitted_at__isnull=True).select_related(
        "organisation", "cut_off"
    )


def is_own_side(person: Any, application: Application) -> bool:
    """Somebody who speaks for an applicant neither marks nor decides about it."""
    one = application.organisation
    return administered_by(person).filter(pk__in=[one.pk, one.merged_into_id or one.pk]).exists()


def may_be_marked(application: Application) -> bool:
    return application.state not in (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)
