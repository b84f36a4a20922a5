from collections.abc import Sequence

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
