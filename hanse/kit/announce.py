"""Facts that a domain announces, and what other domains show or do about them.

A domain below cannot import a domain above. It announces a typed fact, or asks for panels by the
name of a place; `hanse/project/wiring.py` says who reacts and who shows.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Reaction = Callable[[Any], None]
Panel = Callable[..., str]

_reactions: dict[type, tuple[Reaction, ...]] = {}
_panels: dict[str, tuple[Panel, ...]] = {}


def announce(fact: object) -> None:
    """Tell everyone whom the wiring names, now and in this transaction."""
    for react in _reactions.get(type(fact), ()):
        react(fact)


def panels(place: str, *subject: object) -> list[str]:
    """What other domains show at a place, in the order of the wiring."""
    return [panel(*subject) for panel in _panels.get(place, ())]


def wire(
    reactions: Mapping[type, Iterable[Reaction]], places: Mapping[str, Iterable[Panel]]
) -> None:
    """Take over the two tables; called once, by the wiring."""
    _reactions.clear()
    _reactions.update({fact: tuple(which) for fact, which in reactions.items()})
    _panels.clear()
    _panels.update({place: tuple(which) for place, which in places.items()})
