"""Write to another organisation, answer, block, report, and forget what is long over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.commons.files.actions import keep_file, throw_away
from hanse.commons.files.models import StoredFile
from hanse.commons.files.words import Kind
from hanse.commons.post.actions import throw_away_letters_about
from hanse.directory.actions.posting import new_slip, refusal, write_once, written_before
from hanse.directory.models import (
    Attachment,
    Block,
    Message,
    Organisation,
    Report,
    Thread,
    ThreadRead,
)
from hanse.directory.queries.messages import begun_within_a_day, sides_between
from hanse.directory.rules.messages import (
    KEPT_FOR,
    why_no_new_thread,
    why_not_sent,
    why_not_writable,
)
from hanse.directory.words import Through
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused

KINDS_OF_FILES = (Kind.PDF, Kind.PNG, Kind.JPEG, Kind.XLSX, Kind.CSV)
AT_ONCE = 200


@dataclass(frozen=True)
class MessageSent:
    """An organisation wrote to another."""

    message: Message


@dataclass(frozen=True)
class ThreadReported:
    """A side of a conversation asks the office to look."""

    report: Report


@dataclass(frozen=True)
class Written:
    """What a form of a message brought."""

    text: str
    files: Sequence[UploadedFile] = ()
    slip: UUID | None = None
    through: Through = Through.PAGE


@transaction.atomic
def open_thread(
    opener: Organisation, other: Organisation, subject: str, written: Written, *, by: Any
) -> Message:
    """Begin a conversation. Refused where nobody reads, where a side blocks, or after too many."""
    if held := written_before(Message, written.slip, by):
        return held
    Organisation.objects.select_for_update().get(pk=opener.pk)
    why_not(opener, other, written)
    if reason := why_no_new_thread(opener.name, begun_within_a_day(opener)):
        raise Refused(reason)
    thread = begin_thread(opener, other, subject, is_wanted=False)
    return _send(thread, opener, written, by=by)


@transaction.atomic
def answer(thread: Thread, side: Organisation, written: Written, *, by: Any) -> Message:
    """Write on in the name of one side."""
    if held := written_before(Message, written.slip, by):
        return held
    why_not(side, thread.across(side), written)
    return _send(thread, side, written, by=by)


def why_not(side: Organisation, other: Organisation, written: Written) -> None:
    """Raise the reason why this cannot be sent."""
    reason = why_not_writable(sides_between(side, other))
    reason = reason or why_not_sent(written.text, len(written.files))
    if reason:
        raise Refused(reason)


def begin_thread(
    opener: Organisation, other: Organisation, subject: str, *, is_wanted: bool
) -> Thread:
    return Thread.objects.create(
        opener=opener, other=other, subject=subject.strip()[:200], is_wanted=is_wanted
    )


def write_message(
    thread: Thread, side: Organisation, text: str, *, by: Any, slip: UUID | None = None,
    through: Through = Through.PAGE,
) -> tuple[Message, bool]:  # fmt: skip
    """A message and whether it is new. Nobody is told; see `answer`."""
    message, is_new = write_once(
        Message(
            thread=thread,
            side=side,
            text=text.strip(),
            through=through,
            made_by=by,
            slip=new_slip(slip),
        )
    )
    if is_new:
        Thread.objects.filter(pk=thread.pk).update(last_at=message.made_at)
    return message, is_new


def _send(thread: Thread, side: Organisation, written: Written, *, by: Any) -> Message:
    message, is_new = write_message(
        thread, side, written.text, by=by, slip=written.slip, through=written.through
    )
    if not is_new:
        return message
    _attach(message, written.files)
    if by is not None:
        mark_read(thread, by, message.made_at)
    record("send_message", thread, by=by, after={"side": side.pk, "files": len(written.files)})
    announce(MessageSent(message))
    return message


def _attach(message: Message, files: Sequence[UploadedFile]) -> None:
    """The files belong to the conversation: they have no owner, and its page hands them out."""
    kept: list[StoredFile] = []
    try:
        for upload in files:
            stored = keep_file(upload, kinds=KINDS_OF_FILES, by=None)
            kept.append(stored)
    except Refused:
        # The records go back with the transaction; the contents would stay.
        for stored in kept:
            stored.content.storage.delete(str(stored.content.name))
        raise
    for stored in kept:
        Attachment.objects.create(message=message, stored=stored)


def mark_read(thread: Thread, person: Any, at: datetime | None = None) -> None:
    ThreadRead.objects.update_or_create(
        thread=thread, person=person, defaults={"read_at": at or timezone.now()}
    )


@transaction.atomic
def block(organisation: Organisation, other: Organisation, *, by: Any) -> None:
    """No more messages and no interest from them. They are not told."""
    if organisation.pk == other.pk:
        raise refusal("same_side")
    _held, is_new = Block.objects.get_or_create(
        organisation=organisation, blocked=other, defaults={"made_by": by}
    )
    if is_new:
        record("block_organisation", organisation, by=by, after={"blocked": other.pk})


@transaction.atomic
def lift_block(organisation: Organisation, other: Organisation, *, by: Any) -> None:
    gone, _rows = Block.objects.filter(organisation=organisation, blocked=other).delete()
    if gone:
        record("lift_block", organisation, by=by, before={"blocked": other.pk})


@transaction.atomic
def report(thread: Thread, side: Organisation, says: str, *, by: Any) -> Report:
    """Ask the office to look at the last messages of a conversation."""
    if not says.strip():
        raise refusal("nothing_written")
    try:
        with transaction.atomic():
            made = Report.objects.create(
                thread=thread, side=side, says=says.strip()[:1000], made_by=by
            )
    except IntegrityError as twice:
        held = Report.objects.get(thread=thread, side=side, settled_at__isnull=True)
        raise refusal("already_reported", day=held.made_at.date()) from twice
    record("report_thread", thread, by=by, after={"side": side.pk})
    announce(ThreadReported(made))
    return made


@transaction.atomic
def settle_report(made: Report, outcome: str, *, by: Any) -> None:
    """The office has looked, and writes down what it did."""
    if not outcome.strip():
        raise refusal("nothing_written")
    held = Report.objects.select_for_update().get(pk=made.pk)
    if held.settled_at:
        raise refusal("already_settled", day=held.settled_at.date())
    made.settled_at, made.settled_by, made.outcome = timezone.now(), by, outcome.strip()[:1000]
    made.save(update_fields=["settled_at", "settled_by", "outcome"])
    record("settle_report", made, by=by)


def delete_old_threads(now: datetime | None = None) -> int:
    """Conversations without a new message for three years go, with their files."""
    before = (now or timezone.now()) - KEPT_FOR
    gone = 0
    while old := list(Thread.objects.filter(last_at__lt=before).order_by("pk")[:AT_ONCE]):
        for thread in old:
            with transaction.atomic():
                delete_thread(thread)
            gone += 1
    return gone


def delete_thread(thread: Thread) -> None:
    for attachment in Attachment.objects.filter(message__thread=thread).select_related("stored"):
        throw_away(attachment.stored)
    # Letters that told of a message hold a copy of it.
    throw_away_letters_about(thread.get_absolute_url())
    record("delete_thread", thread, by=None, reason="no message for three years")
    thread.delete()
