"""The outbox as a page, so that in the demo world a confirmation can be clicked. Nowhere else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hanse.commons.post.models import Letter
from hanse.kit.gate import public
from hanse.kit.paging import page_of


def in_demo_only(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(page)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return page(request, *args, **kwargs)

    return shown


@public
@in_demo_only
def outbox(request: HttpRequest) -> HttpResponse:
    return render(request, "post/outbox.html", {"page": page_of(request, Letter.objects.all())})


@public
@in_demo_only
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "post/letter.html", {"letter": get_object_or_404(Letter, pk=pk)})
