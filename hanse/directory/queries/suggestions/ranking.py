"""Scores into an order: evidence times weights, countries spread, the best with their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hanse.directory.models import Membership, Organisation
from hanse.directory.queries.columns import UNKNOWN, Columns, columns
from hanse.directory.queries.partners import direct_partners, partner_scores
from hanse.directory.queries.suggestions.asked import Seeker
from hanse.directory.queries.suggestions.evidence import evidence
from hanse.directory.queries.suggestions.reasons import Reason, reasons_for
from hanse.directory.rules.suggesting import FOR_A_TARGET, KINDS, PER_COUNTRY

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LOOKED_AT = 200


@dataclass(frozen=True)
class Suggestion:
    """Somebody who fits: reasons for either side, what speaks against it, and the score."""

    organisation: Organisation
    score: float
    parts: Mapping[str, float]
    for_us: Sequence[Reason]
    for_them: Sequence[Reason]
    against: Sequence[Reason]


@dataclass(frozen=True)
class Suggestions:
    seeker: Seeker
    found: Sequence[Suggestion]
    candidates: int


def suggest(seeker: Seeker, most: int = 10, among: Collection[int] | None = None) -> Suggestions:
    """The best few with their reasons, of everybody or among some. Each is carried by evidence of
    substance: a shared language or a like size alone suggests nobody."""
    import numpy as np

    held = columns()
    parts = evidence(seeker, held)
    total, carried = np.zeros(len(held)), np.zeros(len(held))
    for code, part in parts.items():
        weighed = seeker.weights[code] * part * (FOR_A_TARGET.get(code, 1) if seeker.target else 1)
        total += weighed
        carried += weighed if KINDS[code].carries else 0.0
    mask = held.is_found & (carried > 0) & ~_left_out(seeker, held)
    if among is not None:
        mask &= np.isin(held.numbers, np.array(sorted(among), dtype=np.int64))
    if seeker.target:
        # Whoever says what they need wants those who have it; else whose sector makes it.
        having = mask & (parts["they_offer"] > 0)
        mask = (
            having if having.any() else mask & bool(seeker.target_sectors) & (parts["sectors"] > 0)
        )
    rows = np.flatnonzero(mask)
    order = rows[np.lexsort((held.numbers[rows], -np.round(total[rows], 9)))]
    chosen = _spread(order[:LOOKED_AT], total, held, most) if seeker.diverse else order[:most]
    numbers = [int(held.numbers[row]) for row in chosen]
    organisations = Organisation.objects.in_bulk(numbers)
    said = reasons_for(seeker, [organisations[number] for number in numbers])
    return Suggestions(
        seeker,
        [
            Suggestion(
                organisation=organisations[number],
                score=float(total[row]),
                parts={
                    code: float(seeker.weights[code] * part[row])
                    for code, part in parts.items()
                    if part[row]
                },
                for_us=said[number].for_us,
                for_them=said[number].for_them,
                against=said[number].against,
            )
            for number, row in zip(numbers, chosen, strict=True)
        ],
        candidates=len(rows),
    )


def _left_out(seeker: Seeker, held: Columns) -> NDArray[np.bool_]:
    """Itself, its own members and clusters, whom it declined, and as its ties are wished."""
    import numpy as np

    own = seeker.organisation
    sides = Membership.objects.filter(until__isnull=True)
    left = {own.pk, *seeker.declined}
    left |= set(sides.filter(cluster=own).values_list("member", flat=True))
    left |= set(sides.filter(member=own).values_list("cluster", flat=True))
    partners = direct_partners(own.pk) if seeker.ties != "any" else set()
    if seeker.ties == "strangers":
        left |= partners
    mask = np.zeros(len(held), dtype=bool)
    rows = held.rows_of(np.array(sorted(left), dtype=np.int64))
    mask[rows[rows != UNKNOWN]] = True
    if seeker.ties == "friends":
        near, _scores = partner_scores(own.pk)
        known = held.rows_of(np.array(sorted({*near.tolist(), *partners}), dtype=np.int64))
        friends = np.zeros(len(held), dtype=bool)
        friends[known[known != UNKNOWN]] = True
        mask |= ~friends
    return mask


def _spread(
    order: NDArray[np.int64], total: NDArray[np.float64], held: Columns, most: int
) -> list[int]:
    """Taken one by one: each further one of a country counts less."""
    countries = {int(row): (held.facets["country"].of_row(int(row)) or [""])[0] for row in order}
    left = [int(row) for row in order]
    taken: list[int] = []
    seen: Counter[str] = Counter()
    while left and len(taken) < most:
        best = max(left, key=lambda row: (total[row] * PER_COUNTRY ** seen[countries[row]], -row))
        left.remove(best)
        taken.append(best)
        seen[countries[best]] += 1
    return taken
