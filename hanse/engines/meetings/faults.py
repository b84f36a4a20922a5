"""What can be wrong with an event that is to be planned: named errors that say where."""

from hanse.engines.faults import Unfit


class Unreadable(Unfit):
    """The file is not of the form that it should be of; the message names the place."""

    code = "unreadable"


class UnknownNumber(Unfit):
    """A participant, slot, table or meeting that does not exist."""

    code = "unknown_number"


class SelfMeeting(Unfit):
    """A meeting of somebody, or of a party, with themselves."""

    code = "self_meeting"


class MeetingTwice(Unfit):
    """The same sides ask for a meeting twice."""

    code = "meeting_twice"


class OutOfRange(Unfit):
    """A number that is too small or too large for what it says."""

    code = "out_of_range"
