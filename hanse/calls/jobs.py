"""What calls do by themselves, once a day."""

from django_tasks import task

from hanse.calls.actions.reminding import remind_of_late_ones, remind_of_summaries, remind_officers


@task
def daily_round() -> None:
    """Remind officers of promised answers, and workshops of their summaries."""
    remind_officers()
    remind_of_late_ones()
    remind_of_summaries()
