"""What the organisers' own words of a letter may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hanse.commons.post.rules import placeholders_in, unknown_in
from hanse.events.rules.programme import refusal
from hanse.kit.refusals import Refusal

OF_REGISTRATION = (
    "name", "event", "series", "kind", "days", "first_day", "last_day", "number", "says", "link",
)  # fmt: skip
OF_INVITATION = (
    "name", "organisation", "event", "series", "days", "first_day", "last_day", "city", "link",
)  # fmt: skip
# What stands for what in each letter that may be worded.
PLACEHOLDERS: Mapping[str, Sequence[str]] = {
    "invitation": OF_INVITATION,
    "invitation_reminder": OF_INVITATION,
    "confirmed": OF_REGISTRATION,
    "waiting": (*OF_REGISTRATION, "position", "rule"),
    "asked": OF_REGISTRATION,
    "moved_up": OF_REGISTRATION,
    "refused": OF_REGISTRATION,
    "cancelled": OF_REGISTRATION,
    "feedback": OF_REGISTRATION,
    "called_off": ("name", "event", "series", "days", "first_day", "last_day", "why"),
    "delegation": ("name", "event", "places", "link"),
    "stranger_declined": (),
}
# Letters that ask for something are nothing without the way to answer.
NEED_A_LINK = frozenset({"invitation", "invitation_reminder", "feedback", "delegation"})
# Columns of an uploaded list stand in these as well.
TAKE_MORE = frozenset({"invitation", "invitation_reminder"})


def why_not_worded(code: str, text: str) -> Refusal | None:
    """
    >>> why_not_worded("invitation", "Come.").code, why_not_worded("cancelled", "{nope}").code
    ('letter_without_link', 'unknown_placeholder')
    """
    if code in NEED_A_LINK and "link" not in placeholders_in(text):
        return refusal("letter_without_link")
    if code not in TAKE_MORE and (unknown := unknown_in(text, PLACEHOLDERS[code])):
        return refusal("unknown_placeholder", names=unknown)
    return None
