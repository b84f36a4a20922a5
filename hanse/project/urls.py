"""Every address of the site, mounted once. Doors live in the domains."""

from django.urls import include, path

urlpatterns = [
    path("", include("hanse.web.urls")),
    path("observatory/", include("hanse.observatory.urls")),
]
