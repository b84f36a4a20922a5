"""Every address of the site, mounted once. Doors live in the domains."""

from allauth.urls import build_provider_urlpatterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from hanse.api.site import api
from hanse.web.pages import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hanse.web.urls")),
    path("observatory/", include("hanse.observatory.urls")),
    path("directory/", include("hanse.directory.urls")),
    path("events/", include("hanse.meetings.urls")),
    path("events/", include("hanse.events.urls")),
    path("calls/", include("hanse.calls.urls")),
    path("api/v1/", api.urls),
    path("account/", include("hanse.commons.people.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/3rdparty/", include("allauth.socialaccount.urls")),
    path("account/", include(build_provider_urlpatterns())),
    path("account/consents/", include("hanse.commons.consent.urls")),
    path("account/history/", include("hanse.commons.audit.urls")),
    path("jobs/", include("hanse.commons.work.urls")),
    path("files/", include("hanse.commons.files.urls")),
    path("post/", include("hanse.commons.post.urls")),
    path("backoffice/", admin.site.urls),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many
handler500 = errors.broken
