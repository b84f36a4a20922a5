"""Whether a wish or an answer can be said now, and how one's own wish stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hanse.kit.refusals import Refusal
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.words import SAID_FIRST, WANTED, Standing, Strength

WISHES = (Strength.MUST, Strength.LIKE)


@dataclass(frozen=True)
class Limits:
    """What the organisers set; None: no limit."""

    opens: datetime | None = None
    wishes_until: datetime | None = None
    answers_until: datetime | None = None
    most_wishes: int | None = None
    most_musts: int = 5


@dataclass(frozen=True)
class Counted:
    """A party's own wishes, the one in question left out."""

    wishes: int = 0
    musts: int = 0


def why_no_wish(
    strength: str,
    limits: Limits,
    counted: Counted,
    now: datetime,
    when: Callable[[datetime], str],
    *,
    answers: bool,
) -> Refusal | None:
    """Why this cannot be said; `answers`: the other side wishes to meet, so this answers it.

    “No thanks” is an answer as long as answers are taken, whatever became of the wishes.
    """
    if strength not in (WANTED if answers else SAID_FIRST) and strength != Strength.NO:
        return refusal("no_such_strength")
    if limits.opens and now < limits.opens:
        return refusal("wishes_later", when=when(limits.opens))
    last = limits.answers_until or limits.wishes_until
    if last and now > last:
        return refusal("answers_ended", when=when(last))
    if answers or strength == Strength.NO:
        late = False
    else:
        late = bool(limits.wishes_until and now > limits.wishes_until)
    if late and limits.wishes_until:
        return refusal("wishes_ended", when=when(limits.wishes_until))
    return why_too_many(strength, limits, counted)


def why_too_many(strength: str, limits: Limits, counted: Counted) -> Refusal | None:
    """Answers that accept are not counted: whoever is asked much may accept much.

    >>> why_too_many("must", Limits(most_musts=1), Counted(wishes=1, musts=1)).code
    'too_many_musts'
    >>> why_too_many("accept", Limits(most_wishes=1), Counted(wishes=1)) is None
    True
    """
    if strength not in WISHES:
        return None
    if limits.most_wishes is not None and counted.wishes >= limits.most_wishes:
        return refusal("too_many_wishes", most=limits.most_wishes)
    if strength == Strength.MUST and counted.musts >= limits.most_musts:
        return refusal("too_many_musts", most=limits.most_musts)
    return None


def standing_of(
    made: datetime,
    answer: str,
    answered: datetime | None,
    now: datetime,
    last: datetime | None,
) -> Standing:
    """How a wish stands for whoever said it.

    Somebody who said “no thanks” before they were asked has not answered: if that showed at once,
    it would show what they said in private. It shows when answers end, as with everybody silent.

    >>> from datetime import datetime
    >>> at = [datetime(2027, 1, day) for day in range(1, 5)]
    >>> standing_of(at[1], "no", at[2], at[3], None).value
    'no_meeting'
    >>> standing_of(at[1], "no", at[0], at[2], at[3]).value
    'waits'
    >>> standing_of(at[0], "like", at[1], at[1], None).value
    'both'
    """
    if answer in WANTED:
        return Standing.BOTH
    declined = answer == Strength.NO and answered is not None and answered > made
    if declined or (last is not None and now > last):
        return Standing.NO_MEETING
    return Standing.WAITS
