from collections.abc import Collection

from django.utils import timezone, translation

from hanse.commons.post.models import Letter
from hanse.commons.post.words import LetterState


def write_letter(
    *, to: str, sender: str, subject: str, text: str, html: str = "", unsubscribe: str = ""
) -> Letter:
    return Letter.objects.create(
        to=to.lower(),
        sender=sender,
        subject=subject[:250],
        text=text,
        html=html,
        unsubscribe=unsubscribe,
        language=translation.get_language() or "en",
    )


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
    letter.tries += 1
    letter.error = why
    letter.save(update_fields=["tries", "error"])


def throw_away_letters_about(address: str) -> None:
    """Copies of letters in which the address of a page stands, once that page is no more."""
    Letter.objects.filter(text__contains=address).delete()


def throw_away_letters_to(addresses: Collection[str]) -> None:
    Letter.objects.filter(to__in=[address.lower() for address in addresses]).delete()
