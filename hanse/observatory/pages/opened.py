"""Every page of figures needs the serving release; a house without one says how to make it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hanse.observatory.queries.figures import (
    DamagedRelease,
    NoRelease,
    Release,
    UnknownRegion,
    UnknownSector,
    release_named,
    serving_release,
)

log = structlog.get_logger("hanse.observatory")
Door = Callable[Concatenate[HttpRequest, ...], HttpResponse]
DoorOfFigures = Callable[Concatenate[HttpRequest, Release, ...], HttpResponse]


def with_release(door: DoorOfFigures) -> Door:
    """Hand the door the serving release; an unknown region or sector gives 404 in words."""

    @wraps(door)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            release = _asked(request)
        except NoRelease:
            return render(request, "observatory/no_release.html", status=503)
        try:
            return door(request, release, *args, **kwargs)
        except DamagedRelease as damage:
            log.exception("damaged_release", release=release.id, detail=str(damage))
            return render(request, "observatory/damaged.html", {"release": release}, status=503)
        except UnknownRegion as unknown:
            words = _("This release has no region %(code)s.") % {"code": unknown.args[0]}
            raise Http404(words) from unknown
        except UnknownSector as unknown:
            words = _("This release has no sector %(code)s.") % {"code": unknown.args[0]}
            raise Http404(words) from unknown

    return opened


def _asked(request: HttpRequest) -> Release:
    """The release that serves, or an earlier one that the address names."""
    name = request.GET.get("release", "")
    if not name:
        return serving_release()
    try:
        return release_named(name)
    except NoRelease:
        words = _("No release is called %(name)s here.") % {"name": name}
        raise Http404(words) from None
