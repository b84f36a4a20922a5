"""What the events do by themselves, once a day."""

from django_tasks import task

from hanse.events.actions.feedback import ask_for_feedback


@task
def daily_round() -> None:
    """The morning after: those who were there are asked how it was."""
    ask_for_feedback()
