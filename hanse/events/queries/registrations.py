"""Registrations as organisers look for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hanse.events.models import Event, Need, Pool, Question, Registration, Session
from hanse.events.queries.questions import answer_in_words
from hanse.kit.folding import fold
from hanse.kit.numbers import country
from hanse.kit.said import said


@dataclass(frozen=True)
class Wanted:
    text: str = ""
    state: str = ""
    kind: str = ""
    country: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.state or self.kind or self.country)


def registrations_found(event: Event, wanted: Wanted) -> QuerySet[Registration]:
    found = Registration.objects.filter(event=event).select_related("kind", "team")
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.kind:
        found = found.filter(kind__code=wanted.kind)
    if wanted.country:
        found = found.filter(country=wanted.country)
    for word in wanted.text.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(email__icontains=word)
            | Q(organisation_name__icontains=word)
            | Q(team__name__icontains=word)
        )
    return found.order_by("number")


def countries_in(event: Event) -> list[str]:
    rows = Registration.objects.filter(event=event).exclude(country="").order_by()
    codes = set(rows.values_list("country", flat=True))
    return sorted(codes, key=lambda code: fold(country(code)))


FACTS = (
    "number", "state", "name", "email", "position", "organisation_name", "country", "language",
    "is_newcomer", "is_walk_in",
)  # fmt: skip


def columns_of(event: Event) -> list[str]:
    """Columns of the file: facts, then the answers by the code of their question. No needs."""
    codes = event.questions.filter(about_needs=False).values_list("code", flat=True)
    return [
        *FACTS,
        "kind",
        "team",
        "made_at",
        "confirmed_at",
        *(f"answer_{code}" for code in codes),
    ]


def rows_of(event: Event, wanted: Wanted) -> Iterator[dict[str, Any]]:
    questions = {one.code: one for one in event.questions.filter(about_needs=False)}
    for one in registrations_found(event, wanted).iterator():
        yield {
            **{name: getattr(one, name) for name in FACTS},
            "kind": one.kind.code,
            "team": one.team.name if one.team else "",
            "made_at": one.made_at.isoformat(timespec="seconds"),
            "confirmed_at": one.confirmed_at and one.confirmed_at.isoformat(timespec="seconds"),
            **_told(one.answers, questions),
        }


def _told(answers: Mapping[str, Any], questions: Mapping[str, Question]) -> dict[str, str]:
    return {
        f"answer_{code}": answer_in_words(questions[code], said)
        for code, said in answers.items()
        if code in questions
    }


def columns_of_needs(event: Event) -> list[str]:
    codes = event.questions.filter(about_needs=True).values_list("code", flat=True)
    return ["number", "name", *(f"answer_{code}" for code in codes)]


def rows_of_needs(event: Event) -> Iterator[dict[str, Any]]:
    """Needs of those who come, in a file of their own."""
    questions = {one.code: one for one in event.questions.filter(about_needs=True)}
    needs = Need.objects.filter(registration__event=event, registration__state="confirmed")
    for one in needs.select_related("registration").order_by("registration__number"):
        whose = one.registration
        yield {"number": whose.number, "name": whose.name, **_told(one.answers, questions)}


def needs_counted(event: Event) -> list[tuple[str, list[tuple[str, int]]]]:
    """How often each need was said by those who come, as a kitchen and a hall need to know."""
    found = []
    needs = list(
        Need.objects.filter(registration__event=event, registration__state="confirmed").values_list(
            "answers", flat=True
        )
    )
    for question in event.questions.filter(about_needs=True):
        counts: dict[str, int] = {}
        for answers in needs:
            if question.code in answers:
                given = answers[question.code]
                for one in given if isinstance(given, list) else [given]:
                    words = answer_in_words(question, one)
                    counts[words] = counts.get(words, 0) + 1
        if counts:
            ordered = sorted(counts.items(), key=lambda pair: (-pair[1], fold(pair[0])))
            found.append((said(question.label) or question.code, ordered))
    return found


def pools_by_session(event: Event) -> list[tuple[Session, Pool | None]]:
    """The sessions that are chosen when registering, each with its seats."""
    sessions = event.sessions.filter(needs_booking=True).select_related("event")
    pools = {pool.session_id: pool for pool in event.pools.filter(session__isnull=False)}
    return [(one, pools.get(one.pk)) for one in sessions]
