"""Make a link, look at what it stands for, use it once."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.utils import timezone

from hanse.commons.links.models import LetterLink
from hanse.commons.links.words import REFUSALS
from hanse.kit.numbers import day
from hanse.kit.refusals import Refusal, Refused


def make_link(
    purpose: str,
    subject: object,
    *,
    email: str,
    person: Any = None,
    holds: timedelta | None = timedelta(days=60),
) -> str:
    """A token for the address of a page; it opens what `purpose` allows about `subject`."""
    token = secrets.token_urlsafe(24)
    LetterLink.objects.create(
        token_digest=digest(token),
        purpose=purpose,
        subject=str(subject),
        person=person,
        email=email.lower(),
        expires_at=timezone.now() + holds if holds else None,
    )
    return token


def link_of(token: str, purpose: str) -> LetterLink:
    """The link that a token stands for, still good; refused in words where it is not."""
    link = (
        LetterLink.objects.select_related("person")
        .filter(token_digest=digest(token), purpose=purpose)
        .first()
    )
    if link is None:
        raise Refused(Refusal("link_unknown", REFUSALS["link_unknown"]))
    if link.used_at:
        raise Refused(_refusal("link_used", link.used_at))
    if link.expires_at and link.expires_at < timezone.now():
        raise Refused(_refusal("link_expired", link.expires_at))
    return link


def use_link(link: LetterLink) -> None:
    """From now on the link has done its work; a second click at the same time is refused."""
    now = timezone.now()
    if not LetterLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now):
        raise Refused(_refusal("link_used", now))


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _refusal(code: str, at: Any) -> Refusal:
    return Refusal(code, REFUSALS[code], {"day": day(at)})
