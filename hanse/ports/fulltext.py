"""Full text: which passages hold which words.

A passage is a number of the caller's choosing and the words that it holds, folded and stemmed
before they come here (`kit.stemming`), so that every provider finds the same. Marks such as
`c:battery-recycling` are words like others. What a provider keeps can always be made again from
the records; it takes part in the caller's transaction.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Passage = tuple[int, Sequence[str]]

# No provider reads a word beyond it; PostgreSQL holds 2046 bytes.
LONGEST = 200

# Letters, figures and the marks of our own stand for themselves. Any other ASCII character would
# mean something to a provider (a quote, a space, NUL), so it moves into a private area of Unicode.
PRIVATE = 0xE000
_AWAY = {
    code: PRIVATE + code
    for code in range(128)
    if chr(code) not in ":-_" and not chr(code).isalnum()
} | {code: PRIVATE + code for code in range(ord("A"), ord("Z") + 1)}
_BACK = {private: code for code, private in _AWAY.items()}


class FullText(Protocol):
    """Keeps the words of passages and says which passages hold a word."""

    def make(self) -> None:
        """Create what the words are kept in, where it is missing."""
        ...

    def put(self, passages: Iterable[Passage]) -> None:
        """Keep passages; one that is there already holds only its new words from now on."""
        ...

    def remove(self, first: int, last: int) -> None:
        """Forget all passages from `first` to `last`, both included."""
        ...

    def clear(self) -> None:
        """Forget all passages."""
        ...

    def holding_any(self, tokens: Sequence[str]) -> "NDArray[np.int64]":
        """The passages that hold at least one of the words, ascending."""
        ...

    def holding_prefix(self, prefix: str) -> "NDArray[np.int64]":
        """The passages with a word that begins so, ascending; nothing begins with nothing."""
        ...

    def words_beginning(self, prefix: str, most: int = 10) -> list[str]:
        """Words that begin so, those of most passages first."""
        ...


Provider = Callable[[], FullText]
_providers: list[Provider] = []


def provide_fulltext(provider: Provider) -> None:
    """Say who keeps the full text; the last one to say so is asked."""
    _providers.append(provider)


def open_fulltext() -> FullText:
    """The full text of the records, where the records are."""
    if not _providers:
        raise LookupError("Nobody provides a full text: project/wiring.py says who does.")
    return _providers[-1]()


def spelled(token: str) -> str:
    """A word as providers write it: nothing in it can mean anything to them, and back by `read`.

    >>> spelled("c:battery-recycling"), spelled("μπαταρι")
    ('c:battery-recycling', 'μπαταρι')
    >>> spelled('a" OR "b').isidentifier() or " " in spelled('a" OR "b')
    False
    """
    # A lone surrogate has no UTF-8 at all.
    return token[:LONGEST].translate(_AWAY).encode("utf-8", "ignore").decode("utf-8")


def read(spelling: str) -> str:
    """The word behind a spelling."""
    return spelling.translate(_BACK)


def all_spelled(tokens: Iterable[str]) -> list[str]:
    """The words as providers write them, each once, empty ones left out."""
    return list(dict.fromkeys(filter(None, map(spelled, tokens))))
