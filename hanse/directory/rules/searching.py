"""What the search reads of a profile, how much each part weighs, and the terms of its filters."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

# Fields by their place in the number of a passage, and what a hit in one weighs. Never reorder:
# the number of a passage is that of the organisation times 32, plus the place.
PLACES: Sequence[tuple[str, float]] = (
    ("name", 8.0),
    ("other_name", 8.0),
    ("short_name", 8.0),
    ("competence", 5.0),
    ("offer", 5.0),
    ("seek", 3.0),
    ("service", 4.0),
    ("technology", 5.0),
    ("summary", 4.0),
    ("description", 2.0),
    ("sector", 3.0),
    ("ecosystem", 2.0),
    ("partnership", 2.0),
    ("city", 3.0),
    ("support_programme", 1.0),
    ("province", 1.0),
)
PASSAGES = 32
PLACE_OF: Mapping[str, int] = {field: place for place, (field, _weight) in enumerate(PLACES)}
WEIGHTS: Sequence[float] = tuple(weight for _field, weight in PLACES)
# A hit by meaning counts a little less than one by the very words.
BY_MEANING = 0.8
# Whoever says it in these words and elsewhere by meaning stands before those who do one of both.
BOTH = 0.25
# Stale profiles and listings that nobody claimed stand lower.
WHEN_STALE = 0.8
WHEN_LISTED = 0.7

SIZES: Sequence[tuple[str, int, int | None]] = (
    ("1-14", 0, 14),
    ("15-39", 15, 39),
    ("40-99", 40, 99),
    ("100-", 100, None),
)
NOT_STATED = "unknown"
# Fields whose codes are filters as they stand.
CODES = ("country", "region", "sector", "ecosystem", "competence", "language", "target_country")
# Concepts that an organisation has or offers, and those that it looks for; broader ones included.
GIVES, WANTS = "gives", "wants"
GIVING = ("competence", "offer", "service", "technology", "summary")
WANTING = ("seek",)
FACETS = ("kind", *CODES, "size", "label", "listed", "soon", GIVES, WANTS)


def size_of(members: int | None) -> str:
    """The class of size that a number of members falls into.

    >>> size_of(64), size_of(None)
    ('40-99', 'unknown')
    """
    if members is None:
        return NOT_STATED
    return next(name for name, _least, most in SIZES if most is None or members <= most)


def labels_held(values: Sequence[Mapping[str, Any]], today: date) -> list[str]:
    """Labels that are valid on a day; one without an end is valid."""
    return [one["label"] for one in values if not one["until"] or one["until"] >= today.isoformat()]
