"""Who runs this place, what it does with personal data, whom it may shut out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hanse.commons.consent.words import PURPOSES
from hanse.kit.gate import public


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(
        request, "web/privacy.html", {"operator": settings.OPERATOR, "purposes": PURPOSES}
    )


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html", {"operator": settings.OPERATOR})


@public
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "web/imprint.html", {"operator": settings.OPERATOR})
