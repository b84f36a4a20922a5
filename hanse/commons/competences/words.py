"""Words that stand between the words of a label and say nothing of their own."""

from typing import Final

# The languages in which concepts have labels: the columns of the vocabulary, in their order.
LANGUAGES: Final = (
    "en", "de", "fr", "bg", "cs", "da", "el", "es", "et", "fi", "ga", "hr", "hu", "it", "lt", "lv",
    "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv", "no", "tr",
)  # fmt: skip

# Folded, of all languages together: a profile seldom says which one it is in.
SMALL_WORDS: Final = frozenset(
    """
    of for the a an and in on to from with by at
    von vom der die das des dem den fur und aus zum zur mit im am auf bei
    de du des la le les l d et en pour par aux au dans sur
    del della dello dei delle degli dell di da dal dalla il lo gli e per con nel nella sul
    el los las y para por un una
    do dos das o os as em na no nas nos com ao
    van het een voor met uit op te
    z ze w we i na do dla od po o u k ku s so v vo pre pro a iz iza za od
    af av til og och fra fran med i pa for att ett en den det
    si cu din pentru la pe al ale a ai cel
    es a az egy
    ja
    ir un no uz ar par is
    ta tal il ghal u ta fi
    na an agus le ar as do
    ve icin ile
    και των τησ του τουσ την το τα οι η ο για απο με σε στην στο στον
    на за от с и в във със по до при у з для та
    """.split()  # noqa: SIM905 -- two hundred quoted words are harder to read
)

# Those of them that say “and”: “batteries and recycling” are two things. Some say “in” elsewhere.
CONJUNCTIONS: Final = frozenset(
    "and und et y e og och ja es si un ir agus u ve i a in en te ta και и та і".split()  # noqa: SIM905
)
