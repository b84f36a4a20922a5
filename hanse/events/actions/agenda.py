"""A session is put into one's agenda or taken out; addresses for calendar programs."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.commons.links.actions import digest
from hanse.events.models import AgendaFeed, Bookmark, Session

READ_AGAIN = timedelta(minutes=10)


@transaction.atomic
def bookmark(session: Session, *, by: Any) -> None:
    Bookmark.objects.get_or_create(person=by, session=session)


@transaction.atomic
def unbookmark(session: Session, *, by: Any) -> None:
    Bookmark.objects.filter(person=by, session=session).delete()


@transaction.atomic
def make_feed(*, by: Any) -> tuple[AgendaFeed, str]:
    """A new address; the ones before go on until they are revoked. Only its digest is kept."""
    token = secrets.token_urlsafe(24)
    feed = AgendaFeed.objects.create(person=by, token_digest=digest(token))
    record("make_agenda_feed", feed, by=by)
    return feed, token


@transaction.atomic
def revoke_feed(feed: AgendaFeed, *, by: Any) -> None:
    now = timezone.now()
    if AgendaFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=now):
        record("revoke_agenda_feed", feed, by=by)


def feed_read(token: str) -> AgendaFeed | None:
    """The feed of an address, revoked or not; that it was read is noted now and then."""
    feed = AgendaFeed.objects.select_related("person").filter(token_digest=digest(token)).first()
    now = timezone.now()
    if feed and not feed.revoked_at and (not feed.read_at or feed.read_at < now - READ_AGAIN):
        AgendaFeed.objects.filter(pk=feed.pk).update(read_at=now)
    return feed
