"""Two calls of the invented world: an open one for interest, and one for workshops to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.calls.actions.calls import Called, make_call, publish_call
from hanse.calls.models import (
    Application,
    ApplicationVersion,
    Call,
    Criterion,
    CutOff,
    Decision,
    Mark,
)
from hanse.calls.queries.eligibility import assessment_for, traits_of
from hanse.calls.words import Format, Outcome
from hanse.cli.demo_world import chance
from hanse.cli.demo_world.call_texts import (
    INTEREST,
    MOST_OF_A_COUNTRY,
    REASONS,
    THEMES,
    WHYS,
    WORKSHOP_TITLES,
    Days,
    industry_day,
    interest,
)
from hanse.commons.audit.actions import record
from hanse.commons.people.models import Person
from hanse.directory.models import Administrator, Fact, Organisation
from hanse.directory.queries.validation import values_of
from hanse.directory.words import State

OFFICER, EVALUATOR = "luca@example.org", "sofia@example.org"
APPLIED_ON_TIME, APPLIED_NOW, DRAFTS, PROPOSALS = 31, 26, 3, 24
# What has to be seen by those who sign in; everybody else is drawn.
FIRST = ("dolina-ogniw", "systada-kyklikis-energeias-attikis")
LEFT_OUT = frozenset({"cadena-circular-de-navarra"})  # applies in front of the audience
MOST_SELECTED, GIVES_BACK = 20, 7
OTHERWISE = ("reserve", "rejected", "reserve", "withdrawn", "reserve", "rejected")


@transaction.atomic
def load_calls(event_day: date) -> Call:
    """The call for interest, whose selected ones come to the event of that day."""
    if held := Call.objects.filter(slug=INTEREST).first():
        return held
    days = Days(timezone.localdate(), event_day)
    officers = list(Person.objects.filter(email__in=[OFFICER, EVALUATOR]).order_by("email"))
    call = _published(interest(days), officers)
    _apply_for_interest(call, days, officers)
    workshops = _published(industry_day(days), officers)
    _propose_workshops(workshops, days, officers)
    return call


def _published(called: Called, officers: Sequence[Any]) -> Call:
    by = officers[0] if officers else None
    call = make_call(called, by=by, officers=officers)
    Call.objects.filter(pk=call.pk).update(is_invented=True)
    publish_call(call, by=by)
    return call


# Applications -------------------------------------------------------------------------------------


def _drawn(kinds: Sequence[str], purpose: str, first: Sequence[str] = ()) -> list[Organisation]:
    """Those named first, then the others in an order of chance that is the same every time."""
    there = Organisation.objects.filter(
        is_invented=True, kind__in=kinds, state__in=[State.PUBLISHED, State.SUBMITTED]
    ).exclude(slug__in=LEFT_OUT)
    known = {one.slug: one for one in there}
    named = [known.pop(slug) for slug in first if slug in known]
    return named + [known[slug] for slug in chance.shuffled(sorted(known), purpose)]


def _keeper(organisation: Organisation) -> Any:
    first = Administrator.objects.filter(organisation=organisation).select_related("person").first()
    return first.person if first else None


def _application(
    call: Call, number: int, one: Organisation, answers: Mapping[str, Any], **more: Any
) -> Application:
    values = values_of(one)
    found = assessment_for(one, call, values)
    at = more.get("submitted_at")
    return Application(
        call=call,
        organisation=one,
        number=number,
        answers=dict(answers),
        assessment=found.as_record() if found and at else {},
        traits=traits_of(one, call, values) if at else {},
        revision=1 if at else 0,
        made_by=_keeper(one),
        **{"made_at": at or timezone.now(), "changed_at": at or timezone.now(), **more},
    )


def _written(applications: Sequence[Application]) -> list[Application]:
    made = Application.objects.bulk_create(applications)
    ApplicationVersion.objects.bulk_create(
        ApplicationVersion(
            application=one, revision=1, cut_off=one.cut_off, answers=one.answers,
            assessment=one.assessment, submitted_at=one.submitted_at, submitted_by=one.made_by,
        )
        for one in made
        if one.submitted_at
    )  # fmt: skip
    return made


def _interest(one: Organisation) -> dict[str, str]:
    def said(field: str, otherwise: str) -> str:
        facts = Fact.objects.filter(organisation=one, field=field, ended_at__isnull=True)
        found = facts.filter(language="en").first()
        return str(found.value) if found else otherwise

    return {
        "why": chance.one_of(WHYS, one.slug, "why"),
        "offers": said("offer", "Visits to our members, and their laboratories for trials."),
        "seeks": said("seek", "A cluster whose firms buy what ours make."),
    }


def _apply_for_interest(call: Call, days: Days, officers: Sequence[Any]) -> None:
    first, second = call.cut_offs.order_by("number")
    clusters = _drawn(["cluster", "network", "association", "partnership"], "interest", FIRST)
    others = _drawn(["sme", "research"], "interest of others")[:3]
    on_time, now = clusters[:APPLIED_ON_TIME], clusters[APPLIED_ON_TIME:][: APPLIED_NOW - 3]
    begun = clusters[APPLIED_ON_TIME + APPLIED_NOW - 3 :][:DRAFTS]
    applications = [
        _application(
            call, number, one, _interest(one), cut_off=first, state="submitted",
            submitted_at=days.before(chance.between(22, 50, one.slug, "sent")),
        )
        for number, one in enumerate(on_time, start=1)
    ]  # fmt: skip
    _give_fates(applications)
    applications += [
        _application(
            call, len(applications) + number, one, _interest(one), cut_off=second,
            submitted_at=days.before(chance.between(1, 8, one.slug, "sent")),
            state="submitted",
        )
        for number, one in enumerate([*now, *others], start=1)
    ]  # fmt: skip
    applications += [
        _application(call, len(applications) + number, one, {}, state="draft")
        for number, one in enumerate(begun, start=1)
    ]
    made = _written(applications)
    _decide_all([one for one in made if one.cut_off_id == first.pk], first, days, officers)
    _mark_all(call, made[:APPLIED_ON_TIME], officers, days.before(14))


def _give_fates(applications: Sequence[Application]) -> None:
    """Whom the rules pass and the quota of the country lets in is selected, until half is full."""
    countries, given = Counter[str](), Counter[str]()
    for one in applications:
        one.state = _fate(one, countries, given)
        given[one.state] += 1
        countries[one.organisation.country] += one.state in ("selected", "returned")
        one.reserve_place = given["reserve"] if one.state == "reserve" else None


def _fate(application: Application, countries: Mapping[str, int], given: Counter[str]) -> str:
    one = application.organisation
    if one.slug == FIRST[1]:
        return "reserve"
    if application.answer == "unmet":
        return "rejected" if given["ineligible"] else "ineligible"
    selected, is_free = given["selected"], countries[one.country] < MOST_OF_A_COUNTRY
    if application.answer == "met" and is_free and selected < MOST_SELECTED:
        is_one_back = selected == GIVES_BACK and not given["returned"]
        return "returned" if is_one_back else "selected"
    return OTHERWISE[(given.total() - selected) % len(OTHERWISE)]


def _decide_all(
    applications: Sequence[Application], cut_off: CutOff, days: Days, officers: Sequence[Any]
) -> None:
    by, at = (officers[0] if officers else None), days.before(12, 16)
    outcomes = {"returned": "selected"}
    Decision.objects.bulk_create(
        Decision(
            application=one, cut_off=cut_off, outcome=outcomes.get(one.state, one.state),
            revision=1, by=by, at=at, told_at=at,
            says=_reason(one) if one.state in ("rejected", "ineligible") else "",
        )
        for one in applications
        if one.state != "withdrawn"
    )  # fmt: skip
    for one in applications:
        _record_fate(one, outcomes.get(one.state, one.state), by)
    CutOff.objects.filter(pk=cut_off.pk).update(decided_at=at)


def _record_fate(application: Application, outcome: str, officer: Any) -> None:
    """As the trail tells it: who withdraws is not decided about, who gives a place back had one."""
    own, state = application.made_by, application.state
    if state == "withdrawn":
        was, after = {"state": "submitted"}, {"state": state}
        record("withdraw_application", application, by=own, before=was, after=after)
        return
    decided = {"state": outcome, "over": []}
    record(
        "decide_application", application, by=officer,
        before={"state": "submitted"}, after=decided,
    )  # fmt: skip
    if state != outcome:
        was, after = {"state": outcome}, {"state": state}
        record("give_back_place", application, by=own, before=was, after=after)


def _reason(application: Application) -> str:
    if application.state == Outcome.INELIGIBLE:
        return "Too few members are named in the profile; three more would do."
    return chance.one_of(REASONS, application.organisation.slug, "reason")


def _mark_all(
    call: Call, applications: Sequence[Application], officers: Sequence[Any], at: datetime
) -> None:
    criteria: Sequence[Criterion] = list(call.criteria.all())
    Mark.objects.bulk_create(
        Mark(
            application=one, criterion=criterion, revision=1, person=person, at=at,
            points=chance.between(1, 5, one.organisation.slug, criterion.code, person.email),
        )
        for one in applications
        for criterion in criteria
        for person in officers
    )  # fmt: skip


def _propose_workshops(call: Call, days: Days, officers: Sequence[Any]) -> None:
    """They wait for a decision; more than there are slots."""
    cut_off = call.cut_offs.get()
    kinds = ["cluster", "network", "association", "training", "research"]
    applications = [
        _application(
            call, number, one, _proposal(one, number), cut_off=cut_off, state="submitted",
            submitted_at=days.before(chance.between(5, 28, one.slug, "proposed")),
        )
        for number, one in enumerate(
            _drawn(kinds, "workshops", (FIRST[0],))[:PROPOSALS], start=1
        )
    ]  # fmt: skip
    _mark_all(call, _written(applications), officers, days.before(1))


def _proposal(one: Organisation, number: int) -> dict[str, Any]:
    return {
        "theme": THEMES[number % len(THEMES)]["code"],
        "title": WORKSHOP_TITLES[number % len(WORKSHOP_TITLES)],
        "abstract": "Three short examples from our members, then tables of eight who compare what "
        "they tried, what it cost and what they would do again.",
        "format": chance.one_of(Format.values, one.slug, "format"),
        "speakers": [f"{one.name}, two of its members", "A guest from another country"],
        "reimbursed": chance.between(0, 2, one.slug, "travel"),
        "expected": 10 * chance.between(3, 10, one.slug, "expected"),
    }
