"""The whole event as JSON: every constraint that the engine knows, numbered from 0.

    {"form": "hanse-event-1", "name": "…",
     "slots":        [{"session", "day", "start", "end", "onsite", "online", "name"}],
     "tables":       [{"place", "closed": [slot], "name"}],
     "walking":      [[minutes]],
     "participants": [{"free": [slot], "party", "most": {"session": n}, "most_in_all",
                       "most_in_a_row", "rest": [slot], "table", "online", "newcomer", "name"}],
     "meetings":     [{"sides": [[participant]], "weight", "mandatory", "slot", "table",
                       "within": [slot], "after": [meeting], "name"}],
     "fairness", "newcomers", "published": [{"meeting", "slot", "table", "participants"}]}

What is left out has the value that `market` gives it. A key that is not known is refused: a
misspelt constraint would be silently ignored otherwise.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from hanse.engines.meetings.admission import admitted
from hanse.engines.meetings.faults import Unreadable
from hanse.engines.meetings.formats import from_json
from hanse.engines.meetings.formats.pairs import read_pairs
from hanse.engines.meetings.market import Market, Meeting, Participant, Placed, Slot, Table

FORM = "hanse-event-1"
Read = Callable[[Any], Any]


def read_event(text: str) -> Market:
    """An event in JSON, looked through: the whole form, or where it names none, pairs.

    Errors  those of `admission`, and Unreadable
    """
    told = from_json(text)
    return market_of(told) if isinstance(told, dict) and "form" in told else read_pairs(text)


def market_of(told: Any) -> Market:
    """The same from what a JSON reader returns."""
    if not isinstance(told, dict) or told.get("form") != FORM:
        raise Unreadable(f'"form" is not "{FORM}"')
    rest = {key: value for key, value in told.items() if key != "form"}
    market: Market = _made(Market, rest, "event")
    return admitted(market)


def event_form(market: Market) -> dict[str, Any]:
    """The JSON form of an event, without what has the usual value."""
    return {"form": FORM, **_told(market)}


def digest(market: Market) -> str:
    """SHA-256 of the canonical JSON form: the same for the same event, whatever file it came in."""
    text = json.dumps(event_form(market), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable(f"{value!r} is no whole number")
    if abs(value) > 2**53:
        raise Unreadable("a number beyond 2^53")
    return value


def _known_or_none(value: Any) -> int | None:
    return None if value is None else _whole(value)


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unreadable(f"{value!r} is neither true nor false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unreadable(f"{value!r} is no text")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Unreadable(f"{value!r} is no list")
    return value


def _numbers(value: Any) -> tuple[int, ...]:
    return tuple(_whole(one) for one in _list(value))


def _set(value: Any) -> frozenset[int]:
    return frozenset(_numbers(value))


def _set_or_none(value: Any) -> frozenset[int] | None:
    return None if value is None else _set(value)


def _rows(value: Any) -> tuple[tuple[int, ...], ...]:
    return tuple(_numbers(one) for one in _list(value))


def _limits(value: Any) -> dict[int, int]:
    if not isinstance(value, dict):
        raise Unreadable(f"{value!r} is no table of limits by session")
    try:
        return {int(key): _whole(one) for key, one in value.items()}
    except ValueError:
        raise Unreadable("limits are given by number of session") from None


def _each(kind: type) -> Read:
    def read(value: Any) -> tuple[Any, ...]:
        return tuple(
            _made(kind, one, f"{kind.__name__.lower()} {number}")
            for number, one in enumerate(_list(value))
        )

    return read


READERS: Mapping[type, Mapping[str, Read]] = {
    Slot: {
        "session": _whole, "day": _whole, "start": _known_or_none, "end": _known_or_none,
        "onsite": _yes, "online": _yes, "name": _text,
    },
    Table: {"place": _whole, "closed": _set, "name": _text},
    Participant: {
        "free": _set, "party": _known_or_none, "most": _limits, "most_in_all": _known_or_none,
        "most_in_a_row": _known_or_none, "rest": _set, "table": _known_or_none, "online": _yes,
        "newcomer": _yes, "name": _text,
    },
    Meeting: {
        "sides": _rows, "weight": _whole, "mandatory": _yes, "slot": _known_or_none,
        "table": _known_or_none, "within": _set_or_none, "after": _numbers, "name": _text,
    },
    Placed: {
        "meeting": _whole, "slot": _whole, "table": _known_or_none, "participants": _numbers,
    },
    Market: {
        "slots": _each(Slot), "tables": _each(Table), "participants": _each(Participant),
        "meetings": _each(Meeting), "walking": _rows, "fairness": _known_or_none,
        "newcomers": _whole, "published": _each(Placed), "name": _text,
    },
}  # fmt: skip


def _made(kind: type, told: Any, where: str) -> Any:
    readers = READERS[kind]
    if not isinstance(told, dict):
        raise Unreadable(f"{where}: {told!r} is no object")
    if unknown := told.keys() - readers.keys():
        raise Unreadable(f"{where}: unknown key {min(unknown)!r}")
    needed = {
        one.name
        for one in fields(kind)
        if one.default is MISSING and one.default_factory is MISSING
    }
    if missing := needed - told.keys():
        raise Unreadable(f"{where}: {min(missing)!r} is missing")
    given = {}
    for key, value in told.items():
        try:
            given[key] = readers[key](value)
        except Unreadable as no:
            raise Unreadable(f"{where}, {key}: {no}") from None
    return kind(**given)


def _told(thing: Any) -> dict[str, Any]:
    """The fields that differ from their usual value, in plain values."""
    told = {}
    for one in fields(thing):
        value = getattr(thing, one.name)
        usual = one.default_factory() if one.default_factory is not MISSING else one.default
        if value != usual:
            told[one.name] = _plain(value)
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return {str(key): one for key, one in sorted(value.items())}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return _told(value) if type(value) in READERS else value
