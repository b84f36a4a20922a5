"""A letter to an applicant: in the officers' own words where they wrote some, else in ours.

Own words take the place of `letters/<code>.txt`, its subject and its beginning. What holds in any
case, `letters/standing/<code>.txt`, follows below them, and so does our subject as a sentence: it
says what was decided about whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from hanse.calls.models import Application, Call, Decision
from hanse.calls.queries.eligibility import reasons_of
from hanse.calls.queries.status import answers_by, next_cut_off
from hanse.calls.words import Outcome
from hanse.commons.post.mails import Composed, brought, in_own_words, site
from hanse.kit.numbers import day

LETTERS = "calls/letters"


def compose(
    application: Application, code: str, language: str, told: Mapping[str, Any]
) -> Composed:
    """`told` is what our templates read besides the application."""
    call: Call = application.call
    with translation.override(language):
        context = {
            "application": application,
            "call": call,
            "organisation": application.organisation,
            **told,
        }
        ours = brought(f"{LETTERS}/{code}.txt", context)
        standing = render_to_string(
            f"{LETTERS}/standing/{code}.txt", {**context, "site": site()}
        ).strip()
        own = in_own_words(call.letter_texts, code, language, facts_of(application, told))
    if own is None:
        return Composed(ours.subject, _in_parts(ours.text, standing))
    return Composed(own.subject, _in_parts(own.text, f"{ours.subject}.", standing))


def _in_parts(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def facts_of(application: Application, told: Mapping[str, Any]) -> dict[str, str]:
    """What placeholders of own words stand for, in the language of now."""
    call: Call = application.call
    reader, summary = told.get("reader"), told.get("summary")
    on = summary.due_on if summary else told.get("answers_by")
    return {
        "name": reader.name if reader else "",
        "organisation": application.organisation.name,
        "call": call.said_title,
        "number": str(application.number),
        "day": day(on) if on else "",
        "place": str(application.reserve_place or ""),
    }


def told_of_receipt(application: Application) -> dict[str, Any]:
    return {"answers_by": answers_by(application)}


def told_of_decision(application: Application, decision: Decision) -> dict[str, Any]:
    ineligible = decision.outcome == Outcome.INELIGIBLE
    return {
        "decision": decision,
        "rules": reasons_of(application) if ineligible else [],
        "next_cut_off": next_cut_off(application),
    }
