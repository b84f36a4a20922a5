from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from hanse.kit.gate import public
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.search import found


@public
@with_release
def search(request: HttpRequest, release: Release) -> HttpResponse:
    wording = request.GET.get("q", "").strip()[:200]
    code = wording.upper()
    if code in release.sectors:
        return redirect(reverse("observatory:sector", args=[code]))
    if code in release.regions:
        return redirect(reverse("observatory:region", args=[code]))
    hits = found(release, wording)
    context = {"wording": wording, "hits": hits, "release": release}
    return render(request, "observatory/search.html", context)
