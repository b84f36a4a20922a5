"""Full text in PostgreSQL: a tsvector for each passage, on the connection of the records.

Words are put in as they are (`array_to_tsvector`) and asked for as they are (a cast to `tsquery`),
so no text search configuration of the server ever folds or stems them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from hanse.ports.fulltext import Passage, all_spelled, read, spelled

MADE = (
    "CREATE TABLE IF NOT EXISTS fulltext_passage (id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS fulltext_passage_words ON fulltext_passage USING gin (words)",
)
PUT = """INSERT INTO fulltext_passage (id, words)
    SELECT id, array_to_tsvector(string_to_array(words, ' '))
    FROM unnest(%s::bigint[], %s::text[]) AS passage (id, words)
    ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words"""
# The server reads the inner query as text, so it is written by format() and not by us. A few
# thousand passages say well enough which words are common.
BEGINNING = """SELECT word FROM ts_stat(format(
        'SELECT words FROM fulltext_passage WHERE words @@ %%L::tsquery LIMIT 10000', %s::text))
    WHERE starts_with(word, %s) ORDER BY ndoc DESC, word COLLATE "C" LIMIT %s"""
AT_A_TIME = 10_000


@dataclass(frozen=True)
class PostgresText:
    """The words of passages in PostgreSQL."""

    def make(self) -> None:
        """Create the table and its index, where they are missing."""
        with connection.cursor() as cursor:
            for one in MADE:
                cursor.execute(one)

    def put(self, passages: Iterable[Passage]) -> None:
        """Keep passages, replacing those of the same number."""
        rows = ((number, " ".join(all_spelled(tokens))) for number, tokens in passages)
        with transaction.atomic(), connection.cursor() as cursor:
            for some in _batches(rows):
                cursor.execute(PUT, [list(some), list(some.values())])

    def remove(self, first: int, last: int) -> None:
        """Forget passages from first to last."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM fulltext_passage WHERE id BETWEEN %s AND %s", [first, last])

    def clear(self) -> None:
        """Forget all passages, without reading them."""
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE fulltext_passage")

    def holding_any(self, tokens: Sequence[str]) -> NDArray[np.int64]:
        """Passages that hold one of the words."""
        return _matching(" | ".join(f"'{word}'" for word in all_spelled(tokens)))

    def holding_prefix(self, prefix: str) -> NDArray[np.int64]:
        """Passages with a word that begins so."""
        beginning = spelled(prefix)
        return _matching(f"'{beginning}':*" if beginning else "")

    def words_beginning(self, prefix: str, most: int = 10) -> list[str]:
        """Words that begin so, those of most passages first."""
        beginning = spelled(prefix)
        if not beginning:
            return []
        with connection.cursor() as cursor:
            cursor.execute(BEGINNING, [f"'{beginning}':*", beginning, most])
            return [read(word) for (word,) in cursor.fetchall()]


def _batches(rows: Iterator[tuple[int, str]]) -> Iterator[dict[int, str]]:
    # A dictionary, because one statement must not meet the same passage twice.
    while some := dict(islice(rows, AT_A_TIME)):
        yield some


def _matching(query: str) -> NDArray[np.int64]:
    if not query:
        return np.empty(0, dtype=np.int64)
    with connection.cursor() as cursor:
        # One run of bytes instead of a hundred thousand rows: Python makes an object of each row.
        cursor.execute(
            "SELECT string_agg(int8send(id), ''::bytea) FROM fulltext_passage "
            "WHERE words @@ %s::tsquery",
            [query],
        )
        (numbers,) = cursor.fetchone()
    return np.sort(np.frombuffer(bytes(numbers or b""), dtype=">i8").astype(np.int64))
