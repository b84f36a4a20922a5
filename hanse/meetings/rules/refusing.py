"""A refusal of the meetings by its code."""

from __future__ import annotations

from hanse.kit.refusals import Refusal
from hanse.meetings.words import REFUSALS


def refusal(code: str, **facts: object) -> Refusal:
    return Refusal(code, REFUSALS[code], facts)
