"""What changed between the versions of a programme, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from hanse.events.models import Event, ProgrammeVersion, Room
from hanse.events.words import ITEM_FIELDS, Visibility
from hanse.kit.numbers import day
from hanse.kit.phrases import SEMICOLON
from hanse.kit.said import language_of, said


@dataclass(frozen=True)
class Line:
    """One change: what, of which item, and how it reads."""

    what: str
    title: str
    language: str
    says: str


@dataclass(frozen=True)
class VersionSaid:
    """A version with its changes, as far as somebody sees them; `unseen` counts those for guests.
    Of the organisers' own nobody else learns that there are any."""

    version: ProgrammeVersion
    lines: Sequence[Line]
    unseen: int = 0

    @property
    def says_something(self) -> bool:
        return bool(self.lines or self.unseen or self.version.note)


Items = Mapping[str, Mapping[str, Any]]


def changes_of(event: Event, seen: Collection[str]) -> list[VersionSaid]:
    """The newest version first; those that say something to whoever sees so much."""
    versions = list(event.versions.all())
    rooms = _rooms(versions)
    kept = {one.number: {item["key"]: item for item in one.content["items"]} for one in versions}
    told = [
        _said(event, one, (kept.get(one.number - 1, {}), kept[one.number]), seen, rooms)
        for one in versions
    ]
    return [one for one in told if one.says_something]


def _said(
    event: Event,
    version: ProgrammeVersion,
    items: tuple[Items, Items],
    seen: Collection[str],
    rooms: Mapping[int, str],
) -> VersionSaid:
    """`items` are those of the version before and of this one: who saw an item stands there."""
    lines, unseen = [], 0
    for change in version.changes:
        was, now = (side.get(change["key"]) for side in items)
        if known := _as_seen(change, was, now, seen):
            words = _in_words(event, known, rooms)
            title = known["title"]
            lines.append(Line(known["what"], said(title), language_of(title), words))
        else:
            unseen += any(_visible(one, {Visibility.GUESTS}) for one in (was, now))
    return VersionSaid(version, lines, unseen)


def _as_seen(
    change: Mapping[str, Any],
    was: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
    seen: Collection[str],
) -> Mapping[str, Any] | None:
    """A change as a reader knows it: what they see no more is left out, what they had not seen is
    new, and of the side that is hidden from them nothing stands there."""
    saw, sees = _visible(was, seen), _visible(now, seen)
    if was and saw and not sees:
        return {"what": "dropped", "title": was["title"], "before": change["before"], "after": {}}
    if now and sees and not saw:
        return {"what": "added", "title": now["title"], "before": {}, "after": change["after"]}
    return change if sees else None


def _visible(item: Mapping[str, Any] | None, seen: Collection[str]) -> bool:
    return item is not None and item["visibility"] in seen


def _in_words(event: Event, change: Mapping[str, Any], rooms: Mapping[int, str]) -> str:
    before, after = (_place(event, change[side], rooms) for side in ("before", "after"))
    if change["what"] == "added":
        return _("new: %(after)s") % {"after": after}
    if change["what"] == "dropped":
        return _("left out; it was %(before)s") % {"before": before}
    moved = _("moved from %(before)s to %(after)s") % {"before": before, "after": after}
    parts = [moved if change["what"] == "moved" else after]
    if was := said(change.get("title_before")):
        parts.append(_("called “%(title)s” before") % {"title": was})
    if names := [
        str(ITEM_FIELDS[name]) for name in change.get("fields", ()) if name in ITEM_FIELDS
    ]:
        parts.append(_("changed: %(fields)s") % {"fields": ", ".join(names)})
    return str(SEMICOLON).join(parts)


def _place(event: Event, placed: Mapping[str, Any], rooms: Mapping[int, str]) -> str:
    if not placed:
        return ""
    zone = ZoneInfo(event.zone)
    starts, ends = (
        datetime.fromisoformat(placed[name]).astimezone(zone) for name in ("starts", "ends")
    )
    said_of = {
        "day": day(starts.date()),
        "from": f"{starts:%H:%M}",
        "to": f"{ends:%H:%M}",
        "room": rooms.get(placed.get("room") or 0, ""),
    }
    if said_of["room"]:
        return _("%(day)s, %(from)s to %(to)s, %(room)s") % said_of
    return _("%(day)s, %(from)s to %(to)s") % said_of


def _rooms(versions: Sequence[ProgrammeVersion]) -> dict[int, str]:
    numbers = {
        placed.get("room")
        for version in versions
        for change in version.changes
        for placed in (change["before"], change["after"])
    }
    return dict(Room.objects.filter(pk__in=numbers - {None}).values_list("pk", "name"))
