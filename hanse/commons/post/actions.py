from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from hanse.commons.audit.actions import record
from hanse.commons.post.models import Letter
from hanse.commons.post.words import LetterState


def write_letter(
    *,
    to: str,
    sender: str,
    subject: str,
    text: str,
    html: str = "",
    unsubscribe: str = "",
    about: str = "",
) -> Letter:
    return Letter.objects.create(
        to=to.lower(),
        sender=sender,
        subject=subject[:250],
        text=text,
        html=html,
        unsubscribe=unsubscribe,
        about=about[:80],
        language=translation.get_language() or "en",
    )


def take_for_sending(letter_id: int) -> Letter | None:
    """A letter that waits, marked as being sent before it is handed over; else None.

    One that is being sent already was left in the middle by a program that was stopped. It may have
    gone out, so it is marked as doubtful: only a person sends it again.
    """
    letters = Letter.objects.filter(pk=letter_id)
    if letters.filter(state=LetterState.QUEUED).update(state=LetterState.SENDING):
        return letters.get()
    letters.filter(state=LetterState.SENDING).update(state=LetterState.DOUBTFUL)
    return None


def queue_again(letter: Letter) -> bool:
    """Put a letter that failed, or whose fate is in doubt, back into the queue; once."""
    ended = Letter.objects.filter(
        pk=letter.pk, state__in=[LetterState.FAILED, LetterState.DOUBTFUL]
    )
    return bool(ended.update(state=LetterState.QUEUED, tries=0, error=""))


def mark_sent(letter: Letter) -> None:
    letter.state = LetterState.SENT
    letter.sent_at = timezone.now()
    letter.tries += 1
    letter.error = ""
    letter.save(update_fields=["state", "sent_at", "tries", "error"])


def mark_failed(letter: Letter, why: str) -> None:
    letter.state = LetterState.FAILED
    letter.tries += 1
    letter.error = why
    letter.save(update_fields=["state", "tries", "error"])


def mark_for_later(letter: Letter, why: str) -> None:
    letter.state = LetterState.QUEUED
    letter.tries += 1
    letter.error = why
    letter.save(update_fields=["state", "tries", "error"])


def throw_away_letters_about(address: str) -> None:
    """Copies of letters in which the address of a page stands, once that page is no more."""
    Letter.objects.filter(text__contains=address).delete()


def throw_away_letters_to(addresses: Collection[str]) -> None:
    Letter.objects.filter(to__in=[address.lower() for address in addresses]).delete()


@transaction.atomic
def keep_own_words(
    about: Any, texts: Any, code: str, language: str, subject: str, body: str, *, by: Any
) -> None:
    """`texts` are the `OwnWords` of `about`, such as an event."""
    texts.update_or_create(
        code=code,
        language=language,
        defaults={
            "subject": " ".join(subject.split()),
            "body": body.strip(),
            "changed_at": timezone.now(),
        },
    )
    record("word_letter", about, by=by, after={"letter": code, "language": language})


@transaction.atomic
def drop_own_words(about: Any, texts: Any, code: str, language: str, *, by: Any) -> None:
    """From now on the letter goes out as Hanse brings it."""
    if texts.filter(code=code, language=language).delete()[0]:
        record("word_letter_as_ours", about, by=by, after={"letter": code, "language": language})
