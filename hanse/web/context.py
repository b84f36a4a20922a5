"""What the masthead and the footer of every page need."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hanse.observatory.queries.figures import NoRelease, serving_release
from hanse.web.words import SECTIONS


def sections(request: HttpRequest) -> dict[str, object]:
    here = next((one for one in SECTIONS if one.holds(request.path)), None)
    return {
        "sections": [
            {"url": one.address, "name": one.name, "current": one is here, "built": one.built}
            for one in SECTIONS
        ],
        "section_name": here.name if here else "",
        "methods_url": reverse("observatory:methods"),
        "demo": settings.DEMO,
        "source_line": release_line(),
    }


def release_line() -> str:
    """Which figures this place serves, and whose they are."""
    try:
        release = serving_release()
    except NoRelease:
        return ""
    return _("Release %(release)s. %(source)s") % {
        "release": release.id,
        "source": release.source_line,
    }
