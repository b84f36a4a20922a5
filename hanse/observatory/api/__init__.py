"""Public figures over HTTP: the same answers as the pages, JSON or CSV, no key."""

from hanse.observatory.api import figures, structure
from hanse.observatory.api.answers import router

__all__ = ["figures", "router", "structure"]
