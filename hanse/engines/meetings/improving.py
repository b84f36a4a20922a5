"""A better plan near a plan: meetings outside some slots stay, the solver places the others anew.

Source    P. Shaw (1998) "Using constraint programming and local search methods to solve vehicle
          routing problems", CP 1998, for the search in large neighbourhoods
"""

from collections.abc import Sequence

import numpy as np

from hanse.engines.meetings.encoding import Encoding
from hanse.engines.meetings.oracle import Budget, Oracle
from hanse.engines.random_numbers import permute

TRY = 1_000  # conflicts that a neighbourhood may cost
FIRST, LEAST = 0.6, 0.1  # share of the meetings that may move
WIDER, NARROWER = 1.1, 0.9


class Neighbourhoods:
    """Looks for plans with fewer breaks around a plan, by an oracle of its own.

    share   of the meetings that may move: more after a neighbourhood in which there was nothing,
            fewer after one that was too large to be searched
    aim     by how many breaks the next plan is to be better: twice as many after each success
    """

    def __init__(self, encoding: Encoding, budget: Budget, seed: int) -> None:
        self.encoding, self.seed = encoding, seed
        formula = encoding.formula.copy()
        gaps = [one for own in encoding.gaps for one in own]
        self.more_than = formula.count(gaps, len(gaps))
        self.oracle = Oracle(formula, budget)
        self.share, self.aim, self.tries = FIRST, 1, 0

    def better(self, plan: Sequence[int], upper: int, lower: int) -> tuple[int, ...] | None:
        """A plan with fewer breaks, if one try finds it.

        Takes   plan: slot by meeting, with `upper` breaks; lower: no plan has fewer
        """
        held = self.encoding.literals(plan) or []
        free = self.freed(plan)
        fixed = [one for number, one in enumerate(held) if plan[number] not in free]
        fewer = max(lower, upper - self.aim)
        answer = self.oracle.ask([-self.more_than[fewer], *fixed], TRY)
        if answer:
            self.aim *= 2
            return self.encoding.plan(self.oracle.model())
        self.aim = max(1, self.aim // 2)
        wider = self.share * (NARROWER if answer is None else WIDER)
        self.share = min(1.0, max(LEAST, wider))
        return None

    def freed(self, plan: Sequence[int]) -> set[int]:
        """Slots by chance, as many as hold the share of meetings that may move."""
        order = np.array(sorted(set(plan)), np.int32)
        permute(order, self.seed, self.tries)
        self.tries += 1
        held = np.bincount(np.array(plan, np.int64))[order]
        enough = int(np.searchsorted(np.cumsum(held), self.share * len(plan))) + 1
        return set(order[:enough].tolist())
