"""Conventions of a method by name: what the caller said, what a peer does, what we do otherwise."""

from collections.abc import Iterable, Mapping
from typing import Any

from hanse.engines.faults import UnknownConvention

# Packages whose numbers can be asked for by `like`.
ECONGEO = "econgeo"  # EconGeo (R), P.-A. Balland
ECONOMICCOMPLEXITY = "economiccomplexity"  # economiccomplexity (R), M. Vargas Sepulveda
ECOMPLEXITY = "ecomplexity"  # py-ecomplexity (Python), Growth Lab at Harvard University


def chosen(
    ours: Mapping[str, Any],
    theirs: Mapping[str, Mapping[str, Any]],
    like: str | None,
    given: Mapping[str, Any],
) -> dict[str, Any]:
    """The conventions in force: what was given, then the preset's, then ours. None = not given.

    Errors    UnknownConvention for a preset that the method does not have.

    >>> chosen({"scale": 1, "own": True}, {"econgeo": {"scale": 100}}, "econgeo", {"own": None})
    {'scale': 100, 'own': True}
    """
    if like is not None:
        one_of("like", like, theirs)
    said = {name: value for name, value in given.items() if value is not None}
    return {**ours, **(theirs[like] if like else {}), **said}


def one_of(name: str, value: object, known: Iterable[object]) -> None:
    """Let a value pass that is among those known.

    Errors    UnknownConvention, naming those there are.

    >>> one_of("scale", 1000, (1, 100))
    Traceback (most recent call last):
    hanse.engines.faults.UnknownConvention: scale=1000: there are 1, 100
    """
    those = tuple(known)
    if value not in those:
        names = ", ".join(repr(each) for each in those)
        raise UnknownConvention(f"{name}={value!r}: there are {names}")
