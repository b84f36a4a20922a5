"""How large a file may be that a page takes.

    @takes_files(20)           at most 20 MB each
    @signed_in

Stands above the gate: nobody logs in to learn that the file was too large.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from hanse.kit.gate import Page
from hanse.kit.refusals import Refusal, Refused

MEGABYTE = 1024 * 1024


class TooLarge(Refused):
    """A file, or all that was sent at once, is larger than is taken; answered with 413."""


def takes_files(megabytes: int) -> Callable[[Page], Page]:
    """Whoever asks, a larger file is refused in words."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            for file in (one for _name, each in request.FILES.lists() for one in each):
                if (file.size or 0) > megabytes * MEGABYTE:
                    raise TooLarge(file_too_large(file.name or "", file.size or 0, megabytes))
            return page(request, *args, **kwargs)

        return guarded

    return guard


def file_too_large(name: str, size: int, most: int) -> Refusal:
    """The size is rounded up, so that it never reads as what is allowed."""
    return Refusal(
        "file_too_large",
        _("%(file)s has %(size)s MB, and at most %(most)s MB are taken."),
        {"file": name, "size": -(-size // MEGABYTE), "most": most},
    )


def too_much_at_once(size: int, most: int) -> Refusal:
    """Of everything that one form sends."""
    return Refusal(
        "too_much_at_once",
        _("What was sent has %(size)s MB, and at most %(most)s MB are taken at once."),
        {"size": -(-size // MEGABYTE), "most": most},
    )
