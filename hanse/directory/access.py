"""Who sees which profile and who may change it.

What is found is open to all; a draft is its administrators' and the office's. The office is whoever
operates this place.
"""

from typing import Any

from django.db.models import Q, QuerySet

from hanse.directory.models import Administrator, ApiToken, Fact, Import, Organisation
from hanse.directory.words import FOUND, State


def is_officer(person: Any) -> bool:
    return bool(person.is_authenticated and person.is_active and person.is_staff)


def administered_by(person: Any) -> QuerySet[Organisation]:
    if not person.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.filter(administrators__person=person).exclude(state=State.MERGED)


def organisations_visible_to(person: Any) -> QuerySet[Organisation]:
    """Found by all, one's own in any state; hidden and retired ones keep a page that says so."""
    everybody = Q(state__in=[*FOUND, State.DORMANT, State.RETIRED])
    if is_officer(person):
        return Organisation.objects.all()
    if not person.is_authenticated:
        return Organisation.objects.filter(everybody)
    own = Administrator.objects.filter(person=person).values("organisation")
    return Organisation.objects.filter(everybody | Q(pk__in=own))


def is_administrator(person: Any, organisation: Organisation) -> bool:
    return bool(
        person.is_authenticated and organisation.administrators.filter(person=person).exists()
    )


def may_see(person: Any, organisation: Organisation) -> bool:
    """Whoever finds it may read it."""
    return True


def may_edit(person: Any, organisation: Organisation) -> bool:
    if organisation.state == State.MERGED:
        return False
    return is_officer(person) or is_administrator(person, organisation)


def may_speak_for(person: Any, organisation: Organisation) -> bool:
    """Write, ask and answer in its name: its administrators only, not the office."""
    return organisation.state == State.PUBLISHED and is_administrator(person, organisation)


def may_review(person: Any, organisation: Organisation) -> bool:
    return is_officer(person)


def may_ask_to_join(person: Any, organisation: Organisation) -> bool:
    return bool(person.is_authenticated and organisation.state != State.MERGED)


def facts_visible_to(person: Any, organisation: Organisation) -> QuerySet[Fact]:
    """What is said now; what is not public is the organisation's and the office's alone."""
    said = organisation.facts.filter(ended_at__isnull=True)
    return said if may_edit(person, organisation) else said.filter(is_public=True)


def public_facts() -> QuerySet[Fact]:
    """Every fact that everybody may read, of organisations that are found."""
    return Fact.objects.filter(ended_at__isnull=True, is_public=True, organisation__state__in=FOUND)


def imports_visible_to(person: Any) -> QuerySet[Import]:
    """Files that one brought oneself."""
    if not person.is_authenticated:
        return Import.objects.none()
    return Import.objects.filter(owner=person)


def may_take_in(person: Any, brought: Import) -> bool:
    return bool(brought.owner_id == person.pk) and (not brought.is_listing or is_officer(person))


def tokens_of(person: Any) -> QuerySet[ApiToken]:
    """Keys of one's own that still open something."""
    if not person.is_authenticated:
        return ApiToken.objects.none()
    return ApiToken.objects.filter(person=person, revoked_at__isnull=True)


def may_revoke(person: Any, token: ApiToken) -> bool:
    return bool(token.person_id == person.pk)
