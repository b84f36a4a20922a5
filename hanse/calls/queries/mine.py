"""What is kept about a person here, for the download about themselves."""

from __future__ import annotations

from typing import Any

from hanse.calls.models import (
    Application,
    ApplicationVersion,
    Call,
    CallOfficer,
    Decision,
    Mark,
    Summary,
)
from hanse.calls.queries.status import told_state


def about(person: Any) -> dict[str, Any]:
    """Of a decision about one's own application no more than was told."""
    own = Application.objects.filter(made_by=person).select_related("call", "organisation")
    return {
        "runs": list(CallOfficer.objects.filter(person=person).values("call__slug", "since")),
        "made_calls": list(Call.objects.filter(made_by=person).values("slug", "made_at")),
        "applications": [
            {
                "call": one.call.slug,
                "in_the_name_of": one.organisation.name,
                "state": told_state(one),
                "answers": one.answers,
                "made_at": one.made_at,
            }
            for one in own.prefetch_related("decisions")
        ],
        "sent": list(
            ApplicationVersion.objects.filter(submitted_by=person).values(
                "application__call__slug", "revision", "answers", "submitted_at"
            )
        ),
        "marks": list(
            Mark.objects.filter(person=person).values(
                "application__call__slug", "application__number", "criterion__code", "points",
                "says", "at",
            )
        ),
        "decisions": list(
            Decision.objects.filter(by=person).values(
                "application__call__slug", "application__number", "outcome", "says", "because",
                "at",
            )
        ),
        "summaries": list(
            Summary.objects.filter(handed_in_by=person).values("text", "handed_in_at")
        ),
        "summaries_edited": list(
            Summary.objects.filter(edited_by=person).values("edited_text", "edited_at")
        ),
    }  # fmt: skip
