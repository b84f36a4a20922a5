"""Days as pages show them: of one event by its rooms, of a week by its events."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.events.models import Event, EventDay
from hanse.events.queries.programme import Programme, Shown
from hanse.events.rules.timetable import Placed, Timetable, timetable
from hanse.events.words import Entry, SessionKind
from hanse.kit.folding import fold
from hanse.kit.said import language_of, said

# More columns than this cannot be read side by side; then the day is a list.
MOST_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Slot:
    """An entry of a day: when, what, where it leads, and how it looks."""

    starts: datetime
    ends: datetime
    title: str
    url: str = ""
    lines: Sequence[str] = ()
    kind: str = ""
    language: str = ""
    marks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: its name, where it leads, and a line below."""

    name: str
    says: str = ""
    url: str = ""


@dataclass(frozen=True)
class Day:
    """A day to look at: as a table where it can be read as one, and always as a list."""

    day: date
    slots: Sequence[Slot]
    lanes: Mapping[Hashable, Lane]
    table: Timetable | None
    # Whether entries say themselves what their lanes are: events without a programme.
    says_itself: bool = False
    # What has no hours: “evening”.
    without_hours: Sequence[tuple[Event, str]] = ()


def days_of(programme: Programme) -> list[Day]:
    """The days of one event, a column a room."""
    return [
        _day(day, [_slot(programme.event, one) for one in shown], shown)
        for day, shown in programme.by_day.items()
    ]


def _day(day: date, slots: Sequence[Slot], shown: Sequence[Shown]) -> Day:
    rooms = sorted(
        {(one.where.place, one.item.room, one.where.room) for one in shown if one.item.room},
        key=lambda room: (fold(room[0]), fold(str(room[2]))),
    )
    lanes: dict[Hashable, Lane] = {key: Lane(name, place) for place, key, name in rooms}
    lanes = lanes or {"": Lane("")}
    placed = [
        Placed(one.item.room, one.starts, one.ends, slot)
        for one, slot in zip(shown, slots, strict=True)
    ]
    return Day(day, slots, lanes, _table(placed, lanes))


def _table(placed: Sequence[Placed], lanes: Mapping[Hashable, Lane]) -> Timetable | None:
    table = timetable(placed, list(lanes))
    return table if table.columns <= MOST_COLUMNS else None


def _slot(event: Event, shown: Shown) -> Slot:
    item = shown.item
    if shown.is_hidden:
        return Slot(
            shown.starts,
            shown.ends,
            _("For invited and registered people"),
            kind="hidden",
        )
    people = ", ".join(one.name for one in shown.people)
    place = shown.where.room
    return Slot(
        shown.starts,
        shown.ends,
        said(item.title),
        url=reverse("events:session", args=[event.series.slug, event.slug, item.key]),
        lines=[line for line in (people, place) if line],
        kind=item.kind,
        language=language_of(item.title),
        marks=_marks(shown),
    )


def _marks(shown: Shown) -> list[str]:
    item, marks = shown.item, []
    if item.languages:
        marks.append(", ".join(item.languages))
    if item.mode == "hybrid":
        marks.append(_("also online"))
    elif item.mode == "online":
        marks.append(_("online"))
    if item.needs_booking:
        marks.append(_("choose it when you register"))
    return marks


# A day of a whole week ---------------------------------------------------------------------------


def day_of_series(
    day: date,
    events: Sequence[Event],
    hours: Mapping[int, EventDay],
    programmes: Mapping[int, Programme],
) -> Day:
    """A day of a week, a column an event; an event without a programme is one entry."""
    lanes: dict[Hashable, Lane] = {}
    placed: list[Placed] = []
    without: list[tuple[Event, str]] = []
    for event in events:
        opened = hours[event.pk]
        shown = programmes[event.pk].by_day.get(day, ()) if event.pk in programmes else ()
        if not shown and opened.opens is None:
            without.append((event, said(opened.says)))
            continue
        lanes[event.pk] = Lane(str(event), lane_says(event), event.get_absolute_url())
        if shown:
            placed += [Placed(event.pk, one.starts, one.ends, _slot(event, one)) for one in shown]
        else:
            placed.append(_whole(event, opened))
    table = _table(placed, lanes) if placed else None
    slots = sorted((one.what for one in placed), key=lambda slot: (slot.starts, slot.ends))
    whole = not any(event.programme_number for event in events)
    return Day(day, slots, lanes, table, says_itself=whole, without_hours=without)


def _whole(event: Event, opened: EventDay) -> Placed:
    starts = datetime.combine(opened.day, opened.opens or time.min)
    ends = datetime.combine(opened.day, opened.closes or time.max)
    if opened.closes is None:
        ends = starts + timedelta(hours=1)
    slot = Slot(
        starts,
        ends,
        str(event),
        url=event.get_absolute_url(),
        lines=[lane_says(event), *event.said_aims],
        kind="hidden" if event.entry == Entry.INVITATION else SessionKind.SESSION,
        language=language_of(event.title),
    )
    return Placed(event.pk, starts, ends, slot)


def hours_of(opened: EventDay) -> str:
    """“10:00 to 17:45”, or what is said where there are no hours."""
    if opened.opens is None or opened.closes is None:
        return said(opened.says)
    return _("%(from)s to %(to)s") % {
        "from": f"{opened.opens:%H:%M}",
        "to": f"{opened.closes:%H:%M}",
    }


def lane_says(event: Event) -> str:
    """Where it is and how one gets in, below the name of an event."""
    return " · ".join(one for one in (where_of(event), event.get_entry_display()) if one)


def where_of(event: Event) -> str:
    """The places of an event in words; “or” where it is in one of them and not said in which."""
    names = [place.name for place in event.places.all()]
    if len(names) > 1:
        joined: Any = _(" or ") if event.either_place else _(" and ")
        return ", ".join([*names[:-2], str(joined).join(names[-2:])])
    if names:
        return names[0]
    return _("online") if event.mode == "online" else ""


def finding_of_day(day: date, events: Sequence[Event]) -> str:
    """What a day of a week is, as its title says it."""
    name = date_format(day, "l")
    if not events:
        return _("%(day)s: nothing is planned") % {"day": name}
    invited = sum(event.entry == Entry.INVITATION for event in events)
    counted = ngettext("one event", "%(count)s events", len(events)) % {"count": len(events)}
    if not invited:
        return _("%(day)s: %(events)s") % {"day": name, "events": counted}
    closed = ngettext(
        "one of them upon invitation only", "%(count)s of them upon invitation only", invited
    ) % {"count": invited}
    if len(events) == invited == 1:
        return _("%(day)s: one event, upon invitation only") % {"day": name}
    return _("%(day)s: %(events)s, %(closed)s") % {
        "day": name,
        "events": counted,
        "closed": closed,
    }
