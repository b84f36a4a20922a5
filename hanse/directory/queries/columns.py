"""Every organisation that is found, as columns in memory: filters and their counts without SQL.

One process reads the rows once, 200,000 in a second or two, and from then on only what changed
since: rows of a later tick are appended and the older ones of the same organisation struck out.
A question is then a mask over the columns, a count one `bincount`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from hanse.directory.models import SearchRow, Tick
from hanse.directory.rules.searching import FACETS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNKNOWN = -1
# Beyond this part of struck-out rows the columns are read anew.
MOST_STRUCK_OUT = 0.2
FEW = 1000


@dataclass(frozen=True, eq=False)
class Facet:
    """The terms of one filter: entry `k` says that row `rows[k]` has the term `terms[k]`."""

    names: Sequence[str]
    rows: NDArray[np.int32]
    terms: NDArray[np.int32]
    numbers: Mapping[str, int] = field(default_factory=dict)

    def having(self, names: Iterable[str], length: int) -> NDArray[np.bool_]:
        """The rows that have one of these terms."""
        import numpy as np

        wanted = [self.numbers[name] for name in names if name in self.numbers]
        mask = np.zeros(length, dtype=bool)
        if wanted:
            mask[self.rows[np.isin(self.terms, wanted)]] = True
        return mask

    def counts(self, mask: NDArray[np.bool_]) -> dict[str, int]:
        """How many rows of the mask have each term; terms of none are left out."""
        import numpy as np

        counted = np.bincount(self.terms[mask[self.rows]], minlength=len(self.names))
        having = np.flatnonzero(counted).tolist()
        return {self.names[number]: int(counted[number]) for number in having}

    def of_row(self, row: int) -> list[str]:
        """The terms of one row."""
        import numpy as np

        first, last = np.searchsorted(self.rows, [row, row + 1])
        return [self.names[int(number)] for number in self.terms[first:last]]


@dataclass(frozen=True, eq=False)
class Columns:
    """Rows in the order in which they were read; `is_found` strikes out what no longer counts."""

    tick: int
    numbers: NDArray[np.int64]
    is_found: NDArray[np.bool_]
    members: NDArray[np.int32]
    confirmed: NDArray[np.int32]
    facets: Mapping[str, Facet]
    row_of_number: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.numbers)

    def rows_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of each organisation; `UNKNOWN` for one that is not found."""
        import numpy as np

        if len(self.row_of_number) == 0:
            return np.full(len(numbers), UNKNOWN, dtype=np.int64)
        inside = (numbers >= 0) & (numbers < len(self.row_of_number))
        rows = np.full(len(numbers), UNKNOWN, dtype=np.int64)
        rows[inside] = self.row_of_number[numbers[inside]]
        return rows


_held: list[Columns] = []
_lock = threading.Lock()


def columns() -> Columns:
    """The columns as of now."""
    tick = Tick.objects.values_list("number", flat=True).first() or 0
    held = _held[0] if _held else None
    if held and held.tick == tick:
        return held
    with _lock:
        held = _held[0] if _held else None
        if held is None or tick < held.tick:
            held = read(tick)
        elif held.tick < tick:
            held = read(tick, held)
        _held[:] = [held]
        return held


def forget() -> None:
    """Read anew at the next question: after a restore, and between tests."""
    _held.clear()


def read(tick: int, before: Columns | None = None) -> Columns:
    """The columns as of a tick; what came after `before` is appended to it."""
    import numpy as np

    later = SearchRow.objects.filter(tick__gt=before.tick if before else 0)
    told = later.values_list("organisation", "terms", "members", "confirmed_on")
    fresh = made_of(list(told.order_by("organisation")), tick)
    if before is None:
        return fresh
    joined = joined_of(before, fresh)
    struck_out = len(joined) - int(np.count_nonzero(joined.is_found))
    if struck_out > MOST_STRUCK_OUT * len(joined) + FEW:
        return read(tick)
    return joined


Row = tuple[int, str, int | None, date | None]


def made_of(rows: Sequence[Row], tick: int) -> Columns:
    """Columns of these rows alone."""
    import numpy as np

    entries: dict[str, tuple[list[int], list[int], dict[str, int]]] = {
        name: ([], [], {}) for name in FACETS
    }
    for at, (_number, terms, _members, _confirmed) in enumerate(rows):
        for term in terms.split(" ") if terms else ():
            facet, _colon, name = term.partition(":")
            if facet in entries:
                where, which, known = entries[facet]
                where.append(at)
                which.append(known.setdefault(name, len(known)))
    numbers = np.array([row[0] for row in rows], dtype=np.int64)
    return Columns(
        tick=tick,
        numbers=numbers,
        is_found=np.array([bool(row[1]) for row in rows], dtype=bool),
        members=np.array([UNKNOWN if row[2] is None else row[2] for row in rows], dtype=np.int32),
        confirmed=np.array([row[3].toordinal() if row[3] else 0 for row in rows], dtype=np.int32),
        facets={
            name: Facet(
                list(known), np.array(where, dtype=np.int32), np.array(which, dtype=np.int32), known
            )
            for name, (where, which, known) in entries.items()
        },
        row_of_number=placed(numbers, np.arange(len(numbers)), UNKNOWN),
    )


def placed(numbers: NDArray[np.int64], rows: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """Rows by the number of their organisation."""
    import numpy as np

    most = max(int(numbers.max()) + 1 if len(numbers) else 0, length)
    places = np.full(most, UNKNOWN, dtype=np.int64)
    places[numbers] = rows
    return places


def joined_of(before: Columns, later: Columns) -> Columns:
    """Rows appended; of organisations in both the earlier row is struck out."""
    import numpy as np

    is_found = before.is_found.copy()
    older = before.rows_of(later.numbers)
    is_found[older[older != UNKNOWN]] = False
    row_of_number = placed(
        later.numbers, np.arange(len(later)) + len(before), len(before.row_of_number)
    )
    untouched = row_of_number[: len(before.row_of_number)] == UNKNOWN
    row_of_number[: len(before.row_of_number)][untouched] = before.row_of_number[untouched]
    return Columns(
        tick=later.tick,
        numbers=np.concatenate([before.numbers, later.numbers]),
        is_found=np.concatenate([is_found, later.is_found]),
        members=np.concatenate([before.members, later.members]),
        confirmed=np.concatenate([before.confirmed, later.confirmed]),
        facets={
            name: joined_facet(before.facets[name], later.facets[name], len(before))
            for name in FACETS
        },
        row_of_number=row_of_number,
    )


def joined_facet(before: Facet, later: Facet, shift: int) -> Facet:
    import numpy as np

    numbers = dict(before.numbers)
    translated = np.array(
        [numbers.setdefault(name, len(numbers)) for name in later.names], dtype=np.int32
    )
    terms = translated[later.terms] if len(later.terms) else later.terms
    return Facet(
        list(numbers),
        np.concatenate([before.rows, later.rows + np.int32(shift)]),
        np.concatenate([before.terms, terms]),
        numbers,
    )
