"""`hanse demo`: the invented world: people, organisations, events, calls. Twice changes nothing."""

import click
from django.conf import settings

from hanse.cli.demo_world.calls import load_calls
from hanse.cli.demo_world.events import call_for, load_events
from hanse.cli.demo_world.guests import load_guests
from hanse.cli.demo_world.loading import load_directory
from hanse.cli.demo_world.meetings import load_meetings
from hanse.cli.demo_world.people import people
from hanse.commons.people.actions import admit, make_operator
from hanse.commons.people.models import Person
from hanse.observatory.queries.figures import NoRelease, serving_release

PASSWORD = "hanse-demo"  # noqa: S105  printed on the terminal, of the demo world alone
PEOPLE = people()


def make_demo_world() -> None:
    for one in PEOPLE:
        if Person.objects.filter(email=one.email).exists():
            continue
        # Pages and letters stand in the languages of the platform alone.
        language = one.language if one.language in dict(settings.LANGUAGES) else "en"
        person = admit(one.email, one.name, PASSWORD, language=language, timezone=one.timezone)
        if one.part == "operator":
            make_operator(person)
    load_directory()
    week = load_events()
    call_for(week, load_calls(week.first_day))
    load_guests(week)
    load_meetings(week)


@click.command()
def demo() -> None:
    """Make the people and organisations of the demo world, where they are missing."""
    if not settings.DEMO:
        raise click.ClickException("The demo world needs HANSE_DEMO=1: its password is public.")
    try:
        serving_release()
    except NoRelease as none:
        said = "The demo world stands in the regions of the Observatory: run `hanse prepare`."
        raise click.ClickException(said) from none
    make_demo_world()
    for one in PEOPLE:
        click.echo(f"{one.email:<28} {PASSWORD}  {one.name}, {one.part}")
