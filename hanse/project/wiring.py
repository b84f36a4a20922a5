"""Who provides what, and what happens when: the visible tables of the house."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hanse.kit import announce

# A fact that a domain announces, and who reacts.
REACTIONS: Mapping[type, Sequence[Callable[[Any], None]]] = {}

# A place on a page of a lower domain, and what higher domains show there.
PANELS: Mapping[str, Sequence[Callable[..., str]]] = {}


def connect() -> None:
    announce.wire(REACTIONS, PANELS)
