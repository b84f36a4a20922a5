"""What one line of the table of drafts says of a plan."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hanse.engines.meetings.market import Market
from hanse.engines.meetings.timetable import Timetable
from hanse.meetings.rules.planning import gap


def quality_of(market: Market, plan: Timetable, *, must: int) -> dict[str, Any]:
    """Figures of a plan in plain values; `must` is the weight of what both sides must have.

    fewest    the smallest number of meetings that a party has which wishes any
    having    how many parties have no more than that
    musts     meetings that both must have: held, of
    """
    held = {one.meeting for one in plan.meetings}
    counts = {party: len(held.intersection(wanted)) for party, wanted in market.wanted_by.items()}
    fewest = min(counts.values(), default=0)
    musts = {number for number, one in enumerate(market.meetings) if one.weight >= must}
    told: dict[str, Any] = {
        "status": plan.status.value,
        "of": len(market.meetings),
        "points": sum(one.weight for one in market.meetings),
        "musts": [len(musts & held), len(musts)],
        "fewest": fewest,
        "having": sum(count == fewest for count in counts.values()),
        "reasons": dict(Counter(one.reason.value for one in plan.unscheduled)),
        "proved": list(plan.proved),
    }
    if plan.value is not None:
        value = plan.value
        told |= {
            "weight": value.weight,
            "held": value.held,
            "breaks": value.breaks,
            "changes": value.changes,
            "distance": value.distance,
            "least_share": str(value.least_share),
        }
    if plan.bound is not None:
        told["bound"] = {
            "weight": plan.bound.weight,
            "held": plan.bound.held,
            "breaks": plan.bound.breaks,
        }
        told["gap"] = gap(told.get("weight", 0), plan.bound.weight)
    return told
