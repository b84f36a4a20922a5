"""What the directory does by itself, once a day."""

from django.utils import timezone
from django_tasks import task

from hanse.directory.actions.duplicates import propose_duplicates
from hanse.directory.actions.freshness import ask_for_confirmation, hide_the_dead
from hanse.directory.actions.indexing import index, with_a_label_that_ended
from hanse.directory.actions.searches import tell_of_new_ones


@task
def daily_round() -> None:
    """Remind, hide what is long dead, let ended labels go, tell of new ones, propose pairs."""
    ask_for_confirmation()
    hide_the_dead()
    index(with_a_label_that_ended(timezone.localdate()))
    tell_of_new_ones()
    propose_duplicates()
