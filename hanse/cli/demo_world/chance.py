"""Chance that falls the same way every time: drawn from what it is for, never from a clock."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def number(*purpose: object) -> int:
    """A whole number that belongs to this purpose alone.

    >>> number("dolina-ogniw", "posts") == number("dolina-ogniw", "posts")
    True
    """
    words = "|".join(map(str, purpose)).encode()
    return int.from_bytes(blake2b(words, digest_size=8).digest(), "big")


def share(*purpose: object) -> float:
    return number(*purpose) % 1_000_000 / 1_000_000


def between(low: int, high: int, *purpose: object) -> int:
    """A whole number from low to high, both included."""
    return low + number(*purpose) % (high - low + 1)


def one_of(choices: Sequence[T], *purpose: object) -> T:
    return choices[number(*purpose) % len(choices)]


def some_of(choices: Sequence[T], count: int, *purpose: object) -> list[T]:
    """So many of the choices, in the order they stand."""
    drawn = sorted(range(len(choices)), key=lambda place: number(*purpose, place))[:count]
    return [choices[place] for place in sorted(drawn)]


def shuffled(choices: Sequence[T], *purpose: object) -> list[T]:
    places = sorted(range(len(choices)), key=lambda place: number(*purpose, place))
    return [choices[place] for place in places]
