"""What the events do by themselves, once a day."""

from django_tasks import task

from hanse.events.actions.seats import fill_seats_everywhere


@task
def daily_round() -> None:
    """Seats that are no longer kept for a team go to those behind it who fit."""
    fill_seats_everywhere()
