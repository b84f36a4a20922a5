"""Where the solver takes over from the annealing: small events, all of whose meetings must be held.

The annealing goes first, for some steps: its plan is there at once, and the solver starts from it.
The steps of both are one budget.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hanse.engines.meetings.encoding import why_not_provable
from hanse.engines.meetings.explain import clash_of_musts
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.measures import must, values_of
from hanse.engines.meetings.oracle import Budget
from hanse.engines.meetings.proof import Proof, prove
from hanse.engines.meetings.timetable import Bound, Clash, Progress

ANNEALED = 100_000  # steps of the annealing before the solver's
MOST_STEPS = 600_000  # of the solver, where no budget is given: some minutes at the most
MOST_PLACES = 10_000  # slots of all meetings; clauses grow with them
CLASH_STEPS = 10_000  # to say why there is no plan: a second or two at the most


def is_for_solver(market: Market) -> bool:
    """Whether the clauses know all rules of the event, and are not too many."""
    if not market.meetings or why_not_provable(market):
        return False
    people = [tuple(side[0] for side in one.sides) for one in market.meetings]
    places = sum(len(market.slots_for(number, who)) for number, who in enumerate(people))
    return places <= MOST_PLACES


@dataclass(frozen=True)
class Allowed:
    """What a run may spend. `made`: steps of the annealing; `most`: steps of both.

    Without steps and deadline the solver may make `MOST_STEPS`.
    """

    made: int
    most: int | None
    deadline: float | None
    seed: int


def proved(
    market: Market,
    annealed: Sequence[Placed],
    known: Bound,
    allowed: Allowed,
    listen: Callable[[Progress], bool] | None,
) -> Proof:
    """The proof that starts from a plan of the annealing; `steps` are those of both.

    Takes   listen: told how the run stands before each slice of the solver; true ends it
    """

    def watch(proof: Proof) -> bool:
        found = placed_by(market, proof) or annealed
        value = values_of(replace(market, published=()), found)
        bound = replace(known, breaks=max(known.breaks, proof.lower))
        return listen is not None and listen(Progress(allowed.made + proof.steps, value, bound))

    most = MOST_STEPS if allowed.deadline is None else None
    proof = prove(
        market,
        incumbent=annealed,
        steps=most if allowed.most is None else allowed.most - allowed.made,
        deadline=allowed.deadline,
        seed=allowed.seed,
        watch=watch if listen else None,
    )
    return replace(proof, steps=allowed.made + proof.steps)


def clash_behind(market: Market) -> Clash | None:
    """Why the insertion may have found no place for what must be held, where not all must.

    The budget is of steps alone, so that the same run is answered alike on any machine.
    """
    musts = [number for number in range(len(market.meetings)) if must(market, number)]
    places = sum(
        len(market.slots_for(number, who)) for number in musts for who in market.seatings(number)
    )
    if places > MOST_PLACES:
        return None
    return clash_of_musts(market, Budget(CLASH_STEPS))


def placed_by(market: Market, proof: Proof) -> list[Placed]:
    """The plan of a proof, without tables."""
    return [
        Placed(number, slot, None, tuple(side[0] for side in market.meetings[number].sides))
        for number, slot in enumerate(proof.slots or ())
    ]
