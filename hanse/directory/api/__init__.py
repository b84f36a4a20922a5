"""The directory over HTTP: reading needs no key, writing that of a person."""

from hanse.directory.api import reading, writing
from hanse.directory.api.answers import router

__all__ = ["reading", "router", "writing"]
