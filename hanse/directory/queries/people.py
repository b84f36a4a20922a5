"""Who speaks for an organisation, and everything that the directory keeps about a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress

from hanse.commons.people.models import Person
from hanse.directory.models import (
    Administrator,
    ApiToken,
    Correction,
    Fact,
    Import,
    JoinRequest,
    Organisation,
    SavedSearch,
    Submission,
)
from hanse.directory.rules.ownership import domain_of, shares_domain


def administrators_of(organisation: Organisation) -> list[Person]:
    people = Administrator.objects.filter(organisation=organisation).select_related("person")
    return [one.person for one in people]


def officers() -> Iterable[Person]:
    return Person.objects.filter(is_staff=True, is_active=True)


def confirmed_addresses(person: Any) -> set[str]:
    known = EmailAddress.objects.filter(user=person, verified=True)
    return {address.lower() for address in known.values_list("email", flat=True)}


def shared_domain(person: Any, organisation: Organisation) -> str:
    """The mail domain that proves a colleague; empty where nothing does."""
    said = organisation.facts.filter(
        ended_at__isnull=True, field__in=("website", "contact_email")
    ).values_list("key", flat=True)
    return shares_domain(confirmed_addresses(person), {domain_of(key) for key in said if key})


def about(person: Person) -> dict[str, Any]:
    """What a person did here, for the download about themselves."""
    own = Administrator.objects.filter(person=person)
    return {
        "speaks_for": [one.as_record() for one in own.select_related("organisation")],
        "asked_to_join": [
            one.as_record()
            for one in JoinRequest.objects.filter(person=person).select_related("organisation")
        ],
        "kept_searches": [one.as_record() for one in SavedSearch.objects.filter(person=person)],
        "files_brought": [one.as_record() for one in Import.objects.filter(owner=person)],
        "facts_entered": [
            {"organisation": fact.organisation.name, **fact.as_record(), "began_at": fact.began_at}
            for fact in Fact.objects.filter(began_by=person).select_related("organisation")
        ],
        "submissions": list(
            Submission.objects.filter(submitted_by=person).values(
                "organisation__name", "submitted_at", "decision"
            )
        ),
        "corrections": list(
            Correction.objects.filter(made_by=person).values("kind", "evidence", "says", "made_at")
        ),
    }


def keys_about(person: Person) -> list[dict[str, Any]]:
    return [one.as_record() for one in ApiToken.objects.filter(person=person)]
