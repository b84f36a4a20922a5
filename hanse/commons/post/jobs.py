from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from hanse.commons.post.actions import (
    mark_failed,
    mark_for_later,
    mark_sent,
    queue_again,
    take_for_sending,
)
from hanse.commons.post.models import Letter
from hanse.ports.mail import Mail, NotDelivered, NotNow, open_post

# Waits between tries: together a little over a day.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 960)]


@task
def send_letter(letter_id: int) -> None:
    """Send a letter that still waits; what fails for the moment is tried again later."""
    letter = take_for_sending(letter_id)
    if letter is None:
        return
    try:
        open_post().carry(mail_of(letter))
    except NotNow as no:
        try_later(letter, str(no))
    except NotDelivered as no:
        mark_failed(letter, str(no))
    else:
        mark_sent(letter)


def send_again(letter: Letter) -> bool:
    """A person says that a letter goes out once more; a double click sends it once."""
    if not queue_again(letter):
        return False
    send_letter.enqueue(letter.pk)
    return True


def mail_of(letter: Letter) -> Mail:
    return Mail(
        letter.to,
        letter.sender,
        letter.subject,
        letter.text,
        letter.html,
        letter.unsubscribe,
    )


def try_later(letter: Letter, why: str) -> None:
    if letter.tries >= len(WAITS):
        mark_failed(letter, why)
        return
    wait = WAITS[letter.tries]
    mark_for_later(letter, why)
    send_letter.using(run_after=timezone.now() + wait).enqueue(letter.pk)
