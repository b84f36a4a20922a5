"""The morning after: who was invited, registered and came; what they said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from hanse.commons.places.words import country_name, iso_code
from hanse.directory.models import Fact
from hanse.directory.queries.vocabularies import word_of
from hanse.events.models import Closing, Event, Registration
from hanse.events.queries.door import SessionCount, came_to, session_counts
from hanse.events.rules.report import Group, Guest, Score, group, groups, score
from hanse.events.words import SCORES, RegistrationState
from hanse.kit.said import said

DIVISIONS = ("kind", "country", "sector", "newcomer")
REGISTERED = RegistrationState.CONFIRMED


@dataclass(frozen=True)
class Division:
    """The same people, divided in one way; names of the groups in the reader's language."""

    code: str
    title: str
    head: str
    rows: Sequence[tuple[str, Group]]


@dataclass(frozen=True)
class Feedbacks:
    """What came back, and of how many."""

    answers: int
    came: int
    scores: Sequence[tuple[str, Score]]
    again: int
    again_asked: int
    texts: Sequence[str]

    @property
    def rate(self) -> float | None:
        return self.answers / self.came if self.came else None


@dataclass(frozen=True)
class Report:
    """An event in numbers, as they were at a moment."""

    event: Event
    all: Group
    walk_ins: int
    cancelled: int
    divisions: Sequence[Division]
    sessions: Sequence[SessionCount]
    feedback: Feedbacks
    made_at: datetime
    closing: Closing | None


def report_of(event: Event) -> Report:
    guests = guests_of(event)
    everyone = group("all", guests)
    registrations = event.registrations
    return Report(
        event=event,
        all=everyone,
        walk_ins=registrations.filter(is_walk_in=True, state=REGISTERED).count(),
        cancelled=registrations.filter(state=RegistrationState.CANCELLED).count(),
        divisions=[_division(event, guests, by) for by in DIVISIONS],
        sessions=session_counts(event, came_to(event)),
        feedback=feedback_of(event, everyone.came),
        made_at=timezone.now(),
        closing=Closing.objects.filter(event=event).first(),
    )


def guests_of(event: Event) -> list[Guest]:
    """Everybody who was invited or registered, once each."""
    came = set(came_to(event).values_list("registration", flat=True))
    registered = list(event.registrations.all())
    sectors = _sectors(registered)
    invitations = list(event.invitations.filter(withdrawn_at__isnull=True).select_related("kind"))
    by_registration = {one.registration_id for one in invitations if one.registration_id}
    kinds = dict(event.kinds.values_list("pk", "code"))
    found = [
        Guest(
            invited=one.pk in by_registration,
            registered=one.state == REGISTERED,
            came=one.pk in came,
            kind=kinds[one.kind_id],
            country=iso_code(one.country),
            sectors=sectors.get(one.organisation_id or 0, ()),
            newcomer=one.is_newcomer,
        )
        for one in registered
    ]
    found += [
        Guest(
            invited=True,
            kind=kinds.get(one.kind_id or 0, ""),
            country=iso_code(one.country),
        )
        for one in invitations
        if not one.registration_id
    ]
    return [one for one in found if one.invited or one.registered or one.came]


def _sectors(registered: Sequence[Registration]) -> Mapping[int, tuple[str, ...]]:
    """Public sectors of the organisations that people come from."""
    found: dict[int, set[str]] = defaultdict(set)
    facts = Fact.objects.filter(
        organisation__in={one.organisation_id for one in registered if one.organisation_id},
        field="sector",
        ended_at__isnull=True,
        is_public=True,
    )
    for organisation, key in facts.values_list("organisation", "key"):
        found[organisation].add(key)
    return {organisation: tuple(sorted(codes)) for organisation, codes in found.items()}


def _division(event: Event, guests: Sequence[Guest], by: str) -> Division:
    titles = {
        "kind": (_("By kind of participant"), _("Kind")),
        "country": (_("By country"), _("Country")),
        "sector": (_("By sector of the organisation"), _("Sector")),
        "newcomer": (_("Newcomers"), _("They")),
    }
    names = _names(event, by)
    unknown = _("not yet known")
    rows = [(names(one.code) if one.code else unknown, one) for one in groups(guests, by)]
    return Division(by, *titles[by], rows)


def _names(event: Event, by: str) -> Callable[[str], str]:
    if by == "kind":
        known = {kind.code: said(kind.name) or kind.code for kind in event.kinds.all()}
        return lambda code: known.get(code, code)
    if by == "country":
        return country_name
    if by == "sector":
        return lambda code: f"{word_of('sector', code)} {code}"
    words = {"new": _("come for the first time"), "known": _("have been here before")}
    return lambda code: words[code]


def feedback_of(event: Event, came: int) -> Feedbacks:
    """Texts in the order of the alphabet, so that their order tells nothing of who wrote when."""
    given = list(event.feedback.values_list("scores", "text"))
    again = [scores["again"] for scores, _text in given if "again" in scores]
    return Feedbacks(
        answers=len(given),
        came=came,
        scores=[
            (str(word), score(code, [scores[code] for scores, _t in given if code in scores]))
            for code, word in SCORES.items()
        ],
        again=sum(again),
        again_asked=len(again),
        texts=sorted(text for _scores, text in given if text),
    )


def definitions() -> list[tuple[str, str]]:
    """What each number means, to stand beside it."""
    return [
        (_("Invited"), _("Invitations to one person each that were not withdrawn.")),
        (
            _("Registered"),
            _("Confirmed registrations with walk-ins; waiting, refused, cancelled are not in it."),
        ),
        (
            _("Came"),
            _("Registrations let in at the door of the event or of a session, once each."),
        ),
        (_("Sector"), _("Public sectors of the organisation in the directory; two count twice.")),
        (
            _("Newcomer"),
            _("Comes for the first time, by what they said or by earlier events here."),
        ),
        (_("Response rate"), _("Answers to the feedback form among those who came.")),
    ]
