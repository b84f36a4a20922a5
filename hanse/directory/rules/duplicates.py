"""When two profiles may be one organisation: what agrees, and how much that weighs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hanse.kit.folding import words_of

# A number that identifies settles it; a shared page nearly; a name alone does not.
WEIGHTS: Mapping[str, float] = {
    "vat": 1.0,
    "pic": 1.0,
    "ror": 1.0,
    "register": 0.9,
    "website": 0.7,
    "name": 0.6,
    "similar_name": 0.4,
    "city": 0.2,
}
PROPOSED_FROM = 0.6
SIMILAR_FROM = 0.6
# What names of organisations share without being one.
SHARED = """
e ev v gmbh ggmbh mbh ag kg ug se sa sas sarl srl spa sl slu as asa ab oy oyj aps a s bv nv vzw asbl
snc srls coop scop ltd limited llc plc inc corp sp z o sro r kft zrt nyrt doo d ood eood ad eei
association verein stowarzyszenie fundacja foundation stiftung cluster klaster klastr clusters
the of de la le les und and et i y der die das
"""
LEGAL_FORMS = frozenset(SHARED.split())


@dataclass(frozen=True)
class Agreement:
    """What agrees, and the value on which both agree."""

    what: str
    value: str


def bearing_words(name: str) -> frozenset[str]:
    """The words of a name that tell one organisation from another.

    >>> sorted(bearing_words("Zweites Leben e. V."))
    ['leben', 'zweites']
    """
    words = words_of(name)
    bearing = (word for word in words if len(word) > 1 and word not in LEGAL_FORMS)
    return frozenset(bearing) or frozenset(words)


def likeness(first: Collection[str], second: Collection[str]) -> float:
    """Jaccard's coefficient of two sets of words.

    >>> likeness({"a", "b"}, {"b", "c"})
    0.3333333333333333
    """
    one, other = set(first), set(second)
    return len(one & other) / len(one | other) if one | other else 0.0


def agreement_of_names(firsts: Iterable[str], seconds: Iterable[str]) -> Agreement | None:
    """Whether one of the names of each is the same, or nearly."""
    best: Agreement | None = None
    for first in firsts:
        for second in seconds:
            alike = likeness(bearing_words(first), bearing_words(second))
            if alike == 1.0:
                return Agreement("name", first)
            if alike >= SIMILAR_FROM:
                best = Agreement("similar_name", f"{first} / {second}")
    return best


def weight_of(agreements: Sequence[Agreement]) -> float:
    """Weights of all that agrees, at most 1."""
    return min(1.0, round(sum(WEIGHTS[one.what] for one in agreements), 3))
