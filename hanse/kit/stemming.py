"""Take inflection off words, so that a search for one form finds the others.

One light stemmer for all languages of the platform, because a profile or a query seldom says which
language it is in. It works on folded words, by script: endings of number, case and article go as
long as enough of the word is left, then vowels at the end. How much must be left depends on how
easily an ending is part of a word: `-er` is a plural in Batterier and none in Polymer.

What it does not do: it takes no compounds apart (`Batterierecycling` is one word), knows no change
within a word (Haus and Häuser; Finnish and Irish stems that change), and joins no verb with its
noun (recycle and recycling stay two). Words of three letters stay as they are. Where a language
forms a doer by a plural's ending, a long doer may meet its deed (designer and design).
"""

import re
from functools import lru_cache

from hanse.kit.folding import words_of

LEAST = 4
CANTEEN = len("canteen")
# What is never an ending before another one: the stems of biomasa and ferrovia end so.
ONLY_LAST = ("s", "v", "w")

# What stays when an ending goes, in letters at least, and the endings. Gathered by us from
# grammars' tables of declension and tried on the pairs in the test.
LATIN = {
    4: "as es en em ow ov ami emi ach ech iich ych ymi imi ih owi ego eho emu ej ern erne erna "
    "oes ao ijiet",
    5: "is us os in ene arna iem om um og oga ega ama ima ok ek ak okat eket akat ban ben "
    "nak nek ilor elor ului urile iile oms ais ams iat iad iet "
    "anna acha ym im och uv inn",
    6: "er et ar an ad ed id ud ose ul ssa sta lla lta lle ksi",
}
GREEK = {
    4: "ματα ματων ματοσ ματι μα εων ιων ων ουσ οσ εσ εισ ασ ησ υσ",
}
CYRILLIC = {
    4: "иите ията ите ата ята ото ето ът ят ове овете ами ями ах ях ам ям ом ем "
    "ов ев ів ою ею ого ому их им ими ама има",
}
# Vowels at the end go one by one; a soft sign is as good as one, so is the j of batterij.
VOWELS = {"latin": "aeiouy", "greek": "αεηιουω", "cyrillic": "аеиоуюяіыэєьъ"}

# Endings that put another in their place, or that only stand after some letters.
CHANGED = (
    (re.compile(r"(?<=[^ei])aux$"), "al"),  # métaux, not réseaux or matériaux
    (re.compile(r"(?<=au)x$"), ""),
    (re.compile(r"(?:(?<=i)|(?<=nt)|(?<=et)|(?<=git))ais$"), "al"),  # materiais, digitais
    (re.compile(r"(?<=\w{4}g)in$"), "i"),  # energin, teknologin
    (re.compile(r"(?<=al)ele$"), ""),  # materialele
    (re.compile(r"(?<=e)uri$"), "u"),  # deșeuri
    (re.compile(r"(?<=\w{7}i)t$"), ""),  # materiaalit
    # Turkish: the vowel of the plural follows the word's, so materialer has none.
    (re.compile(r"(?<=[^eiou])(?<=\w{4}[^aeou])lar(?=i?$)|(?<=\w{4}a)lar(?=i?$)"), ""),
    (re.compile(r"(?<=\w{3}[eiou][^aeiou])ler(?=i?$)|(?<=\w{4}[eiou])ler(?=i?$)"), ""),
)

# Words that would meet another one, or miss themselves; read and decided one by one.
KEPT = {
    "police": "police",
    "polices": "police",
    "plane": "plane",
    "planes": "plane",
    "internet": "internet",
    "customer": "customer",
    "customers": "customer",
    "pasta": "pasta",
    "petroleum": "petroleum",
    "news": "news",
    "lens": "lens",
    "lenses": "lens",
    "grafen": "grafen",
    "texteis": "textil",
    "window": "window",
    "windows": "window",
    "proces": "proces",
    "succes": "succes",
    "congres": "congres",
}


def _by_length(endings: dict[int, str]) -> list[tuple[str, int]]:
    pairs = [(ending, least) for least, some in endings.items() for ending in some.split()]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


