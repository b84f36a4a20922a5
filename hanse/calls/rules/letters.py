"""What the officers' own words of a letter may hold.

Own words take the place of the subject and of the beginning; what was decided, why, and the way to
the application stand below them in any case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hanse.calls.rules.cut_offs import refusal
from hanse.commons.post.rules import unknown_in
from hanse.kit.refusals import Refusal

OF_ALL = ("name", "organisation", "call", "number")
# What stands for what in each letter that may be worded.
PLACEHOLDERS: Mapping[str, Sequence[str]] = {
    "received": (*OF_ALL, "day"),
    "selected": OF_ALL,
    "reserve": (*OF_ALL, "place"),
    "rejected": OF_ALL,
    "ineligible": OF_ALL,
    "late_accepted": OF_ALL,
    "late_refused": OF_ALL,
    "summary_due": (*OF_ALL, "day"),
}


def letter_about(outcome: str, *, is_late: bool) -> str:
    """Each outcome has a letter of its own.

    >>> letter_about("selected", is_late=True), letter_about("reserve", is_late=False)
    ('late_accepted', 'reserve')
    """
    if is_late:
        return "late_accepted" if outcome == "selected" else "late_refused"
    return str(outcome)


def why_not_worded(code: str, text: str) -> Refusal | None:
    """
    >>> why_not_worded("selected", "{place}").code, why_not_worded("reserve", "{place}")
    ('unknown_placeholder', None)
    """
    unknown = unknown_in(text, PLACEHOLDERS[code])
    return refusal("unknown_placeholder", names=unknown) if unknown else None
