from hanse.meetings.models.market import (
    Marketplace,
    MeetingSlot,
    MeetingTable,
    PairRule,
    Party,
    Representative,
    Wish,
    WishLetter,
)
from hanse.meetings.models.outcomes import Outcome
from hanse.meetings.models.plan import (
    Draft,
    Meeting,
    MeetingSeat,
    Outlook,
    PublishedPlan,
    SlotRequest,
)

__all__ = [
    "Draft", "Marketplace", "Meeting", "MeetingSeat", "MeetingSlot", "MeetingTable", "Outcome",
    "Outlook", "PairRule", "Party", "PublishedPlan", "Representative", "SlotRequest", "Wish",
    "WishLetter",
]  # fmt: skip
