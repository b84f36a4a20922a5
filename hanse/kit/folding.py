"""Fold text so that a search forgives accents, case and special letters."""

import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i"}
)


def fold(text: str) -> str:
    """Fold to lower case without marks: words compare equal however they were typed.

    >>> fold("Łódzkie, ÅLAND, Straße, Αττική")
    'lodzkie, aland, strasse, αττικη'
    """
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in taken_apart if not unicodedata.combining(letter))
    return bare.translate(LETTERS)


def words_of(text: str) -> list[str]:
    """Split folded text into its words.

    >>> words_of("Baden-Württemberg (DE1)")
    ['baden', 'wurttemberg', 'de1']
    """
    kept = "".join(letter if letter.isalnum() else " " for letter in fold(text))
    return kept.split()
