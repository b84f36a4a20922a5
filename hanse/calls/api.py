"""Calls over HTTP: what everybody may read, the calls and their rules."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from hanse.calls.models import Call
from hanse.calls.queries.stages import Stage, published_calls, stages
from hanse.directory.api.answers import counted_read

router = Router(tags=["calls"])


class CutOffNote(Schema):
    """The last second of a day on the call’s clock, and by which day answers are promised."""

    number: int
    at: str
    answers_by: str
    is_evaluated: bool


class CallNote(Schema):
    slug: str
    kind: str
    title: dict[str, str]
    lead: dict[str, str]
    zone: str
    opens_at: str
    places: int
    cut_offs: list[CutOffNote]
    late_until: str | None
    is_open: bool
    closed_because: str


class WholeCallNote(CallNote):
    text: dict[str, str]
    rejected_may_return: bool
    rules: dict[str, Any]
    quotas: list[dict[str, Any]]
    criteria: list[dict[str, Any]]
    themes: list[dict[str, Any]]


@router.get("", response=list[CallNote], summary="Published calls, the newest first")
def calls(request: HttpRequest) -> list[dict[str, Any]]:
    counted_read(request)
    return [told(one) for one in stages(published_calls()[:100])]


@router.get(
    "/{slug:slug}",
    response=WholeCallNote,
    summary="One call with its rules of eligibility, quotas and criteria",
)
def call(request: HttpRequest, slug: str) -> dict[str, Any]:
    """The rules are data, written as `hanse.engines.rules` reads them."""
    counted_read(request)
    one = published_calls().filter(slug=slug).first()
    if one is None:
        raise Http404("No published call has this address.")
    return {**told(stages([one])[0]), **rules_of(one)}


def told(stage: Stage) -> dict[str, Any]:
    one = stage.call
    evaluated = {terms.number: terms.is_evaluated for terms in stage.terms.cut_offs}
    return {
        "slug": one.slug,
        "kind": one.kind,
        "title": one.title,
        "lead": one.lead,
        "zone": one.zone,
        "opens_at": one.opens_at.isoformat(),
        "places": one.places,
        "cut_offs": [
            {
                "number": cut_off.number,
                "at": cut_off.at.isoformat(),
                "answers_by": cut_off.answers_by.isoformat(),
                "is_evaluated": evaluated[cut_off.number],
            }
            for cut_off in stage.cut_offs
        ],
        "late_until": one.late_until.isoformat() if one.late_until else None,
        "is_open": stage.is_open,
        "closed_because": stage.refusal.code if stage.refusal else "",
    }


def rules_of(call: Call) -> dict[str, Any]:
    return {
        "text": call.text,
        "rejected_may_return": call.rejected_may_return,
        "rules": {name: said for name, said in call.eligibility.items() if name != "chosen"},
        "quotas": [
            {"by": one.by, "value": one.value, "bound": one.bound, "number": one.number}
            for one in call.quotas.all()
        ],
        "criteria": [
            {"code": one.code, "label": one.label, "most": one.most} for one in call.criteria.all()
        ],
        "themes": call.themes,
    }
