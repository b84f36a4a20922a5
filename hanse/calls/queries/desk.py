"""What officers have before them: rows, marks, bars of places and quotas, what a decision does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from hanse.calls.access import applications_to_decide
from hanse.calls.models import Application, Call, Criterion, CutOff, Decision, Mark
from hanse.calls.queries.status import told_state
from hanse.calls.words import ApplicationState
from hanse.commons.audit.models import AuditEntry, kind_of
from hanse.kit.numbers import figure

S = ApplicationState
ORDERS = ("number", "points", "country", "reserve")


@dataclass(frozen=True)
class Sought:
    """What the table of applications is narrowed to."""

    cut_off: str = ""
    state: str = ""
    country: str = ""
    kind: str = ""
    answer: str = ""
    newcomer: str = ""
    order: str = "number"


@dataclass(frozen=True)
class Points:
    """What officers gave: the mean of their sums, how many gave it, and out of how many."""

    mean: float | None = None
    officers: int = 0
    most: int = 0


@dataclass(frozen=True)
class Row:
    """One application in the table."""

    application: Application
    points: Points
    is_untold: bool

    @property
    def traits(self) -> Mapping[str, Any]:
        return self.application.traits


def rows_of(call: Call, sought: Sought) -> list[Row]:
    found = list(narrowed(applications_to_decide(call), sought).prefetch_related("decisions"))
    for one in found:
        one.call = call
        if one.cut_off:
            one.cut_off.call = call
    points = points_of(call, found)
    rows = [Row(one, points.get(one.pk, Points()), is_untold(one)) for one in found]
    if sought.newcomer:
        rows = [row for row in rows if bool(row.traits.get("newcomer")) == (sought.newcomer == "1")]
    if sought.answer:
        rows = [row for row in rows if row.application.answer == sought.answer]
    return sorted(rows, key=ORDERED[sought.order])


ORDERED: Mapping[str, Any] = {
    "number": lambda row: row.application.number,
    "points": lambda row: (-(row.points.mean or -1), row.application.number),
    "country": lambda row: (row.application.organisation.country, row.application.number),
    "reserve": lambda row: (
        row.application.reserve_place is None,
        row.application.reserve_place or 0,
        row.application.number,
    ),
}


def narrowed(found: QuerySet[Application], sought: Sought) -> QuerySet[Application]:
    if sought.cut_off == "late":
        found = found.filter(is_late=True)
    elif sought.cut_off:
        found = found.filter(cut_off__number=int(sought.cut_off))
    if sought.state:
        found = found.filter(state=sought.state)
    if sought.country:
        found = found.filter(organisation__country=sought.country)
    return found.filter(organisation__kind=sought.kind) if sought.kind else found


def finding(applications: Sequence[Application]) -> str:
    """What is to be done, as a title; before its cut-off nothing waits."""
    sent = [one for one in applications if one.state == S.SUBMITTED]
    waiting = sum(one.cut_off is None or one.cut_off.has_passed for one in sent)
    if waiting or not sent:
        said = ngettext(
            "%(count)s application waits for a decision",
            "%(count)s applications wait for a decision",
            waiting,
        )
        return said % {"count": figure(waiting)}
    said = ngettext(
        "%(count)s application is in; its cut-off is still open",
        "%(count)s applications are in; their cut-off is still open",
        len(sent),
    )
    return said % {"count": figure(len(sent))}


def is_untold(application: Application) -> bool:
    """Decided, and its own side does not know."""
    return application.is_decided and told_state(application) != application.state


def points_of(call: Call, applications: Sequence[Application]) -> dict[int, Points]:
    """Of what was sent last; marks of an earlier version no longer count."""
    revisions = {one.pk: one.revision for one in applications}
    most = sum(call.criteria.values_list("most", flat=True))
    sums: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    given = Mark.objects.filter(application__in=revisions).values_list(
        "application", "revision", "person", "points"
    )
    for number, revision, person, points in given:
        if revisions[number] == revision:
            sums[number][person or 0] += points
    return {
        number: Points(sum(each.values()) / len(each), len(each), most)
        for number, each in sums.items()
    }


@dataclass(frozen=True)
class MarkLine:
    """A criterion with what this officer gave and what the others did."""

    criterion: Criterion
    own: Mark | None
    others: Sequence[Mark] = field(default_factory=list)


def marks_for(application: Application, person: Any) -> list[MarkLine]:
    given = list(application.marks.filter(revision=application.revision).select_related("person"))
    return [
        MarkLine(
            criterion,
            next((m for m in given if (m.criterion_id, m.person_id) == (criterion.pk, person.pk)),
                 None),
            [m for m in given if m.criterion_id == criterion.pk and m.person_id != person.pk],
        )
        for criterion in application.call.criteria.all()
    ]  # fmt: skip


def untold(call: Call) -> list[Decision]:
    """The latest decision of each application whose own side does not know of it yet."""
    found = []
    for application in applications_to_decide(call).prefetch_related("decisions"):
        application.call = call
        if is_untold(application):
            decision = application.decisions.all()[0]
            decision.application = application
            found.append(decision)
    return found


def waiting_in(cut_off: CutOff) -> int:
    return cut_off.applications.filter(state=S.SUBMITTED).count()


def first_in_reserve(call: Call) -> Application | None:
    return (
        call.applications.filter(state=S.RESERVE, reserve_place__isnull=False)
        .select_related("organisation")
        .order_by("reserve_place")
        .first()
    )


def log_of(call: Call) -> QuerySet[AuditEntry]:
    """Every line of the trail about a call and its applications."""
    numbers = [str(pk) for pk in call.applications.values_list("pk", flat=True)]
    lines = AuditEntry.objects.filter(object_type=kind_of(call), object_id=str(call.pk))
    return (
        lines | AuditEntry.objects.filter(object_type="calls.application", object_id__in=numbers)
    ).select_related("actor")
