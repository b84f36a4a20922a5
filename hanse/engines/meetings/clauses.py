"""Clauses under construction: numbers are literals, True and False are constants in their place."""

from collections.abc import Iterable, Sequence
from itertools import combinations

Literal = int | bool


def negated(literal: Literal) -> Literal:
    """The opposite."""
    return not literal if isinstance(literal, bool) else -literal


class Formula:
    """Clauses over variables from 1, as a solver takes them."""

    def __init__(self) -> None:
        self.variables = 0
        self.clauses: list[list[int]] = []

    def copy(self) -> "Formula":
        """The same clauses, to which others can be added."""
        copied = Formula()
        copied.variables, copied.clauses = self.variables, list(self.clauses)
        return copied

    def fresh(self) -> int:
        """A new variable."""
        self.variables += 1
        return self.variables

    def add(self, *literals: Literal) -> None:
        """A clause: one of these is true."""
        if True not in [one for one in literals if isinstance(one, bool)]:
            self.clauses.append([one for one in literals if not isinstance(one, bool)])

    def imply(self, condition: Literal, *literals: Literal) -> None:
        """If the condition is true, one of these is."""
        self.add(negated(condition), *literals)

    def at_most_one(self, literals: Iterable[int]) -> None:
        """No two of these are true."""
        self.clauses.extend([-one, -other] for one, other in combinations(literals, 2))

    def any_of(self, literals: Sequence[int]) -> Literal:
        """A literal that is true if and only if one of these is."""
        if len(literals) <= 1:
            return literals[0] if literals else False
        either = self.fresh()
        self.clauses.append([-either, *literals])
        self.clauses.extend([-one, either] for one in literals)
        return either

    def count(self, literals: Sequence[int], most: int) -> list[int]:
        """Literals "at least 1 of these", "at least 2", ... up to most + 1; true if it is so.

        Source   Bailleux, Boufkhad (2003) "Efficient CNF encoding of Boolean cardinality
                 constraints", CP 2003
        """
        if len(literals) <= 1:
            return list(literals)
        half = len(literals) // 2
        left, right = self.count(literals[:half], most), self.count(literals[half:], most)
        size = min(most + 1, len(left) + len(right))
        total = [self.fresh() for _ in range(size)]
        for one in range(len(left) + 1):
            for other in range(len(right) + 1):
                if one + other:
                    clause = [total[min(one + other, size) - 1]]
                    if one:
                        clause.append(-left[one - 1])
                    if other:
                        clause.append(-right[other - 1])
                    self.clauses.append(clause)
        return total

    def at_most(self, literals: Sequence[int], most: int) -> None:
        """No more than so many of these are true."""
        if most <= 0:
            self.clauses.extend([-one] for one in literals)
        elif len(literals) > most:
            self.clauses.append([-self.count(literals, most)[most]])
