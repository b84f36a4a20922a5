"""Work on a programme: put an item in, change it, take it out, publish, go back.

Several people work at once. Whoever saves says which revision they had open; where another was
saved since, nothing is written and `Conflict` carries both. A publication freezes the programme as
a numbered version; going back is a new version with the content of an old one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.events.actions.registration.deciding import set_capacity
from hanse.events.actions.seats import hold
from hanse.events.models import Event, Part, Pool, ProgrammeVersion, Room, Session
from hanse.events.queries.programme import frame_of, item_of_session, working_items
from hanse.events.rules.programme import (
    Change,
    Item,
    changes_between,
    faults_of,
    item_of,
    refusal,
    why_not_placed,
)
from hanse.events.words import LIVE
from hanse.kit.announce import announce
from hanse.kit.refusals import Refusal, Refused


@dataclass(frozen=True)
class ProgrammePublished:
    """Everybody sees a new version."""

    version: ProgrammeVersion


class Conflict(Refused):
    """Somebody saved the same item meanwhile: what stands there now, and what was to be saved."""

    def __init__(self, stands: Item | None, wanted: Item, revision: int, by: Any) -> None:
        super().__init__(refusal("changed_meanwhile"))
        self.stands, self.wanted, self.revision, self.by = stands, wanted, revision, by


class Misplaced(Refused):
    """Everything that speaks against a place of the programme."""

    def __init__(self, against: Sequence[Refusal]) -> None:
        super().__init__(against[0])
        self.against = against


@transaction.atomic
def save_item(
    event: Event, item: Item, *, revision: int, by: Any, seats: int | None = None
) -> Session:
    """Put an item in (revision 0) or change it; refused where it does not fit, or was changed."""
    _held(event)
    session = Session.objects.filter(key=item.key).first()
    if session is not None and session.event_id != event.pk:
        raise Refused(refusal("of_another_event"))
    if (session.revision if session else 0) != revision:
        raise Conflict(
            item_of_session(session) if session else None,
            item,
            session.revision if session else 0,
            session.changed_by if session else None,
        )
    others = [*working_items(event), *_of_other_events(event, item)]
    if against := why_not_placed(item, others, frame_of(event)):
        raise Misplaced(against)
    _must_hold(item, seats)
    saved = _write(event, item, session, by)
    _seat(saved, seats, by)
    record(
        "save_session" if session else "add_session",
        saved,
        by=by,
        after={"starts": saved.starts_at, "ends": saved.ends_at, "revision": saved.revision},
    )
    return saved


@transaction.atomic
def take_out(event: Event, key: str, *, revision: int, by: Any) -> None:
    """An item leaves the programme that is worked on; published versions keep it."""
    _held(event)
    session = Session.objects.filter(event=event, key=key).first()
    if session is None:
        return
    if session.revision != revision:
        stands = item_of_session(session)
        raise Conflict(stands, stands, session.revision, session.changed_by)
    hold(event)
    if count := session.bookings.filter(state__in=LIVE).count():
        raise Refused(refusal("session_is_booked", count=count))
    record("take_out_session", session, by=by)
    session.delete()


@transaction.atomic
def publish_programme(event: Event, *, by: Any, note: str = "") -> ProgrammeVersion:
    """Freeze what is worked on as the next version; everybody sees it from now on."""
    held = _held(event)
    items = working_items(event)
    if faults := faults_of(items, frame_of(event)):
        raise Refused(refusal("faults_left", count=len(faults)))
    return _publish(held, items, by=by, note=note)


@transaction.atomic
def go_back_to(
    event: Event, number: int, *, by: Any, drops_drafts: bool = False
) -> ProgrammeVersion:
    """Bring an earlier version back, as the newest one, and work on from it.

    What colleagues have not published yet would go with it: refused until somebody says so.
    """
    held = _held(event)
    if (drafts := unpublished(held)) and not drops_drafts:
        raise Refused(refusal("drafts_would_go", count=len(drafts)))
    earlier = event.versions.filter(number=number).first()
    if earlier is None:
        raise Refused(refusal("no_such_version", number=number))
    items = _still_there(event, [item_of(one) for one in earlier.content["items"]])
    _work_on(event, items, by)
    return _publish(held, items, by=by, goes_back_to=number)


def unpublished(event: Event) -> list[Change]:
    """What is worked on and not published."""
    serving = event.versions.filter(number=event.programme_number).first()
    was = [item_of(one) for one in serving.content["items"]] if serving else []
    return changes_between(was, working_items(event))


def new_item(event: Event, item: Item) -> Item:
    """The same with a number of its own."""
    return replace(item, key=str(uuid4()))


def _held(event: Event) -> Event:
    """One programme is changed by one at a time. Registering goes on meanwhile: whoever needs the
    lock of the seats as well takes it after this one."""
    rows = Event.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("series").get(pk=event.pk)


def _must_hold(item: Item, seats: int | None) -> None:
    """A session has no more seats than its room."""
    room = Room.objects.filter(pk=item.room).first() if item.room else None
    if not item.needs_booking or room is None or room.capacity is None:
        return
    if seats is None or seats > room.capacity:
        raise Refused(refusal("room_holds_fewer", room=room.name, seats=room.capacity))


def _of_other_events(event: Event, item: Item) -> list[Item]:
    """What other events have in the same room at that time."""
    if item.room is None:
        return []
    beside = Session.objects.exclude(event=event).filter(
        room=item.room, starts_at__lt=item.ends, ends_at__gt=item.starts
    )
    return [item_of_session(one) for one in beside.prefetch_related("parts")]


def _write(event: Event, item: Item, session: Session | None, by: Any) -> Session:
    session = session or Session(event=event, key=UUID(item.key), revision=0)
    session.starts_at, session.ends_at, session.room_id = item.starts, item.ends, item.room
    session.kind, session.visibility, session.mode = item.kind, item.visibility, item.mode
    session.title, session.text = dict(item.title), dict(item.text)
    session.languages = " ".join(item.languages)
    session.stream_url, session.hashtag = item.stream_url, item.hashtag
    session.needs_booking = item.needs_booking
    session.revision += 1
    session.changed_at, session.changed_by = timezone.now(), by
    session.save()
    session.parts.all().delete()
    Part.objects.bulk_create(
        Part(session=session, speaker_id=who, role=role, order=order)
        for order, (who, role) in enumerate(item.parts)
    )
    return session


def _seat(session: Session, seats: int | None, by: Any) -> None:
    """Seats of a session that is chosen when registering."""
    if session.needs_booking:
        set_capacity(session.event, seats, session=session, by=by)
    else:
        Pool.objects.filter(session=session, taken=0).delete()


def _publish(
    event: Event, items: Sequence[Item], *, by: Any, note: str = "", goes_back_to: int | None = None
) -> ProgrammeVersion:
    before = event.versions.filter(number=event.programme_number).first()
    was = [item_of(one) for one in before.content["items"]] if before else []
    changes = changes_between(was, items)
    if not changes:
        raise Refused(refusal("nothing_changed"))
    newest = event.versions.first()
    version = ProgrammeVersion.objects.create(
        event=event,
        number=(newest.number if newest else 0) + 1,
        content={"items": [item.as_record() for item in items]},
        changes=[change.as_record() for change in changes],
        note=" ".join(note.split())[:300],
        goes_back_to=goes_back_to,
        published_by=by,
    )
    event.programme_number = version.number
    event.changed_at = version.published_at
    event.save(update_fields=["programme_number", "changed_at"])
    record(
        "publish_programme",
        event,
        by=by,
        after={"version": version.number, "changes": len(changes), "goes_back_to": goes_back_to},
    )
    announce(ProgrammePublished(version))
    return version


def _work_on(event: Event, items: Sequence[Item], by: Any) -> None:
    """Make the working programme what a version says; items keep their numbers and bookings."""
    held = {str(session.key): session for session in event.sessions.all()}
    for item in items:
        _write(event, item, held.pop(item.key, None), by)
    for left in held.values():
        if left.bookings.exists():
            raise Refused(refusal("session_is_booked", count=left.bookings.count()))
        left.delete()


def _still_there(event: Event, items: Sequence[Item]) -> list[Item]:
    """Without rooms and speakers that are no more."""
    frame = frame_of(event)
    return [
        replace(
            item,
            room=item.room if item.room in frame.rooms else None,
            parts=tuple(part for part in item.parts if part[0] in frame.speakers),
        )
        for item in items
    ]
