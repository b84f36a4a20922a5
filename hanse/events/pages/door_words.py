"""What the door and its script say, beside the answers to a ticket."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hanse.events.rules.door import is_far
from hanse.events.words import AT_THE_DOOR


def clock_said(at: datetime) -> str:
    if not is_far(at, timezone.now()):
        return ""
    return _(
        "The clock of this device is more than a year off: set it. Until then what it sends "
        "counts from when it arrives."
    )


def words_of_the_door() -> dict[str, Any]:
    """What the script of the page says, in the reader's language."""
    return {
        "answers": {code: [str(head), str(text)] for code, (head, text) in AT_THE_DOOR.items()},
        "kept": _("kept on this device"),
        "list": _("list of %(time)s, %(count)s names"),
        "no_list": _("No list is kept on this device yet. Open this page once with a network."),
        "age": _(
            "The list is %(minutes)s minutes old. Not known here: what was cancelled "
            "or confirmed since %(time)s, and who was let in at other doors since."
        ),
        "unsent": _("%(count)s not yet sent"),
        "sent": _("Everything is sent"),
        "logged_out": _("Log in again on this device: what it kept is sent then."),
        "no_crypto": _("This browser cannot check signatures here. Let in by name only."),
        "no_camera": _("No camera is open to this page. Type the code or the name."),
        "nobody": _("Nobody of this name is on the list. Register a walk-in below."),
        "empty": _("Type a code or a name."),
        "let_in": pgettext("at a door", "Let in"),
        "offline": _("decided without a network"),
        "count": _("%(came)s of %(expected)s are in"),
        "walked_in": _("Registered on this device. Whether a seat is free, is said on sending."),
        "waits": _("waits for the network"),
        "unread": _("The answer could not be read. It is tried again."),
        "forgotten": _("List and scans are no longer on this device."),
    }
