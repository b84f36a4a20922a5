"""Conversations as their readers see them: what is unread, who is across, who may be written to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from hanse.directory.access import spoken_for_by, threads_visible_to
from hanse.directory.models import (
    Block,
    Fact,
    Introduction,
    Message,
    Organisation,
    Thread,
    ThreadRead,
)
from hanse.directory.rules.messages import Sides
from hanse.directory.words import State

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
LAST_MESSAGES = 10


def threads_of(person: Any) -> QuerySet[Thread]:
    """A person's conversations, latest first, each with its last words and whether it is unread."""
    read = ThreadRead.objects.filter(thread=OuterRef("pk"), person=person).values("read_at")[:1]
    said = Message.objects.filter(thread=OuterRef("pk"))
    last = said.order_by("-made_at", "-pk")
    unread = said.filter(made_at__gt=OuterRef("read_at")).exclude(made_by=person)
    return (
        threads_visible_to(person)
        .annotate(
            read_at=Coalesce(Subquery(read), Value(LONG_AGO)),
            last_text=Subquery(last.values("text")[:1]),
            last_side=Subquery(last.values("side")[:1]),
            introduced_by=Subquery(
                Introduction.objects.filter(thread=OuterRef("pk")).values("organisation__name")[:1]
            ),
        )
        .annotate(is_unread=Exists(unread))
        .order_by("-last_at", "-pk")
    )


def unread_count(person: Any) -> int:
    return threads_of(person).filter(is_unread=True).count()  # type: ignore[misc]


def messages_of(thread: Thread) -> QuerySet[Message]:
    return thread.messages.select_related("side", "made_by").prefetch_related("attachments__stored")


def last_messages(thread: Thread) -> list[Message]:
    """What the office reads of a conversation that was reported."""
    latest = messages_of(thread).order_by("-made_at", "-pk")[:LAST_MESSAGES]
    return list(reversed(latest))


def message_before(thread: Thread, side: Organisation, at: datetime) -> Message | None:
    """The last message of the other side that a letter written at a time can have told of."""
    theirs = messages_of(thread).exclude(side=side).filter(made_at__lte=at)
    return theirs.order_by("-made_at", "-pk").first()


def sides_between(own: Organisation, other: Organisation) -> Sides:
    return Sides(
        name=other.name,
        is_same=own.pk == other.pk,
        is_read=is_read(other),
        they_block=blocks(other, own),
        we_block=blocks(own, other),
    )


def blocks(organisation: Organisation, other: Organisation) -> bool:
    return Block.objects.filter(organisation=organisation, blocked=other).exists()


def blocked_among(organisations: Sequence[Organisation]) -> bool:
    """Whether one of these wants nothing of another."""
    return Block.objects.filter(organisation__in=organisations, blocked__in=organisations).exists()


def is_read(organisation: Organisation) -> bool:
    """Published, and somebody speaks for it."""
    return organisation.state == State.PUBLISHED and organisation.administrators.exists()


def begun_within_a_day(organisation: Organisation, now: datetime | None = None) -> int:
    since = (now or timezone.now()) - timedelta(days=1)
    return Thread.objects.filter(opener=organisation, is_wanted=False, opened_at__gt=since).count()


def website_of(organisation: Organisation) -> str:
    said = Fact.objects.filter(
        organisation=organisation, field="website", ended_at__isnull=True, is_public=True
    ).first()
    return str(said.value) if said else ""


@dataclass(frozen=True)
class IntroductionRow:
    """An introduction as one of its readers sees it: nobody's “no” but their own."""

    introduction: Introduction
    # The sides for which the reader is asked, with what they said.
    own: Sequence[tuple[Organisation, str]]
    is_introducer: bool

    @property
    def waits_for_me(self) -> bool:
        return any(not answer for _side, answer in self.own)


def introductions_of(person: Any, introductions: QuerySet[Introduction]) -> list[IntroductionRow]:
    speaks = set(spoken_for_by(person).values_list("pk", flat=True))
    return [
        IntroductionRow(
            one,
            [
                (side, answer)
                for side, answer in ((one.first, one.first_answer), (one.second, one.second_answer))
                if side.pk in speaks and not one.is_held_back
            ],
            one.organisation_id in speaks,
        )
        for one in introductions
    ]


def introductions_waiting(person: Any) -> QuerySet[Introduction]:
    """Introductions that wait for the word of an organisation that a person speaks for."""
    speaks = spoken_for_by(person).values("pk")
    waits = Q(first__in=speaks, first_answer="") | Q(second__in=speaks, second_answer="")
    return Introduction.objects.filter(waits, is_held_back=False).select_related(
        "organisation", "first", "second"
    )


def messages_written_by(person: Any) -> list[dict[str, Any]]:
    """What a person wrote, for the download about themselves."""
    written = Message.objects.filter(made_by=person).select_related(
        "side", "thread__opener", "thread__other"
    )
    return [
        {
            "in_the_name_of": one.side.name,
            "to": one.thread.across(one.side).name,
            "about": one.thread.subject,
            "text": one.text,
            "made_at": one.made_at,
        }
        for one in written
    ]
