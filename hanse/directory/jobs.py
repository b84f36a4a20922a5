"""What the directory does by itself, once a day."""

from django.utils import timezone
from django_tasks import task

from hanse.directory.actions.digest import write_digests
from hanse.directory.actions.duplicates import propose_duplicates
from hanse.directory.actions.freshness import ask_for_confirmation, hide_the_dead
from hanse.directory.actions.indexing import index, with_a_label_that_ended
from hanse.directory.actions.messages import delete_old_threads
from hanse.directory.actions.requests import ask_whether_requests_go_on
from hanse.directory.actions.searches import tell_of_new_ones
from hanse.directory.queries.notices import wrong_about_events


@task
def daily_round() -> None:
    """Remind, hide what is long dead, let ended labels go, tell of new ones, propose pairs.

    Then requests that end, events that began, weekly letters, conversations that are long over.
    """
    ask_for_confirmation()
    hide_the_dead()
    index(with_a_label_that_ended(timezone.localdate()))
    tell_of_new_ones()
    propose_duplicates()
    index(wrong_about_events(timezone.now()))
    ask_whether_requests_go_on()
    write_digests()
    delete_old_threads()
