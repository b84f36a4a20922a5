"""`hanse demo`: the invented people of the demo world. Running it again changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import click
from django.conf import settings

from hanse.commons.people.actions import admit, make_operator
from hanse.commons.people.models import Person

PASSWORD = "hanse-demo"  # noqa: S105  printed on the terminal, of the demo world alone


@dataclass(frozen=True)
class Invented:
    email: str
    name: str
    part: str
    language: str = "en"
    timezone: str = "Europe/Brussels"


PEOPLE: Sequence[Invented] = (
    Invented("aino@example.org", "Aino Virtanen", "analyst", timezone="Europe/Helsinki"),
    Invented("luca@example.org", "Luca Ferrari", "organiser", timezone="Europe/Rome"),
    Invented("marta@example.org", "Marta Kowalska", "cluster manager", timezone="Europe/Warsaw"),
    Invented("oona@example.org", "Oona Nieminen", "operator", timezone="Europe/Helsinki"),
)


def make_demo_world() -> None:
    for one in PEOPLE:
        if Person.objects.filter(email=one.email).exists():
            continue
        person = admit(one.email, one.name, PASSWORD, language=one.language, timezone=one.timezone)
        if one.part == "operator":
            make_operator(person)


@click.command()
def demo() -> None:
    """Make the people of the demo world, where they are missing."""
    if not settings.DEMO:
        raise click.ClickException("The demo world needs HANSE_DEMO=1: its password is public.")
    make_demo_world()
    for one in PEOPLE:
        click.echo(f"{one.email:<22} {PASSWORD}  {one.name}, {one.part}")
