"""What the invented organisations ask for, tell, hold and fund."""

from hanse.cli.demo_world import tables
from hanse.cli.demo_world.invented import (
    InventedCall,
    InventedEvent,
    InventedMoment,
    InventedNews,
    InventedRequest,
)
from hanse.cli.demo_world.profiles import host_of


def requests() -> list[InventedRequest]:
    return [
        InventedRequest(
            organisation=key,
            what=what,
            for_what=for_what,
            where=tuple(where.split()),
            by_days=int(by_days),
            call=call,
            text=text,
            language=language,
            is_confidential=confidential == "y",
        )
        for key, what, for_what, where, by_days, call, language, confidential, text in tables.rows(
            "requests"
        )
    ]


def news() -> list[InventedNews]:
    return [
        InventedNews(
            organisation=key,
            title=title,
            text=text,
            language=language,
            published_days_ago=int(days),
            url=f"https://{host_of(key)}/news/{place}",
        )
        for place, (key, language, days, title, text) in enumerate(tables.rows("news"), start=1)
    ]


def shared_events() -> list[InventedEvent]:
    return [
        InventedEvent(
            organisation=key,
            title=title,
            place=where,
            starts=moment(starts, zone),
            ends=moment(ends, zone),
            url=f"https://{host_of(key)}/events/{place}",
            language=language,
        )
        for place, (key, language, title, where, starts, ends, zone) in enumerate(
            tables.rows("events"), start=1
        )
    ]


def open_calls() -> list[InventedCall]:
    return [
        InventedCall(
            organisation=key,
            title=title,
            opens=moment(opens, zone),
            closes=moment(closes, zone),
            budget_eur=int(budget),
            may_apply=may_apply,
            url=f"https://{host_of(key)}/calls/{place}",
            language=language,
        )
        for place, (key, language, title, opens, closes, zone, budget, may_apply) in enumerate(
            tables.rows("calls"), start=1
        )
    ]


def moment(days_and_hour: str, zone: str) -> InventedMoment:
    days, hour = days_and_hour.split()
    return InventedMoment(int(days), int(hour), zone)
