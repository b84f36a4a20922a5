"""The verdict on a plan."""

from dataclasses import dataclass

from hanse.engines.meetings.checking.claims import fewest_breaks, overstated
from hanse.engines.meetings.checking.clashes import cannot_all_be_held
from hanse.engines.meetings.checking.ground import Ground
from hanse.engines.meetings.checking.reasons import CLAIM_NOTHING, untrue
from hanse.engines.meetings.checking.rules import broken, misnumbered
from hanse.engines.meetings.checking.values import values_of
from hanse.engines.meetings.findings import Finding, finding
from hanse.engines.meetings.market import Market
from hanse.engines.meetings.timetable import Status, Timetable, Values

# Objectives whose proof nobody can see from the plan, unless nothing could be better than this.
UNSEEN = {"least_share": 1, "changes": 0, "walking": 0, "distance": 0}


@dataclass(frozen=True)
class Verdict:
    """What the checker found.

    values     the objectives counted anew; None where the numbers of the plan name nothing
    faults     each rule that is broken, each claim and reason that is not so; empty: all hold
    unchecked  claims that nobody can see from the plan: what a complete search proved, and
               meetings of which it only says that no way was found
    """

    values: Values | None
    faults: tuple[Finding, ...]
    unchecked: tuple[Finding, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def clashes(ground: Ground) -> bool:
    """Whether the plan names meetings that must all be held and cannot."""
    named = ground.plan.clash.meetings if ground.plan.clash else ()
    wanted = [ground.market.meetings[number] for number in named]
    return all(one.mandatory or one.slot is not None for one in wanted) and cannot_all_be_held(
        ground, named
    )


def check(market: Market, plan: Timetable) -> Verdict:
    """Every rule, value, bound and reason of a plan, looked at without trust."""
    if faults := tuple(misnumbered(market, plan)):
        return Verdict(None, faults)
    ground = Ground(market, plan)
    values = values_of(ground)
    unchecked = [
        finding("reason_unseen", meeting=one.meeting, reason=one.reason.value)
        for one in plan.unscheduled
        if one.reason in CLAIM_NOTHING
    ]
    unchecked += [
        finding("best_unseen", objective=one)
        for one, best in UNSEEN.items()
        if one in plan.proved and getattr(values, one) != best
    ]
    if plan.bound is None and plan.value is not None:
        unchecked.append(finding("no_bound"))
    if plan.status == Status.INFEASIBLE and not clashes(ground):
        unchecked.append(finding("impossible_unseen"))
    if plan.bound is not None and plan.bound.breaks > (provable := fewest_breaks(ground)):
        told = {"bound": plan.bound.breaks, "by": plan.bound.breaks_proved_by, "seen": provable}
        unchecked.append(finding("breaks_unseen", **told))
    faults = (*broken(ground), *overstated(ground, values), *untrue(ground))
    return Verdict(values, faults, tuple(unchecked))
