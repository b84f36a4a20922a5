"""Bring a file of organisations: upload, preview of what it would do, confirm, take back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.directory.access import imports_visible_to, is_officer, may_take_in
from hanse.directory.actions.imports import (
    Asked,
    keep_rows,
    listing_of,
    look_through,
    take_back,
    take_in_file,
)
from hanse.directory.forms.imports import ImportForm
from hanse.directory.jobs import start_looking, start_taking_in
from hanse.directory.models import Import
from hanse.directory.transfers.tables import MOST_BYTES, read_file
from hanse.directory.words import FIELDS, RowOutcome
from hanse.kit.gate import gate, signed_in, whoever
from hanse.kit.refusals import Refused
from hanse.kit.uploads import takes_files

# Files of more rows are looked through in the background.
AT_ONCE = 300
ROWS = 50
# In the order of the preview: what needs a look first.
ORDER = (
    RowOutcome.REFUSED, RowOutcome.ALIKE, RowOutcome.CHANGED, RowOutcome.NEW, RowOutcome.UNCHANGED,
)  # fmt: skip


@takes_files(20)
@signed_in
def imports(request: HttpRequest) -> HttpResponse:
    me = whoever(request)
    form = ImportForm(request.POST or None, request.FILES or None, is_office=is_officer(me))
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                return redirect(brought(form.cleaned_data, me))
            except Refused as no:
                form.add_error("file", str(no))
    context = {"form": form, "mine": imports_visible_to(me)[:20], "office": is_officer(me)}
    return render(request, "directory/imports.html", context, status=status)


def brought(given: dict[str, Any], me: Any) -> Import:
    """The file, read and looked through; a large one by a job."""
    upload = given["file"]
    read = read_file(upload.name, upload.read(MOST_BYTES + 1))
    asked = Asked(
        me,
        is_listing=bool(given.get("listing")),
        kind=given["kind"],
        takes_alike=given["takes_alike"],
        listing=listing_of(upload.name),
    )
    kept = keep_rows(read.name, read.digest, read.encoding, read.rows, read.unread, asked)
    if kept.count <= AT_ONCE:
        return look_through(kept)
    start_looking(kept, by=me)
    return kept


@gate(may_take_in, find=imports_visible_to)
def one_import(request: HttpRequest, brought: Import) -> HttpResponse:
    """The preview; a POST does what it says, or takes back what was done."""
    if request.method == "POST":
        return acted(request, brought)
    running = brought.job if brought.job and not brought.job.has_ended else None
    context = {"brought": brought, "running": running, "preview": None}
    if brought.preview is not None:
        context |= shown(request, brought.preview)
    return render(request, "directory/import.html", context)


def acted(request: HttpRequest, brought: Import) -> HttpResponse:
    me = whoever(request)
    if "take_back" in request.POST:
        count = take_back(brought, by=me)
        messages.success(
            request,
            ngettext("%(count)s listing retired.", "%(count)s listings retired.", count)
            % {"count": count},
        )
        return redirect(brought)
    if brought.preview is None:
        return redirect(start_looking(brought, by=me))
    if brought.count > AT_ONCE:
        return redirect(start_taking_in(brought, by=me))
    try:
        take_in_file(brought, by=me)
    except Refused as no:
        if no.refusal.code != "changed_since_preview":
            raise
        look_through(brought)
        messages.warning(request, str(no))
    else:
        messages.success(request, _("Taken in."))
    return redirect(brought)


def shown(request: HttpRequest, preview: dict[str, Any]) -> dict[str, Any]:
    """The rows of one outcome, a page of them."""
    counts = preview["counts"]
    chosen = request.GET.get("rows", "")
    if chosen not in RowOutcome.values:
        chosen = next((one for one in ORDER if counts.get(one)), RowOutcome.NEW)
    rows = [one for one in preview["rows"] if one["outcome"] == chosen]
    page: Page[Any] = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    for one in page.object_list:
        one["told"] = [(FIELDS[code].label, old, new) for code, old, new in one.get("changes", ())]
    return {
        "preview": preview,
        "counts": [(one, one.label, counts.get(one, 0)) for one in ORDER],
        "chosen": chosen,
        "chosen_label": RowOutcome(chosen).label,
        "page": page,
        "doable": counts[RowOutcome.NEW] + counts[RowOutcome.CHANGED],
    }