ENDINGS = {
    "latin": _by_length(LATIN),
    "greek": _by_length(GREEK),
    "cyrillic": _by_length(CYRILLIC),
}


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What the forms of a folded word have in common.

    >>> [stem(word) for word in ("battery", "batteries", "batterien", "batterij")]
    ['batter', 'batter', 'batter', 'batter']
    >>> stem("μπαταριων"), stem("батериите"), stem("gas"), stem("de60")
    ('μπαταρ', 'батер', 'gas', 'de60')
    """
    script = script_of(word)
    if script is None:
        return word
    if word in KEPT:
        return KEPT[word]
    bare = _without_plural(word) if script == "latin" else word
    # An ending may stand behind another: batteriernas is a genitive of an article of a plural.
    bare = _without_vowels(_without_ending(bare, script), script)
    if bare not in KEPT and not bare.endswith(ONLY_LAST):
        bare = _without_vowels(_without_ending(bare, script), script)
    if bare in KEPT:
        return KEPT[bare]
    return _plain_end(bare) if script == "latin" else bare


def tokens_of(text: str) -> list[str]:
    """The words of a text as full text keeps them: folded and stemmed.

    >>> tokens_of("Recykling baterii, Łódź")
    ['recykling', 'bater', 'lodz']
    """
    return [token for word in words_of(text) for token in tokens_of_word(word)]


def tokens_of_word(word: str) -> list[str]:
    """One stem; of a run of signs that is written without spaces its overlapping pairs.

    Chinese and Japanese do not part words: pairs of signs find each other without a dictionary.

    >>> tokens_of_word("大阪水素"), tokens_of_word("valves"), tokens_of_word("大")
    (['大阪', '阪水', '水素'], ['valv'], ['大'])
    """
    if len(word) > 1 and any(_is_unparted(sign) for sign in word):
        return [word[at : at + 2] for at in range(len(word) - 1)]
    return [stem(word)]


def _is_unparted(sign: str) -> bool:
    """Kana, and the signs that Chinese and Japanese share (Unicode blocks)."""
    return "\u3040" <= sign <= "\u30ff" or "\u3400" <= sign <= "\u9fff"


def script_of(word: str) -> str | None:
    """The script of a folded word; none for figures, codes and scripts that we do not stem."""
    if not word.isalpha():
        return None
    first, last = min(word), max(word)
    if first >= "a" and last <= "z":
        return "latin"
    if first >= "α" and last <= "ω":
        return "greek"
    return "cyrillic" if first >= "а" and last <= "ґ" else None


def _without_plural(word: str) -> str:
    for plural, singular in CHANGED:
        if len(word) > LEAST + 1 and plural.search(word):
            return plural.sub(singular, word)
    return word


def _without_ending(word: str, script: str) -> str:
    if script == "latin" and _ends_in_its_stem(word):
        return word
    for ending, least in ENDINGS[script]:
        if len(word) - len(ending) >= least and word.endswith(ending):
            return word.removesuffix(ending)
    if script == "latin" and len(word) >= LEAST and _has_plain_plural(word):
        return word[:-1]
    return word


def _ends_in_its_stem(word: str) -> bool:
    # vätgas and engineer are whole; technologieën, which is longer than canteen, is a plural.
    return word.endswith(("gas", "eer")) or (word.endswith("een") and len(word) <= CANTEEN)


def _has_plain_plural(word: str) -> bool:
    return word[-1] == "s" and word[-2] not in "aeiouysw"


def _without_vowels(word: str, script: str) -> str:
    if word.endswith("ee"):
        return word
    vowels = VOWELS[script]
    while len(word) > LEAST and (word[-1] in vowels or word.endswith("ij")):
        word = word[:-1]
    return word


def _plain_end(word: str) -> str:
    if len(word) <= LEAST:
        return word
    # fabbrica and fabbriche, metal and metaller
    if word.endswith(("ch", "gh")) or (word[-1] == word[-2] and word[-1] not in "aeiou"):
        return word[:-1]
    return word
