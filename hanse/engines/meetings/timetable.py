"""A plan with its proof: what the engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from hanse.engines.meetings.market import Placed

ENGINE = "meetings 1.0"


class Status(StrEnum):
    """How far the search came.

    optimal     nothing better exists in the objectives that `proved` names
    feasible    a plan within the rules; the bound says how much better one could be at most
    infeasible  no plan keeps all rules and holds all mandatory meetings; `clash` says why
    stopped     stopped before a plan within the rules was found
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"


class Reason(StrEnum):
    """Why a meeting is not held. The first four can be seen from the plan alone.

    no_common_slot     nobody who may sit has a slot in common with the other side
    participant_full   a side (detail: its participants) is in meetings in each slot that they have
                       in common, or has reached a limit of its own
    tables_full        in each slot in which both sides are idle and within their limits (detail:
                       those slots) no table that they may use is left
    pinned_clash       in each slot in common one of them is in a pinned meeting (detail: those)
    displaces_heavier  every way that the search knows costs meetings of at least the same weight
    not_proven         the search found no way, and no proof that there is none
    """

    NO_COMMON_SLOT = "no_common_slot"
    PARTICIPANT_FULL = "participant_full"
    TABLES_FULL = "tables_full"
    PINNED_CLASH = "pinned_clash"
    DISPLACES_HEAVIER = "displaces_heavier"
    NOT_PROVEN = "not_proven"


@dataclass(frozen=True)
class Unheld:
    """A meeting that is not held, why, and the numbers that the reason speaks of."""

    meeting: int
    reason: Reason
    detail: tuple[int, ...] = ()


@dataclass(frozen=True)
class Values:
    """The objectives, in their order; see `measures` for the definitions.

    mandatory    mandatory and pinned meetings held, of those asked
    weight       weight of the meetings held
    held         number of meetings held
    least_share  smallest share of its wishes that a party has held; 1 where nobody wishes
    breaks       idle gaps over all participants
    changes      how often somebody's next meeting of a day is at another table
    walking      minutes walked between meetings that follow each other on a day
    distance     meetings of the published plan that are elsewhere or gone, plus those new to it
    """

    mandatory: int
    weight: int
    held: int
    least_share: Fraction
    breaks: int
    changes: int
    walking: int
    distance: int


@dataclass(frozen=True)
class Certificate:
    """Dual prices that prove a bound on weight held without trust in whoever found them.

    For whole numbers y >= 0 by participant (`prices`), w >= 0 for a table in a slot (`table`) and
    a unit u (`unit`), every plan within the rules has

        u · weight held <= Σ y[p] · c[p] + w · C + Σ over m of max(0, u · weight[m] - cost[m])

    with c[p] the most meetings p can have: slots in which p could meet anybody, less what p's
    limits take (of n slots in a row n - ⌊n / (k + 1)⌋ where k in a row are the most),
    C the tables open over all slots, and cost[m] the smallest Σ y over a seating of m that has a
    slot in common, plus w where that seating needs a table; meetings that have none add nothing.
    The certificate of the number of meetings held is the same with all weights 1.
    """

    unit: int
    prices: Mapping[int, int]  # those that are not zero
    table: int = 0


@dataclass(frozen=True)
class Bound:
    """No plan within the rules is better than this; None where nothing is known.

    weight, held   upper bounds, each with its certificate
    breaks         lower bound for plans that hold what this plan holds (`proved_by` "search": by a
                   complete search that cannot be checked again from the plan; "counting": busy
                   slots packed in as few free segments as possible)
    """

    weight: int
    held: int
    breaks: int
    weight_certificate: Certificate
    held_certificate: Certificate
    breaks_proved_by: str = "counting"


@dataclass(frozen=True)
class Clash:
    """A smallest set of facts that cannot all be kept: leave out one, and the rest can.

    kind      `participant` (more mandatory meetings than slots: Hall), `tables`, `pins`, `meeting`
              (no slot), `precedence` (a cycle, or a chain longer than the slots), `search`
    meetings, participants, slots   the numbers that it is about
    smallest  whether it is proved that no part of it suffices
    """

    kind: str
    meetings: tuple[int, ...] = ()
    participants: tuple[int, ...] = ()
    slots: tuple[int, ...] = ()
    smallest: bool = True


@dataclass(frozen=True)
class Timetable:
    """A plan and what is known of its quality. It holds no times: the same input, seed and steps
    give the same bytes on any machine.

    proved   objectives (names in `Values`) in which nothing better exists, given those before
    """

    status: Status
    meetings: tuple[Placed, ...] = ()
    unscheduled: tuple[Unheld, ...] = ()
    value: Values | None = None
    bound: Bound | None = None
    proved: tuple[str, ...] = ()
    clash: Clash | None = None
    seed: int = 0
    steps: int = 0
    input: str = ""
    engine: str = field(default=ENGINE)


@dataclass(frozen=True)
class Progress:
    """What a run says while it goes on: the best plan so far, without tables, and its bound."""

    steps: int
    value: Values | None
    bound: Bound | None
