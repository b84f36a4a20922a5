"""The desk: what waits for a person; and the weekly letter, to be chosen or ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hanse.commons.consent.queries import has_agreed
from hanse.directory.actions.digest import choose_digest, end_digest
from hanse.directory.queries.desk import desk_of
from hanse.directory.queries.digest import DIGEST, digest_purpose
from hanse.kit.announce import panels
from hanse.kit.gate import signed_in, whoever


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    me = whoever(request)
    context = {
        "desk": desk_of(me),
        "has_digest": has_agreed(me, DIGEST),
        "panels": panels("directory.desk", me),
    }
    return render(request, "directory/desk.html", context)


@signed_in
def digest(request: HttpRequest) -> HttpResponse:
    me = whoever(request)
    if request.method == "POST":
        if "choose" in request.POST:
            choose_digest(by=me)
            messages.success(request, _("Chosen. The first letter comes on Monday."))
        else:
            end_digest(by=me)
            messages.success(request, _("Ended. No more weekly letters."))
        return redirect("directory:digest")
    context = {"has_digest": has_agreed(me, DIGEST), "purpose": digest_purpose()}
    return render(request, "directory/digest.html", context)
