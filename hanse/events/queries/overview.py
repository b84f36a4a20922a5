"""What there is: weeks and events of this platform and of the organisations, found by need, place
and date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hanse.commons.competences.queries import concepts_in
from hanse.directory.queries.notices import OPEN, OVER, Narrowed, events_found
from hanse.events.access import events_visible_to, series_visible_to
from hanse.events.models import Event, EventDay, Series
from hanse.events.queries.days import where_of
from hanse.events.queries.programme import Programme, programmes_of
from hanse.events.words import SHIPPED_WEEK
from hanse.kit.folding import fold
from hanse.kit.numbers import country
from hanse.kit.said import language_of

MOST = 200


@dataclass(frozen=True)
class Found:
    """An event of either kind in a list."""

    title: str
    url: str
    first_day: date
    last_day: date
    where: str = ""
    country: str = ""
    entry: str = ""
    of: str = ""
    language: str = ""

    @property
    def says(self) -> str:
        place = ", ".join(one for one in (self.where, country(self.country)) if one)
        return " · ".join(one for one in (place, self.entry, self.of) if one)


@dataclass(frozen=True)
class Asked:
    """What somebody looks for."""

    text: str = ""
    country: str = ""
    since: date | None = None
    until: date | None = None
    over: bool = False


def found_events(person: Any, asked: Asked) -> list[Found]:
    """Events of both kinds by their day; of those that are over the latest first."""
    found = [*_ours(person, asked), *_of_organisations(person, asked)]
    return sorted(found, key=lambda one: (one.first_day, fold(one.title)), reverse=asked.over)[
        :MOST
    ]


def _ours(person: Any, asked: Asked) -> list[Found]:
    today = timezone.localdate()
    when = Q(last_day__lt=today) if asked.over else Q(last_day__gte=today)
    events = events_visible_to(person).filter(when).prefetch_related("places")
    if asked.since:
        events = events.filter(last_day__gte=asked.since)
    if asked.until:
        events = events.filter(first_day__lte=asked.until)
    if asked.country:
        events = events.filter(series__country=asked.country)
    listed = list(events)
    told = _sessions_of(listed) if asked.text.strip() else {}
    return [
        _found(event) for event in listed if _has_words(event, asked.text, told.get(event.pk, ""))
    ]


def _sessions_of(events: Sequence[Event]) -> dict[int, str]:
    """What everybody may read of each event's programme, as one text."""
    return {
        number: "\n".join(
            text
            for shown in programme.items
            for texts in (shown.item.title, shown.item.text)
            for text in texts.values()
        )
        for number, programme in programmes_of(
            [event for event in events if event.programme_number]
        ).items()
    }


def _has_words(event: Event, text: str, sessions: str = "") -> bool:
    """Every word that was typed stands somewhere in what is said of the event, in any language; or
    the need that was typed is named there in other words (“recykling baterii”)."""
    if not text.strip():
        return True
    aims = [line for lines in event.aims.values() for line in lines]
    texts = [event.title, event.lead, event.series.title, event.series.lead]
    words = [*aims, event.series.city, *(t for one in texts for t in one.values()), sessions]
    told = "\n".join(words)
    if all(word in fold(told) for word in fold(text).split()):
        return True
    needs = {one.concept.slug for one in concepts_in(text)}
    return bool(needs) and needs <= {one.concept.slug for one in concepts_in(told)}


def _found(event: Event) -> Found:
    return Found(
        title=str(event),
        url=event.get_absolute_url(),
        first_day=event.first_day,
        last_day=event.last_day,
        where=", ".join(one for one in (where_of(event), event.series.city) if one),
        country=event.series.country,
        entry=event.get_entry_display(),
        of=str(event.series),
        language=language_of(event.title),
    )


def _of_organisations(person: Any, asked: Asked) -> list[Found]:
    narrowed = Narrowed(asked.text, asked.country, OVER if asked.over else OPEN)
    rows = events_found(person, narrowed)
    if asked.since:
        rows = rows.filter(ends_at__date__gte=asked.since)
    if asked.until:
        rows = rows.filter(starts_at__date__lte=asked.until)
    return [
        Found(
            title=one.title,
            url=one.get_absolute_url(),
            first_day=one.starts_there.date(),
            last_day=one.ends_there.date(),
            where=one.place or (_("online") if one.is_online else ""),
            country=one.country,
            of=one.organisation.name,
            language=one.language,
        )
        for one in rows[:MOST]
    ]


@dataclass(frozen=True)
class WeekDay:
    """A day of a week and what takes place on it."""

    day: date
    events: Sequence[Event]


@dataclass(frozen=True)
class Week:
    """A series with its events day by day."""

    series: Series
    days: Sequence[WeekDay]
    hours: dict[tuple[int, date], EventDay]


def week_of(series: Series, person: Any) -> Week:
    events = list(
        events_visible_to(person)
        .filter(series=series)
        .prefetch_related("places", "days")
        .select_related("host", "follows")
        .order_by("first_day", "pk")
    )
    hours = {(event.pk, one.day): one for event in events for one in event.days.all()}
    days = [
        WeekDay(day, sorted_by_hour([one for one in events if (one.pk, day) in hours], hours, day))
        for day in series.days
    ]
    return Week(series, days, hours)


def sorted_by_hour(
    events: Sequence[Event], hours: dict[tuple[int, date], EventDay], day: date
) -> list[Event]:
    """By the hour of the day; what has no hour, such as an evening, comes last."""

    def key(event: Event) -> tuple[bool, Any, int]:
        opens = hours[event.pk, day].opens
        return (opens is None, opens, event.pk)

    return sorted(events, key=lambda event: tuple(str(part) for part in key(event)))


def programmes_of_day(events: Sequence[Event]) -> dict[int, Programme]:
    return dict(programmes_of([event for event in events if event.programme_number]))


def weeks_to_come(person: Any) -> list[Series]:
    yesterday = timezone.localdate() - timedelta(days=1)
    return list(series_visible_to(person).filter(last_day__gt=yesterday).order_by("first_day")[:6])


def first_week(person: Any) -> Series | None:
    """The week that stands at the start of it all."""
    return series_visible_to(person).filter(slug=SHIPPED_WEEK).first()
