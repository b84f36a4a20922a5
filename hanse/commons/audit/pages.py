from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hanse.commons.audit.access import lines_visible_to
from hanse.kit.gate import signed_in
from hanse.kit.paging import page_of


@signed_in
def history(request: HttpRequest) -> HttpResponse:
    return render(
        request, "audit/history.html", {"page": page_of(request, lines_visible_to(request.user))}
    )
