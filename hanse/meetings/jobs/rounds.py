"""What is done once a day for the meetings."""

from __future__ import annotations

from django_tasks import task

from hanse.meetings.actions.booking import expire_requests
from hanse.meetings.actions.outcomes import ask_later
from hanse.meetings.actions.telling import (
    live_markets,
    remind_of_wishes,
    remind_unanswered,
    tell_everybody,
)


@task
def daily_round() -> None:
    """New wishes are told, whoever has not answered or said anything is reminded;
    half a year after an event, what came of its meetings is asked.
    """
    for market in live_markets():
        tell_everybody(market)
        remind_unanswered(market)
        remind_of_wishes(market)
        expire_requests(market)
    ask_later()
