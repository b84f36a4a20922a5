"""Sending mail. `open_post()` gives whoever the wiring has appointed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Mail:
    """A mail, ready to go."""

    to: str
    sender: str
    subject: str
    text: str
    html: str = ""
    # Where one POST without a log-in ends such mails (RFC 8058).
    unsubscribe: str = ""


class NotDelivered(Exception):  # noqa: N818 -- a state of the world
    """The mail was not accepted; the text says why, for an operator."""


class NotNow(NotDelivered):
    """The mail was not accepted now; a later try may succeed."""


class Post(Protocol):
    """Somebody who carries mails."""

    def carry(self, mail: Mail) -> None:
        """Hand the mail over, or raise NotDelivered."""


_appointed: list[Callable[[], Post]] = []


def appoint(make: Callable[[], Post]) -> None:
    """Say who carries mails from now on; called by the wiring."""
    _appointed[:] = [make]


def open_post() -> Post:
    """Whoever carries mails today."""
    return _appointed[0]()
