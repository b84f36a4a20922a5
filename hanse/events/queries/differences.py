"""Two versions of one item side by side, field by field, for whoever saved second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hanse.directory.models.notices import clock
from hanse.events.models import Event, Pool
from hanse.events.queries.programme import frame_of
from hanse.events.rules.programme import Frame, Item
from hanse.events.words import ITEM_FIELDS, Mode, Role, SessionKind, Visibility
from hanse.kit.numbers import day


@dataclass(frozen=True)
class Row:
    """A field as it stands there now and as it was to be saved."""

    name: str
    stands: str
    wanted: str

    @property
    def differs(self) -> bool:
        return self.stands != self.wanted


def differences(event: Event, stands: Item | None, wanted: Item, seats: int | None) -> list[Row]:
    """Every field that differs, and the title and hours in any case."""
    frame = frame_of(event)
    pool = Pool.objects.filter(session__key=wanted.key).first()
    held = _in_words(stands, frame, pool.capacity if pool else None) if stands else {}
    mine = _in_words(wanted, frame, seats)
    rows = [Row(name, held.get(name, ""), mine.get(name, "")) for name in {**mine, **held}]
    kept = {str(ITEM_FIELDS[name]) for name in ("starts", "ends")}
    return [row for row in rows if row.differs or row.name in kept]


def _in_words(item: Item, frame: Frame, seats: int | None) -> Mapping[str, str]:
    people = [f"{frame.speakers.get(who, '')} ({Role(role).label})" for who, role in item.parts]
    starts = clock(item.starts, frame.zone)
    said = {
        "starts": f"{day(starts)}, {starts:%H:%M}",
        "ends": f"{clock(item.ends, frame.zone):%H:%M}",
        "room": frame.rooms.get(item.room or 0, "–"),
        "kind": str(SessionKind(item.kind).label),
        "parts": ", ".join(people) or "–",
        "languages": ", ".join(item.languages) or "–",
        "visibility": str(Visibility(item.visibility).label),
        "mode": str(Mode(item.mode).label),
        "stream_url": item.stream_url or "–",
        "hashtag": item.hashtag or "–",
        "needs_booking": _("yes") if item.needs_booking else _("no"),
        "seats": "–" if seats is None else str(seats),
    }
    texts = {
        f"{ITEM_FIELDS[name]} ({code})": text
        for name in ("title", "text")
        for code, text in getattr(item, name).items()
    }
    return {**texts, **{str(ITEM_FIELDS[name]): text for name, text in said.items()}}
