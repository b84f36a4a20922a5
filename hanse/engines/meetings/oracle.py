"""A solver that is asked one question after another, by a budget of steps.

A step is a conflict of the solver. The budget and the clock are looked at between slices of many
conflicts alone, and no slice is shorter because the budget is nearly used up; so what the solver
answers depends on how many slices there were, and on nothing else.
"""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Protocol

from hanse.engines.meetings.clauses import Formula

SLICE = 2_000  # conflicts between two looks at the clock: well under a second
A_SLICE = 20  # steps that a slice counts besides its conflicts: it takes time without them too


class Cut(Exception):  # noqa: N818 -- not a fault: the budget is used up
    """No more steps, no more time, or somebody said stop."""


class Budget:
    """How many steps may be made, until when, and who wants to know. Shared by several oracles.

    `made` goes beyond `most` by a slice at the most; a budget of what was made, or of `steps`,
    which is no more than was allowed, ends after the same slice.
    """

    def __init__(
        self,
        most: int | None = None,
        deadline: float | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        self.made = 0
        self.most = most
        self.deadline = deadline
        self.stop = stop

    @property
    def steps(self) -> int:
        """Steps made of those that were allowed."""
        return self.made if self.most is None else min(self.made, self.most)

    def check(self) -> None:
        """Go on, or Cut."""
        if self.most is not None and self.made >= self.most:
            raise Cut
        if self.deadline is not None and monotonic() >= self.deadline:
            raise Cut
        if self.stop is not None and self.stop():
            raise Cut


class Asked(Protocol):
    """Whoever answers questions and says which assumptions an answer came from."""

    def ask(self, assumptions: Sequence[int], conflicts: int | None = None) -> bool | None:
        """Whether these can hold together."""

    def core(self) -> list[int]:
        """Assumptions that cannot."""


class Oracle:
    """CaDiCaL 1.9.5 over a formula that may grow between questions."""

    def __init__(self, formula: Formula, budget: Budget) -> None:
        from pysat.solvers import Cadical195  # noqa: PLC0415 -- slow import

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
        for clause in self.formula.clauses[self.taken :]:
            self.solver.add_clause(clause)
        self.taken = len(self.formula.clauses)
        answer, left = None, SLICE if conflicts is None else conflicts
        while answer is None and left > 0:
            self.budget.check()
            before = self.conflicts()
            self.solver.conf_budget(min(left, SLICE))
            answer = self.solver.solve_limited(assumptions=list(assumptions))
            self.budget.made += self.conflicts() - before + A_SLICE
            left -= 0 if conflicts is None else SLICE
        return answer

    def conflicts(self) -> int:
        """Conflicts of all questions so far."""
        return int(self.solver.accum_stats()["conflicts"])

    def model(self) -> list[int]:
        """What holds in the last answer, when it was yes."""
        return [one for one in self.solver.get_model() if one > 0]

    def core(self) -> list[int]:
        """Assumptions that cannot hold together, after a no."""
        return list(self.solver.get_core() or [])


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
