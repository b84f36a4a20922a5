"""The reader's device: what a page may open on it, and under which mark a page is kept on it."""

from typing import Any

from django.http import HttpResponse
from django.utils.crypto import salted_hmac

DEVICES = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip


def permissions(needed: str = "") -> str:
    """The head `Permissions-Policy`: everything closed, `needed` open to our own pages.

    >>> permissions("camera").split(", ")[:2]
    ['accelerometer=()', 'camera=(self)']
    """
    return ", ".join(f"{one}=({'self' if one == needed else ''})" for one in DEVICES)


def mark_of(person: Any) -> str:
    """What a device calls a person: it tells people apart and says nothing of them."""
    if not getattr(person, "is_authenticated", False):
        return ""
    return salted_hmac("hanse.kit.devices", str(person.pk)).hexdigest()[:20]


def kept_for(person: Any, response: HttpResponse) -> HttpResponse:
    """A page that this person's device may keep, and nobody else's."""
    response["Kept-For"] = mark_of(person)
    return response
