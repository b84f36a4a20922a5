"""What the masthead of every page needs."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from hanse.web.words import SECTIONS


def sections(request: HttpRequest) -> dict[str, object]:
    here = next((one for one in SECTIONS if request.path.startswith(one.address)), None)
    return {
        "sections": [
            {"url": one.address, "name": one.name, "current": one is here, "built": one.built}
            for one in SECTIONS
        ],
        "section_name": here.name if here else "",
        "methods_url": reverse("observatory:methods"),
        "demo": settings.DEMO,
    }
