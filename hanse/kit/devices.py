"""Devices that a browser could open to a page: closed, except where a page needs one."""

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
