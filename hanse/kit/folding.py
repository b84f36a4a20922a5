"""Fold text so that a search forgives accents, case and special letters."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Letters that Unicode does not take apart into a base letter and a mark.
LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ŧ": "t",
    }
)
# Soft hyphens and joiners stand within words of texts that were set for print.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def fold(text: str) -> str:
    """Fold to lower case without marks: words compare equal however they were typed.

    >>> fold("Łódzkie, ÅLAND, Straße, Αττική")
    'lodzkie, aland, strasse, αττικη'
    """
    taken_apart = unicodedata.normalize("NFKD", text.translate(UNSEEN).casefold())
    bare = "".join(letter for letter in taken_apart if not unicodedata.combining(letter))
    return bare.translate(LETTERS)


def words_of(text: str) -> list[str]:
    """Split folded text into its words.

    >>> words_of("Baden-Württemberg (DE1)")
    ['baden', 'wurttemberg', 'de1']
    """
    kept = "".join(letter if letter.isalnum() else " " for letter in fold(text))
    return kept.split()


def words_with_places(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of `words_of`, each with where it stands in the text as it was written.

    >>> list(words_with_places("Łódź: STRASSE"))
    [('lodz', 0, 4), ('strasse', 6, 13)]
    """
    for run in RUN.finditer(text):
        written = run.group()
        # Half of all words are ASCII, for which lower case is all there is to fold.
        for word in [written.lower()] if written.isascii() else _words_within(written):
            yield word, run.start(), run.end()


# Letters and figures with marks that stand apart from them, and what is unseen between them.
RUN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])*")


@lru_cache(maxsize=50_000)
def _words_within(written: str) -> tuple[str, ...]:
    return tuple(words_of(written))
