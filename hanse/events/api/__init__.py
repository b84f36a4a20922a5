"""Events over HTTP: what everybody sees needs no key, what organisers see theirs."""

from hanse.events.api import guests, organising, reading
from hanse.events.api.notes import router

__all__ = ["guests", "organising", "reading", "router"]
