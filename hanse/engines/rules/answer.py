"""Three answers and how they combine."""

from collections.abc import Iterable
from enum import StrEnum


class Answer(StrEnum):
    """Met, not met, or not yet known."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


def all_of(answers: Iterable[Answer]) -> Answer:
    """Not met where one is not met; met where all are; else not yet known. Of nothing: met.

    >>> all_of([Answer.MET, Answer.UNKNOWN])
    <Answer.UNKNOWN: 'unknown'>
    >>> all_of([Answer.UNKNOWN, Answer.UNMET])
    <Answer.UNMET: 'unmet'>
    """
    given = set(answers)
    if Answer.UNMET in given:
        return Answer.UNMET
    return Answer.UNKNOWN if Answer.UNKNOWN in given else Answer.MET


def any_of(answers: Iterable[Answer]) -> Answer:
    """Met where one is met; not met where none is; else not yet known. Of nothing: not met.

    >>> any_of([Answer.UNMET, Answer.UNKNOWN])
    <Answer.UNKNOWN: 'unknown'>
    """
    return opposite(all_of(opposite(answer) for answer in answers))


def opposite(answer: Answer) -> Answer:
    """Met and not met change places; what is not known stays so."""
    return {Answer.MET: Answer.UNMET, Answer.UNMET: Answer.MET}.get(answer, answer)
