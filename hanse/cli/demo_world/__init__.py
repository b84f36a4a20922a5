"""The invented world of the directory as plain values: nobody in it exists."""

from hanse.cli.demo_world.exchange import news, open_calls, requests, shared_events
from hanse.cli.demo_world.organisations import keepers, organisations
from hanse.cli.demo_world.people import people
from hanse.cli.demo_world.projects import projects

__all__ = [
    "shared_events",
    "keepers",
    "news",
    "open_calls",
    "organisations",
    "people",
    "projects",
    "requests",
]
