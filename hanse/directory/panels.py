"""What the directory shows on pages of others."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from hanse.directory.queries.gaps import complements_of
from hanse.directory.queries.search import Question, search
from hanse.observatory.queries.figures import NoRelease, serving_release


def people_of_region(code: str, reader: Any) -> str:
    """On a region's portrait: who is there, and where what it lacks is found."""
    try:
        release = serving_release()
    except NoRelease:
        return ""
    here = search(Question(filters={"region": [code]}))
    context = {
        "code": code,
        "here": here.total,
        "found": complements_of(release, code),
        "reader": reader,
    }
    return render_to_string("directory/region_panel.html", context)
