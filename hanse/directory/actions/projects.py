"""Take joint projects in from a list: only of organisations that are known here by their code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from hanse.commons.audit.actions import record_each
from hanse.directory.models import Fact, JointProject, Participation
from hanse.directory.words import FOUND

TOGETHER = 2


@dataclass(frozen=True)
class Given:
    """A project from a list, with participant codes and roles."""

    number: str
    began_on: date | None
    ended_on: date | None
    programmes: str
    parts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class TakenIn:
    """How many projects were looked at, how many join two known organisations, how many are new."""

    seen: int
    joining: int
    made: int
    organisations: int


@transaction.atomic
def take_in_projects(given: Iterable[Given], source: str) -> TakenIn:
    """A project comes in where two or more of its participants are known; once, however often."""
    known = organisations_by_code()
    held = set(JointProject.objects.filter(source=source).values_list("source_number", flat=True))
    seen, joining, fresh = 0, 0, []
    for one in given:
        seen += 1
        own = {known[code]: role for code, role in one.parts if code in known}
        if len(own) < TOGETHER:
            continue
        joining += 1
        if one.number not in held:
            fresh.append((one, own))
    made = JointProject.objects.bulk_create(
        JointProject(
            acronym=one.number,
            programme=one.programmes[:120],
            began_on=one.began_on,
            ended_on=one.ended_on,
            source=source,
            source_number=one.number,
        )
        for one, _own in fresh
    )
    Participation.objects.bulk_create(
        Participation(project=project, organisation_id=organisation, role=role[:20])
        for project, (_one, own) in zip(made, fresh, strict=True)
        for organisation, role in own.items()
    )
    record_each("take_in_project", made, by=None, after={"source": source})
    together = {organisation for _one, own in fresh for organisation in own}
    return TakenIn(seen, joining, len(made), len(together))


def organisations_by_code() -> dict[str, int]:
    """Organisations that are found, by their participant code."""
    codes = Fact.objects.filter(field="pic", ended_at__isnull=True, organisation__state__in=FOUND)
    return dict(codes.values_list("key", "organisation"))
