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


def changes_of(event: Event, seen: Collection[str]) -> list[VersionSaid]:
    """The newest version first."""
    versions = list(event.versions.all())
    rooms = _rooms(versions)
    return [_said(event, version, seen, rooms) for version in versions]


def _said(
    event: Event, version: ProgrammeVersion, seen: Collection[str], rooms: Mapping[int, str]
) -> VersionSaid:
    told = [change for change in version.changes if change["visibility"] in seen]
    lines = [
        Line(
            change["what"],
            said(change["title"]),
            language_of(change["title"]),
            _in_words(event, change, rooms),
        )
        for change in told
    ]
    of_guests = sum(change["visibility"] == Visibility.GUESTS for change in version.changes)
    return VersionSaid(version, lines, 0 if Visibility.GUESTS in seen else of_guests)


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
    return "; ".join(parts)


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
