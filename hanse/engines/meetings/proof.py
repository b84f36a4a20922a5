"""The fewest breaks that an event can have, proved: a search in which nothing is left out.

For events whose meetings are all mandatory. The cost is raised core by core: participants who
cannot all go without a break pay one between them, and the clauses count how many they have. Where
a question takes long, better plans near the best one are looked for in between.

Source    Morgado, Dodaro, Marques-Silva (2014) "Core-guided MaxSAT with soft cardinality
          constraints", CP 2014 (OLL); Ignatiev, Morgado, Marques-Silva (2019) "RC2: an efficient
          MaxSAT solver", JSAT 11, for the minimisation and exhaustion of cores
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from hanse.engines.meetings.clash import counting_clash
from hanse.engines.meetings.encoding import encode, fairness_rules
from hanse.engines.meetings.explain import searched_clash
from hanse.engines.meetings.improving import Neighbourhoods
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.measures import breaks_of
from hanse.engines.meetings.oracle import Budget, Cut, Oracle, smaller_core
from hanse.engines.meetings.timetable import Clash, Status

PATIENCE, MORE = 4_000, 1.5  # conflicts before better plans are looked for; the factor after that
TRY = 1_000  # conflicts spent on making a core smaller by one
TRIES = 12
EXHAUST = 2_000  # conflicts spent on raising the cost of a core further

Watcher = Callable[["Proof"], bool]


@dataclass(frozen=True)
class Proof:
    """What is known of the fewest breaks.

    slots   slot by meeting of the best plan found, numbered like the meetings; None: none found
    lower   no plan has fewer breaks
    upper   breaks of the best plan; None: none found
    steps   made by the solver (see `oracle`); with the same number, the proof is the same
    """

    status: Status
    slots: tuple[int, ...] | None = None
    lower: int = 0
    upper: int | None = None
    steps: int = 0
    clash: Clash | None = None


def prove(
    market: Market,
    *,
    incumbent: Sequence[Placed] = (),
    steps: int | None = None,
    deadline: float | None = None,
    seed: int = 0,
    watch: Watcher | None = None,
) -> Proof:
    """The plan with the fewest breaks, or why there is no plan.

    Takes   incumbent: a plan to start from; one that breaks a rule is ignored
            steps: most that the solver may make
            deadline: on the monotonic clock; met within a second
            seed: by which neighbourhoods are chosen; a checked one
            watch: told what is known by now, before each slice of steps; true ends the search
    Gives   optimal, infeasible (with the clash), feasible or stopped. The solver works in the
            caller's thread and starts no process
    Errors  NotProvable: a meeting is not mandatory, or a rule is not known to the clauses
    """
    if clash := counting_clash(market):
        return Proof(Status.INFEASIBLE, clash=clash)
    with ExitStack() as opened, suppress(Cut):
        search = Search(market, Budget(steps, deadline), seed, watch, opened)
        search.run(incumbent)
    return search.proof()


class Search:
    """A proof on its way; `soft` has what is assumed, and for each the count that it is part of."""

    oracle: Oracle

    def __init__(
        self,
        market: Market,
        budget: Budget,
        seed: int,
        watch: Watcher | None,
        opened: ExitStack,
    ) -> None:
        self.market, self.budget, self.seed, self.opened = market, budget, seed, opened
        if watch is not None:
            budget.stop = lambda: watch(self.proof())
        self.lower = 0
        self.best: tuple[int, ...] | None = None
        self.upper: int | None = None
        self.clash: Clash | None = None
        self.infeasible = False
        self.patience = PATIENCE
        self.near: Neighbourhoods | None = None
        self.encoding = encode(market)
        self.soft: dict[int, tuple[list[int], int]] = {
            -gaps[0]: (gaps, 0) for gaps in self.encoding.gaps if gaps
        }

    def proof(self) -> Proof:
        """What is known by now."""
        if self.infeasible:
            status = Status.INFEASIBLE
        elif self.upper is None:
            status = Status.STOPPED
        else:
            status = Status.OPTIMAL if self.upper == self.lower else Status.FEASIBLE
        return Proof(status, self.best, self.lower, self.upper, self.budget.steps, self.clash)

    def run(self, incumbent: Sequence[Placed]) -> None:
        """Search until the proof is complete."""
        if self.encoding.possible:
            for rules in fairness_rules(self.encoding, self.market.fairness):
                self.encoding.formula.clauses.extend(rules)
            self.oracle = self.opened.enter_context(Oracle(self.encoding.formula, self.budget))
            if self.start_from(incumbent) or self.ask():
                while self.upper != self.lower:
                    self.raise_lower()
                return
        self.infeasible = True
        self.clash = searched_clash(self.market, self.budget)

    def start_from(self, incumbent: Sequence[Placed]) -> bool:
        """Whether the plan given is one; then it is the best so far."""
        if len(incumbent) != len(self.market.meetings):
            return False
        plan = [one.slot for one in sorted(incumbent, key=lambda one: one.meeting)]
        literals = self.encoding.literals(plan)
        return literals is not None and self.ask(literals) is True

    def ask(self, assumptions: Sequence[int] = (), conflicts: int | None = None) -> bool | None:
        """Ask the solver, and keep its plan."""
        answer = self.oracle.ask(assumptions, conflicts)
        if answer:
            self.keep(self.encoding.plan(self.oracle.model()))
        return answer

    def core(self) -> list[int]:
        """Assumptions that cannot hold together, after a no."""
        return self.oracle.core()

    def keep(self, plan: tuple[int, ...]) -> None:
        """Keep a plan that is better than the best."""
        breaks = sum(
            breaks_of(person, [plan[one] for one in meetings], self.market.slots)
            for person, meetings in zip(
                self.market.participants, self.encoding.meetings_of, strict=True
            )
        )
        if self.upper is None or breaks < self.upper:
            self.best, self.upper = plan, breaks

    def raise_lower(self) -> None:
        """Find participants who cannot all do with the breaks counted so far, and count one more.

        When there are none, the plan that shows it has as many breaks as are counted.
        """
        answer = self.ask(list(self.soft), self.patience)
        if answer is None:
            self.look_around(self.budget.made + self.patience)
            self.patience = int(self.patience * MORE)
        if answer is not False:
            return
        core, _ = smaller_core(self, self.core(), TRY, TRIES)
        self.lower += 1
        for literal in core:
            counted, place = self.soft.pop(literal)
            self.assume(counted, place + 1)
        self.encoding.formula.clauses.append([-one for one in core])
        if len(core) > 1:
            self.count(core)

    def count(self, core: list[int]) -> None:
        """From now on one break of this core is free, and each more is counted."""
        formula = self.encoding.formula
        counted = formula.count([-one for one in core], len(core))
        formula.add(counted[0])
        place = 1
        while place < len(counted) and self.ask([-counted[place]], EXHAUST) is False:
            formula.add(counted[place])
            self.lower += 1
            place += 1
        self.assume(counted, place)

    def assume(self, counted: list[int], place: int) -> None:
        """Assume that no more than `place` of a count are true."""
        if place < len(counted):
            self.soft[-counted[place]] = (counted, place)

    def look_around(self, until: int) -> None:
        """Look for better plans near the best one, and then near those, for some steps."""
        if self.near is None:
            self.near = Neighbourhoods(self.encoding, self.budget, self.seed)
            self.opened.enter_context(self.near.oracle)
        while self.best is not None and self.upper is not None and self.budget.made < until:
            if self.upper == self.lower:
                break
            if plan := self.near.better(self.best, self.upper, self.lower):
                self.keep(plan)
