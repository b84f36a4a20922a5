"""Tell news, announce an event or an open call, change it, take it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.directory.actions.indexing import index
from hanse.directory.actions.posting import new_slip, write_once, written_before
from hanse.directory.models import News, OpenCall, Organisation, OrganisationEvent
from hanse.directory.rules.notices import moment, why_no_budget, why_no_span
from hanse.kit.refusals import Refused

Notice = News | OrganisationEvent | OpenCall


@dataclass(frozen=True)
class Told:
    title: str
    text: str
    language: str
    url: str = ""


@dataclass(frozen=True)
class Held:
    """What an event says; its times as the clock of its place shows them."""

    title: str
    starts: datetime
    ends: datetime
    zone: str
    language: str
    place: str = ""
    country: str = ""
    url: str = ""
    text: str = ""
    is_online: bool = False


@dataclass(frozen=True)
class Funded:
    """What a call says; its times as the clock of its funder shows them."""

    title: str
    opens: datetime
    closes: datetime
    zone: str
    language: str
    may_apply: str
    countries: Sequence[str] = ()
    budget: Decimal | None = None
    currency: str = ""
    funder: str = ""
    url: str = ""
    text: str = ""


def tell_news(
    organisation: Organisation,
    told: Told,
    *,
    by: Any,
    slip: UUID | None = None,
    now: datetime | None = None,
) -> News:
    now = now or timezone.now()
    news = News(
        organisation=organisation, made_by=by, made_at=now, changed_at=now, published_at=now
    )
    return _publish(_say_news(news, told), slip, by)


def change_news(news: News, told: Told, *, by: Any) -> None:
    _change(_say_news(news, told), by)


def announce_event(
    organisation: Organisation,
    held: Held,
    *,
    by: Any,
    slip: UUID | None = None,
    now: datetime | None = None,
) -> OrganisationEvent:
    """A new event; from now on the search finds its organisation under “has an event soon”."""
    now = now or timezone.now()
    event = OrganisationEvent(organisation=organisation, made_by=by, made_at=now, changed_at=now)
    return _publish(_say_event(event, held, now), slip, by)


def change_event(event: OrganisationEvent, held: Held, *, by: Any) -> None:
    _change(_say_event(event, held, timezone.now()), by)


def announce_call(
    organisation: Organisation,
    funded: Funded,
    *,
    by: Any,
    slip: UUID | None = None,
    now: datetime | None = None,
) -> OpenCall:
    now = now or timezone.now()
    call = OpenCall(organisation=organisation, made_by=by, made_at=now, changed_at=now)
    return _publish(_say_call(call, funded, now), slip, by)


def change_call(call: OpenCall, funded: Funded, *, by: Any) -> None:
    _change(_say_call(call, funded, timezone.now()), by)


@transaction.atomic
def take_down(notice: Notice, *, by: Any) -> None:
    organisation = notice.organisation
    record("take_down_notice", notice, by=by, before={"title": notice.title})
    notice.delete()
    if isinstance(notice, OrganisationEvent):
        index([organisation])


def _say_news(news: News, told: Told) -> News:
    news.title, news.text = told.title, told.text
    news.url, news.language = told.url, told.language
    return news


def _say_event(event: OrganisationEvent, held: Held, now: datetime) -> OrganisationEvent:
    event.title, event.text, event.url = held.title, held.text, held.url
    event.language, event.zone = held.language, held.zone
    event.place, event.country, event.is_online = held.place, held.country, held.is_online
    event.starts_at, event.ends_at = moment(held.starts, held.zone), moment(held.ends, held.zone)
    if reason := why_no_span(event.starts_at, event.ends_at, now):
        raise Refused(reason)
    return event


def _say_call(call: OpenCall, funded: Funded, now: datetime) -> OpenCall:
    call.title, call.text, call.url = funded.title, funded.text, funded.url
    call.language, call.zone = funded.language, funded.zone
    call.funder, call.may_apply = funded.funder, funded.may_apply
    call.countries = " ".join(sorted(set(funded.countries)))
    call.budget = funded.budget
    call.currency = funded.currency if funded.budget is not None else ""
    call.opens_at, call.closes_at = (
        moment(funded.opens, funded.zone),
        moment(funded.closes, funded.zone),
    )
    reason = why_no_span(call.opens_at, call.closes_at, now)
    if reason := reason or why_no_budget(funded.budget, funded.currency):
        raise Refused(reason)
    return call


@transaction.atomic
def _publish(notice: Any, slip: UUID | None, by: Any) -> Any:
    if held := written_before(type(notice), slip, by):
        return held
    notice.slip = new_slip(slip)
    notice, is_new = write_once(notice)
    if is_new:
        record("publish_notice", notice, by=by, after={"organisation": notice.organisation_id})
        _index_if_event(notice)
    return notice


@transaction.atomic
def _change(notice: Notice, by: Any) -> None:
    notice.changed_at = timezone.now()
    notice.save()
    record("change_notice", notice, by=by)
    _index_if_event(notice)


def _index_if_event(notice: Notice) -> None:
    if isinstance(notice, OrganisationEvent):
        index([notice.organisation])
