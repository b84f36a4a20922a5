"""Who may write to whom."""

from dataclasses import dataclass
from datetime import timedelta

from hanse.directory.words import REFUSALS_IN_TOUCH
from hanse.kit.refusals import Refusal

# Against advertising: so many conversations an organisation may begin within a day.
MOST_NEW_THREADS = 20
MOST_FILES = 5
LONGEST = 10_000
# A conversation without a new message for so long is deleted.
KEPT_FOR = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Sides:
    """What must be known of two organisations before one writes to the other."""

    name: str
    is_same: bool
    # The other side is published and somebody speaks for it.
    is_read: bool
    they_block: bool
    we_block: bool


def refusal(code: str, **facts: object) -> Refusal:
    return Refusal(code, REFUSALS_IN_TOUCH[code], facts)


def why_not_writable(sides: Sides) -> Refusal | None:
    """Of a block the other side learns no more than that a message cannot be sent."""
    if sides.is_same:
        return refusal("same_side")
    if not sides.is_read:
        return refusal("nobody_reads", name=sides.name)
    if sides.we_block:
        return refusal("you_block", name=sides.name)
    if sides.they_block:
        return refusal("cannot_be_sent", name=sides.name)
    return None


def why_no_new_thread(name: str, within_a_day: int) -> Refusal | None:
    if within_a_day >= MOST_NEW_THREADS:
        return refusal("too_many_threads", name=name, most=MOST_NEW_THREADS)
    return None


def why_not_sent(text: str, files: int) -> Refusal | None:
    if not text.strip():
        return refusal("nothing_written")
    if files > MOST_FILES:
        return refusal("too_many_files", most=MOST_FILES)
    return None
