"""/healthz says what works: JSON for machines, a page for people, 503 without what is needed."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hanse.commons.work.models import Heartbeat
from hanse.commons.work.queries import last_heartbeat
from hanse.kit.gate import public
from hanse.observatory.queries.figures import NoRelease, serving_release

SILENCE = timedelta(minutes=2)
LEAST_FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    code: str
    name: str | Promise
    works: bool
    says: str | Promise
    essential: bool = False


def records() -> Finding:
    try:
        with transaction.atomic():
            Heartbeat.objects.create(worker="probe", at=timezone.now())
            transaction.set_rollback(True)
    except DatabaseError:
        return Finding("records", _("Records"), False, _("cannot be written"), essential=True)
    return Finding("records", _("Records"), True, _("can be written"), essential=True)


def worker() -> Finding:
    try:
        last = last_heartbeat()
    except DatabaseError:
        last = None
    if last is None:
        return Finding("worker", _("Background work"), False, _("no worker has reported yet"))
    if timezone.now() - last > SILENCE:
        return Finding("worker", _("Background work"), False, _("the worker is silent"))
    return Finding("worker", _("Background work"), True, _("the worker reports"))


def figures() -> Finding:
    try:
        release = serving_release()
        readable = bool(release.regions)
    except NoRelease:
        return Finding("figures", _("Figures"), False, _("there is no release yet"))
    except (OSError, ValueError, KeyError):
        readable = False
    if not readable:
        return Finding("figures", _("Figures"), False, _("the release cannot be read"))
    return Finding("figures", _("Figures"), True, release.id)


def disk() -> Finding:
    free = shutil.disk_usage(settings.VAR).free
    says = _("%(count)s MB free") % {"count": free // 1024**2}
    return Finding("disk", _("Disk"), free > LEAST_FREE_BYTES, says)


EXAMINATIONS: Sequence[Callable[[], Finding]] = (records, worker, figures, disk)


@public
def health(request: HttpRequest) -> HttpResponse:
    findings = [examine() for examine in EXAMINATIONS]
    works = all(one.works for one in findings if one.essential)
    status = HTTPStatus.OK if works else HTTPStatus.SERVICE_UNAVAILABLE
    if request.accepts("text/html") and "text/html" in request.headers.get("Accept", ""):
        facts = {"findings": findings, "works": works, "version": program_version()}
        return render(request, "web/health.html", facts, status=status)
    parts = {one.code: {"works": one.works, "says": str(one.says)} for one in findings}
    return JsonResponse(
        {"works": works, "version": program_version(), "parts": parts},
        status=status,
        headers={"Cache-Control": "no-store"},
    )


def program_version() -> str:
    try:
        return version("hanse")
    except PackageNotFoundError:
        return "0"
