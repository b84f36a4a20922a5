"""What calls show on pages that do not know of them: one's account and one's desk."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from hanse.calls.access import calls_run_by
from hanse.calls.queries.stages import published_calls, stages
from hanse.calls.queries.status import applications_of

MOST = 10


def way_to_calls(person: Any) -> str:
    """In the account and on the desk: own applications, calls that one runs, open calls."""
    context = {
        "applications": applications_of(person)[:MOST],
        "runs": calls_run_by(person)[:MOST],
        "open_calls": [one for one in stages(published_calls()[:MOST]) if one.is_open],
    }
    return render_to_string("calls/way_to_calls.html", context)
