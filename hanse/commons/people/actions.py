from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db import transaction

from hanse.commons.audit.actions import record
from hanse.commons.people.models import Person


@transaction.atomic
def change_facts(person: Person, changed: Sequence[str], *, by: Person) -> None:
    """Keep what a form has put on the person. The trail gets the names of the fields only."""
    if not changed:
        return
    person.save(update_fields=list(changed))
    record("change_person", person, by=by, after={"changed": sorted(changed)})


def speak(person: Person, language: str) -> None:
    """A person's pages and letters follow this language from now on."""
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])


@transaction.atomic
def admit(
    email: str, name: str, password: str, *, language: str = "en", timezone: str = "Europe/Brussels"
) -> Person:
    """Make a person whose address counts as confirmed; an operator vouches for it."""
    person = Person.objects.create_user(
        email, password, name=name, language=language, timezone=timezone
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record("admit_person", person, by=None)
    return person


@transaction.atomic
def make_operator(person: Person) -> None:
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    record("make_operator", person, by=None)


@transaction.atomic
def close(person: Person) -> None:
    """Nobody logs in with this account any more; visits that are under way end."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    record("close_account", person, by=None)


@transaction.atomic
def reopen(person: Person) -> None:
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("reopen_account", person, by=None)
