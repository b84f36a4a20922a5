from hanse.events.models.door import (
    AgendaFeed,
    Bookmark,
    Closing,
    Feedback,
    Scan,
    TicketKey,
)
from hanse.events.models.invitations import Delegation, Invitation, Stranger
from hanse.events.models.mails import MailText
from hanse.events.models.places import Place, Room, Walk
from hanse.events.models.programme import (
    Part,
    ProgrammeVersion,
    Session,
    SessionDocument,
    Speaker,
)
from hanse.events.models.seats import (
    Agreement,
    Booking,
    ConsentText,
    Need,
    Pool,
    Question,
    Registration,
    Team,
    TicketKind,
)
from hanse.events.models.series import Event, EventDay, Organiser, Series

__all__ = [
    "AgendaFeed", "Agreement", "Booking", "Bookmark", "Closing", "ConsentText", "Delegation",
    "Event", "EventDay", "Feedback", "Invitation", "MailText", "Need", "Organiser", "Part", "Place",
    "Pool", "ProgrammeVersion", "Question", "Registration", "Room", "Scan", "Series", "Session",
    "SessionDocument", "Speaker", "Stranger", "Team", "TicketKey", "TicketKind", "Walk",
]  # fmt: skip
