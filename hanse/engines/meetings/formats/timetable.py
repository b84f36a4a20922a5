"""A plan as JSON: the certificate that `hanse meetings check` and the public page verify.

Numbers are those of the event's own file: `origin` says whether they count from 0 or from 1. The
text is canonical (keys sorted, no spaces to spare), so that the same plan has the same bytes. Of a
plan from elsewhere `meetings` with meeting, slot and table is enough.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar

from hanse.engines.meetings.faults import Unreadable
from hanse.engines.meetings.formats import from_json
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.timetable import (
    Bound,
    Certificate,
    Clash,
    Reason,
    Status,
    Timetable,
    Unheld,
    Values,
)

T = TypeVar("T")
FORM = "hanse-plan-1"
SHARE = re.compile(r"\d{1,9}(/[1-9]\d{0,8})?")
NUMBER = re.compile(r"-?\d{1,9}")
# Objectives that are whole numbers.
COUNTS = ("mandatory", "weight", "held", "breaks", "changes", "walking", "distance")


def plan_form(market: Market, plan: Timetable, *, origin: int = 0) -> dict[str, Any]:
    """The JSON form of a plan."""
    return {
        "form": FORM,
        "origin": origin,
        "input": plan.input,
        "engine": plan.engine,
        "seed": plan.seed,
        "steps": plan.steps,
        "fairness": market.fairness,
        "status": plan.status.value,
        "of": len(market.meetings),
        "value": None if plan.value is None else _values(plan.value),
        "bound": None if plan.bound is None else _bound(plan.bound, origin),
        "proved": list(plan.proved),
        "meetings": [
            {
                "meeting": one.meeting + origin,
                "slot": one.slot + origin,
                "table": None if one.table is None else one.table + origin,
                "participants": _moved(one.participants, origin),
            }
            for one in plan.meetings
        ],
        "unscheduled": [
            {
                "meeting": one.meeting + origin,
                "reason": one.reason.value,
                "detail": _moved(one.detail, origin),
            }
            for one in plan.unscheduled
        ],
        "clash": None if plan.clash is None else _clash(plan.clash, origin),
    }


def plan_text(form: Mapping[str, Any]) -> str:
    """The bytes of a plan: one line a meeting, keys in order."""
    lists = ("meetings", "unscheduled")
    parts = []
    for key in sorted(form):
        value = form[key]
        if key in lists and value:
            rows = ",\n  ".join(_line(one) for one in value)
            parts.append(f'"{key}":[\n  {rows}]')
        else:
            parts.append(f"{_line(key)}:{_line(value)}")
    return "{" + ",\n ".join(parts) + "}\n"


def _line(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_plan(text: str, *, origin: int = 0) -> Timetable:
    """A plan from its JSON form; numbers count from 0 in what is returned.

    Takes   origin: from which number a plan counts that does not say it
    """
    told = from_json(text)
    return timetable_of(told, origin=origin)


def timetable_of(told: Any, *, origin: int = 0) -> Timetable:
    """The same from what a JSON reader returns; Unreadable where it is no plan."""
    if not isinstance(told, dict):
        raise Unreadable("a plan is an object")
    try:
        return _timetable(told, origin)
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as no:
        raise Unreadable(f"no plan: {_why(no)}") from None


def _why(no: Exception) -> str:
    return f"{no} is missing" if isinstance(no, KeyError) else str(no)


def _listed(told: Mapping[str, Any], name: str, read: Callable[[Any], T]) -> tuple[T, ...]:
    """Each of a list of objects; what cannot be read is named with its place in the list."""
    found = []
    for place, one in enumerate(_list(told.get(name, ()), name)):
        if not isinstance(one, dict):
            raise TypeError(f"{name}[{place}]: an object is expected")
        try:
            found.append(read(one))
        except (KeyError, TypeError, ValueError) as no:
            raise ValueError(f"{name}[{place}]: {_why(no)}") from None
    return tuple(found)


def _object(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{name}: an object is expected")
    return value


def _list(value: Any, name: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{name}: a list is expected")
    return value


def seated(market: Market, plan: Timetable) -> Timetable:
    """A plan that names nobody, with those who sit where each side has one participant only."""
    return replace(plan, meetings=tuple(_seated(market, one) for one in plan.meetings))


def _seated(market: Market, one: Placed) -> Placed:
    if one.participants or not 0 <= one.meeting < len(market.meetings):
        return one
    sides = market.meetings[one.meeting].sides
    if any(len(side) > 1 for side in sides):
        return one
    return replace(one, participants=tuple(side[0] for side in sides))


def _timetable(told: Mapping[str, Any], origin: int) -> Timetable:
    if told.get("form", FORM) != FORM:
        raise Unreadable(f'"form" is not "{FORM}"')
    origin = _number(told.get("origin", origin))
    clash = told.get("clash")

    def placed(one: Mapping[str, Any]) -> Placed:
        return Placed(
            meeting=_number(one["meeting"]) - origin,
            slot=_number(one["slot"]) - origin,
            table=None if one["table"] is None else _number(one["table"]) - origin,
            participants=_moved(one.get("participants", ()), -origin),
        )

    def unheld(one: Mapping[str, Any]) -> Unheld:
        return Unheld(
            meeting=_number(one["meeting"]) - origin,
            reason=Reason(one["reason"]),
            detail=_moved(one.get("detail", ()), -origin),
        )

    if "meetings" not in told:
        raise KeyError("meetings")
    return Timetable(
        status=Status(told.get("status", Status.FEASIBLE)),
        meetings=_listed(told, "meetings", placed),
        unscheduled=_listed(told, "unscheduled", unheld),
        value=None if told.get("value") is None else _read_values(told["value"]),
        bound=None if told.get("bound") is None else _read_bound(told["bound"], origin),
        proved=tuple(str(one) for one in told.get("proved", ())),
        clash=None if clash is None else _read_clash(clash, origin),
        seed=_number(told.get("seed", 0)),
        steps=_number(told.get("steps", 0)),
        input=str(told.get("input", "")),
        engine=str(told.get("engine", "")),
    )


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no whole number")
    return value


def _moved(numbers: Any, by: int) -> tuple[int, ...]:
    return tuple(_number(one) + by for one in _list(numbers, "numbers"))


def _values(value: Values) -> dict[str, Any]:
    counts = {name: getattr(value, name) for name in COUNTS}
    return {**counts, "least_share": str(value.least_share)}


def _read_values(told: Mapping[str, Any]) -> Values:
    counts = {name: _number(_object(told, "value")[name]) for name in COUNTS}
    if not SHARE.fullmatch(str(told["least_share"])):
        raise ValueError("least_share is a fraction such as 3/4")
    return Values(**counts, least_share=Fraction(str(told["least_share"])))


def _bound(bound: Bound, origin: int) -> dict[str, Any]:
    return {
        "weight": bound.weight,
        "held": bound.held,
        "breaks": bound.breaks,
        "breaks_proved_by": bound.breaks_proved_by,
        "certificates": {
            "weight": _certificate(bound.weight_certificate, origin),
            "held": _certificate(bound.held_certificate, origin),
        },
    }


def _read_bound(told: Mapping[str, Any], origin: int) -> Bound:
    certificates = _object(_object(told, "bound")["certificates"], "certificates")
    return Bound(
        weight=_number(told["weight"]),
        held=_number(told["held"]),
        breaks=_number(told["breaks"]),
        weight_certificate=_read_certificate(certificates["weight"], origin),
        held_certificate=_read_certificate(certificates["held"], origin),
        breaks_proved_by=str(told.get("breaks_proved_by", "counting")),
    )


def _certificate(one: Certificate, origin: int) -> dict[str, Any]:
    prices = {str(person + origin): price for person, price in sorted(one.prices.items())}
    return {"unit": one.unit, "prices": prices, "table": one.table}


def _read_certificate(told: Mapping[str, Any], origin: int) -> Certificate:
    prices = {
        _participant(person) - origin: _number(price)
        for person, price in _object(_object(told, "certificate")["prices"], "prices").items()
    }
    return Certificate(_number(told["unit"]), prices, _number(told["table"]))


def _participant(key: str) -> int:
    """JSON has no numbers as keys."""
    if not NUMBER.fullmatch(key):
        raise ValueError(f"prices: {key!r} is no participant")
    return int(key)


def _clash(clash: Clash, origin: int) -> dict[str, Any]:
    return {
        "kind": clash.kind,
        "meetings": _moved(clash.meetings, origin),
        "participants": _moved(clash.participants, origin),
        "slots": _moved(clash.slots, origin),
        "smallest": clash.smallest,
    }


def _read_clash(told: Mapping[str, Any], origin: int) -> Clash:
    told = _object(told, "clash")
    return Clash(
        kind=str(told["kind"]),
        meetings=_moved(told["meetings"], -origin),
        participants=_moved(told["participants"], -origin),
        slots=_moved(told["slots"], -origin),
        smallest=bool(told["smallest"]),
    )
