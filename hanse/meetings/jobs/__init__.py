"""What takes longer than a page, and what is done once a day."""

from hanse.meetings.jobs.outlooks import start_answering
from hanse.meetings.jobs.planning import start_planning
from hanse.meetings.jobs.rounds import daily_round

__all__ = ["daily_round", "start_answering", "start_planning"]
