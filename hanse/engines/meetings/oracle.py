"""A solver that is asked one question after another, and can be stopped between and within them."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Protocol

from pysat.solvers import Cadical195

from hanse.engines.meetings.clauses import Formula

SLICE = 2_000  # conflicts between two looks at the clock: well under a second


class Cut(Exception):  # noqa: N818 -- not a fault: the budget is used up
    """No more calls, no more time, or somebody said stop."""


class Budget:
    """How many calls may be made, until when, and who wants to know. Shared by several oracles.

    A call that the clock cuts counts for nothing, so that all answers depend on `calls` alone.
    """

    def __init__(
        self,
        calls: int | None = None,
        deadline: float | None = None,
        ask: Callable[[int], bool] | None = None,
    ) -> None:
        self.calls = 0
        self.most = calls
        self.deadline = deadline
        self.ask = ask

    def check(self) -> None:
        """Go on, or Cut."""
        if self.deadline is not None and monotonic() >= self.deadline:
            raise Cut
        if self.ask is not None and not self.ask(self.calls):
            raise Cut


class Asked(Protocol):
    """Whoever answers questions and says which assumptions an answer came from."""

    def ask(self, assumptions: Sequence[int], conflicts: int | None = None) -> bool | None:
        """Whether these can hold together."""

    def core(self) -> list[int]:
        """Assumptions that cannot."""


class Oracle:
    """CaDiCaL 1.9.5 over a formula that may grow between calls."""

    def __init__(self, formula: Formula, budget: Budget) -> None:
        self.formula, self.budget = formula, budget
        self.solver = Cadical195()
        self.taken = 0

    def __enter__(self) -> "Oracle":
        return self

    def __exit__(self, *_: object) -> None:
        self.solver.delete()

    def ask(self, assumptions: Sequence[int] = (), conflicts: int | None = None) -> bool | None:
        """Whether the clauses can be kept with these; None: not known after so many conflicts.

        Errors  Cut
        """
        budget = self.budget
        budget.check()
        if budget.most is not None and budget.calls >= budget.most:
            raise Cut
        for clause in self.formula.clauses[self.taken :]:
            self.solver.add_clause(clause)
        self.taken = len(self.formula.clauses)
        answer, left = None, conflicts
        while answer is None and left != 0:
            step = SLICE if left is None else min(left, SLICE)
            left = None if left is None else left - step
            self.solver.conf_budget(step)
            answer = self.solver.solve_limited(assumptions=list(assumptions))
            if answer is None and left != 0:
                budget.check()
        budget.calls += 1
        return answer

    def model(self) -> list[int]:
        """What holds in the last answer, when it was yes."""
        return [one for one in self.solver.get_model() if one > 0]

    def core(self) -> list[int]:
        """Assumptions that cannot hold together, after a no."""
        return list(self.solver.get_core() or [])

    def prefer(self, literals: Sequence[int]) -> None:
        """Try these first where nothing else decides."""
        self.solver.set_phases(list(literals))


def smaller_core(
    oracle: Asked, core: list[int], conflicts: int, tries: int
) -> tuple[list[int], bool]:
    """The core without what it does not need, and whether it is known that it needs all the rest.

    Takes   conflicts: what a try may cost; tries: how many may fail before the search is given up
    """
    needed: list[int] = []
    left, sure = list(core), True
    while left:
        if len(needed) >= tries:
            return [*needed, *left], False
        one, *rest = left
        answer = oracle.ask([*needed, *rest], conflicts)
        if answer is False:
            still = set(oracle.core())
            needed = [literal for literal in needed if literal in still]
            left = [literal for literal in rest if literal in still]
        else:
            sure &= answer is True
            needed.append(one)
            left = rest
    return needed, sure
