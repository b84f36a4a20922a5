from django.urls import path

from hanse.web.pages import about, health, home, language, sections

urlpatterns = [
    path("", home.home, name="home"),
    path("language/", language.language, name="language"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("imprint/", about.imprint, name="imprint"),
    path("sections/<slug:code>/", sections.section, name="section"),
    path("methods/", sections.methods, name="methods"),
    path("healthz", health.health, name="health"),
]
