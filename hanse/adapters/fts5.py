"""Full text in SQLite: an FTS5 table beside the records, on the connection of the records.

The tokenizer `ascii` parts words at ASCII marks alone and leaves every letter beyond ASCII as it
is, so words come out as they were put in; `unicode61` would fold and part them once more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from hanse.ports.fulltext import Passage, all_spelled, read, spelled

# Where in a passage a word stands is asked by nobody: `detail` and `columnsize` would cost space.
MADE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS fulltext_passage USING fts5(words,
        tokenize = "ascii tokenchars ':-_'", detail = none, columnsize = 0, prefix = '2 3')""",
    "CREATE VIRTUAL TABLE IF NOT EXISTS fulltext_word USING fts5vocab(fulltext_passage, row)",
)
AT_A_TIME = 10_000
LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True)
class Fts5:
    """The words of passages in SQLite."""

    def make(self) -> None:
        """Create the tables, where they are missing."""
        with connection.cursor() as cursor:
            for table in MADE:
                cursor.execute(table)

    def put(self, passages: Iterable[Passage]) -> None:
        """Keep passages, replacing those of the same number."""
        rows = ((number, " ".join(all_spelled(tokens))) for number, tokens in passages)
        with transaction.atomic(), connection.cursor() as cursor:
            for some in _batches(rows):
                cursor.executemany(
                    "INSERT OR REPLACE INTO fulltext_passage (rowid, words) VALUES (%s, %s)", some
                )

    def remove(self, first: int, last: int) -> None:
        """Forget passages from first to last."""
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM fulltext_passage WHERE rowid BETWEEN %s AND %s", [first, last]
            )

    def clear(self) -> None:
        """Forget all passages, without reading them."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS fulltext_word")
            cursor.execute("DROP TABLE IF EXISTS fulltext_passage")
            self.make()

    def holding_any(self, tokens: Sequence[str]) -> NDArray[np.int64]:
        """Passages that hold one of the words."""
        return _matching(" OR ".join(f'"{word}"' for word in all_spelled(tokens)))

    def holding_prefix(self, prefix: str) -> NDArray[np.int64]:
        """Passages with a word that begins so."""
        beginning = spelled(prefix)
        return _matching(f'"{beginning}" *' if beginning else "")

    def words_beginning(self, prefix: str, most: int = 10) -> list[str]:
        """Words that begin so, those of most passages first."""
        beginning = spelled(prefix)
        if not beginning:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT term FROM fulltext_word WHERE term >= %s AND term < %s "
                "ORDER BY doc DESC, term LIMIT %s",
                [beginning, beginning + LAST_LETTER, most],
            )
            return [read(term) for (term,) in cursor.fetchall()]


def _batches(rows: Iterator[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    while some := list(islice(rows, AT_A_TIME)):
        yield some


def _matching(query: str) -> NDArray[np.int64]:
    if not query:
        return np.empty(0, dtype=np.int64)
    with connection.cursor() as cursor:
        # One long text instead of a hundred thousand rows: Python makes an object of each row.
        cursor.execute(
            "SELECT group_concat(rowid, ' ') FROM fulltext_passage WHERE fulltext_passage MATCH %s",
            [query],
        )
        (numbers,) = cursor.fetchone()
    return np.sort(np.fromstring(numbers or "", dtype=np.int64, sep=" "))
