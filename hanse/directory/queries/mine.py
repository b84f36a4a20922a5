"""What a person wrote in the name of organisations, for the download about themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hanse.directory.models import (
    Attachment,
    Block,
    Comment,
    Digest,
    Follow,
    Introduction,
    News,
    OpenCall,
    OrganisationEvent,
    PartnerRequest,
    Report,
    ThreadRead,
)
from hanse.directory.queries.messages import messages_written_by
from hanse.directory.queries.requests import interests_answered_by, interests_said_by


def about(person: Any) -> dict[str, Any]:
    """Of what others answered no more than the person was told."""
    requests = PartnerRequest.objects.filter(made_by=person).select_related("organisation")
    return {
        "requests": [one.as_record() for one in requests],
        "comments": _rows(Comment, person, "organisation__name", "request__what", "text"),
        "follows": list(
            Follow.objects.filter(person=person).values("request", "request__what", "since")
        ),
        "interests": interests_said_by(person),
        "interests_answered": interests_answered_by(person),
        "messages": messages_written_by(person),
        "read": list(ThreadRead.objects.filter(person=person).values("thread", "read_at")),
        "blocks": _rows(Block, person, "organisation__name", "blocked__name"),
        "reports": _rows(Report, person, "side__name", "says"),
        "introductions": _rows(
            Introduction, person, "organisation__name", "first__name", "second__name", "reason"
        ),
        "introductions_answered": introductions_answered_by(person),
        "news": _rows(News, person, "organisation__name", "title", "text", "url", "published_at"),
        "events": _rows(
            OrganisationEvent, person, "organisation__name", "title", "text", "place", "country",
            "starts_at", "ends_at", "zone", "url",
        ),
        "calls": _rows(
            OpenCall, person, "organisation__name", "title", "text", "funder", "opens_at",
            "closes_at", "zone", "budget", "currency", "may_apply", "countries", "url",
        ),
        "weekly_letters": list(
            Digest.objects.filter(person=person).values("week", "written_at", "things")
        ),
    }  # fmt: skip


def _rows(model: Any, person: Any, *fields: str) -> list[dict[str, Any]]:
    return list(model.objects.filter(made_by=person).values(*fields, "made_at"))


def introductions_answered_by(person: Any) -> list[dict[str, Any]]:
    """What the person said themselves, never what the other side said."""
    rows = []
    for which in ("first", "second"):
        answered = Introduction.objects.filter(**{f"{which}_answered_by": person})
        rows += [
            {"introduction": number, "answer": said, "answered_at": at}
            for number, said, at in answered.values_list(
                "pk", f"{which}_answer", f"{which}_answered_at"
            )
        ]
    return rows


def files_sent_by(person: Any) -> Iterator[tuple[str, bytes]]:
    """The files that a person sent with messages: they belong to the conversation now."""
    sent = Attachment.objects.filter(message__made_by=person).select_related("stored")
    for one in sent:
        with one.stored.content.open("rb") as content:
            yield f"{one.pk}-{one.stored.name}", content.read()
