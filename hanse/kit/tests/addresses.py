"""Addresses for tests of the look: the component sheet, and the names that every page links to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from hanse.kit.tests import samples


def sections(request: HttpRequest) -> dict[str, object]:
    names = ["Observatory", "Directory", "Events", "Partnerships"]
    names += ["Funding", "Excellence", "Efficiency", "Policy"]
    here = "Observatory" if request.path.startswith("/plate") else ""
    return {
        "sections": [
            {"slug": name.lower(), "name": name, "url": "#", "current": name == here}
            for name in names
        ],
        "section_name": here,
        "source_line": "Eurostat, regional structural business statistics, 2008 to 2015",
    }


def components(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/components.html", samples.components(request))


def plate(request: HttpRequest, name: str) -> HttpResponse:
    page = "kit/samples/portrait.html" if name == "portrait" else "kit/samples/plate.html"
    return render(request, page, getattr(samples, name)(request))


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


urlpatterns = [
    path("", nothing),
    path("components/", components),
    path("plate/<slug:name>/", plate),
    path("language/", nothing, name="language"),
    path("methods/", nothing, name="methods"),
    path("privacy/", nothing, name="privacy"),
    path("accessibility/", nothing, name="accessibility"),
    path("imprint/", nothing, name="imprint"),
    path("account/", nothing, name="account"),
    path("login/", nothing, name="account_login"),
    path("i18n/", include("django.conf.urls.i18n")),
]
