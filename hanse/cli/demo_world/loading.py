"""The invented world, written into the records; what is there already is left as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils import timezone

from hanse.cli.demo_world import keepers, organisations, projects
from hanse.cli.demo_world.in_touch import load_in_touch
from hanse.cli.demo_world.invented import InventedFact, InventedOrganisation
from hanse.commons.people.models import Person
from hanse.directory.actions.bulk import Arrival, take_in
from hanse.directory.actions.facts import Spoken
from hanse.directory.models import (
    Administrator,
    JointProject,
    Membership,
    Organisation,
    Participation,
    Submission,
)
from hanse.directory.queries.validation import assessment_of
from hanse.directory.queries.vocabularies import known
from hanse.directory.rules.values import Said, read_value
from hanse.directory.words import State
from hanse.kit.refusals import Refused


@transaction.atomic
def load_directory() -> Mapping[str, Organisation]:
    """Organisations by their key in the world; none where they were loaded before."""
    if Organisation.objects.filter(is_invented=True).exists():
        return {}
    now, world = timezone.now(), organisations()
    made = take_in((arrival_of(one, now) for one in world), Spoken(None))
    by_key = {one.key: organisation for one, organisation in zip(world, made, strict=True)}
    people = admit_keepers()
    Administrator.objects.bulk_create(
        Administrator(organisation=by_key[one.key], person=people[email], since=now)
        for one in world
        for email in one.administrators
    )
    Membership.objects.bulk_create(
        Membership(
            cluster=by_key[one.key],
            member=by_key[member.member_key],
            since=member.since,
            until=member.until,
            confirmed_at=now,
        )
        for one in world
        for member in one.members
    )
    load_projects(by_key)
    for one in by_key.values():
        if one.state in (State.SUBMITTED, State.REFUSED):
            hand_in(one)
    load_in_touch(by_key, now)
    return by_key


def arrival_of(one: InventedOrganisation, now: datetime) -> Arrival:
    """The facts of an invented organisation, as the rules read them."""
    whole = now - timedelta(days=one.confirmed_days_ago)
    said: list[Said] = []
    confirmed: list[tuple[Said, datetime]] = []
    for fact in one.facts:
        value = read(fact, now)
        said.append(value)
        if fact.confirmed_days_ago is not None:
            confirmed.append((value, now - timedelta(days=fact.confirmed_days_ago)))
    return Arrival(
        kind=one.kind,
        said=said,
        state=State(one.state),
        is_invented=True,
        confirmed_at=None if one.state == State.LISTED else whole,
        confirmed=confirmed,
    )


def read(fact: InventedFact, now: datetime) -> Said:
    days = fact.as_of_days_ago
    try:
        return read_value(
            fact.field,
            fact.value,
            known(),
            today=now.date(),
            language=fact.language,
            as_of=None if days is None else (now - timedelta(days=days)).date(),
            is_public=fact.is_public,
        )
    except Refused as no:
        raise ValueError(f"{fact}: {no}") from no


def admit_keepers() -> dict[str, Person]:
    """Whoever keeps an invented profile; without a password nobody signs in as one of them."""
    known_people = {one.email: one for one in Person.objects.all()}
    fresh = [
        Person(
            email=one.email,
            name=one.name,
            language=one.language if one.language in dict(settings.LANGUAGES) else "en",
            timezone=one.timezone,
            password=UNUSABLE_PASSWORD_PREFIX,
        )
        for one in keepers()
        if one.email not in known_people
    ]
    Person.objects.bulk_create(fresh)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in fresh
    )
    return known_people | {one.email: one for one in fresh}


def load_projects(by_key: Mapping[str, Organisation]) -> None:
    invented = projects()
    made = JointProject.objects.bulk_create(
        JointProject(
            acronym=one.acronym,
            title=one.title,
            programme=one.programme,
            began_on=one.began,
            ended_on=one.ended,
            is_invented=True,
        )
        for one in invented
    )
    Participation.objects.bulk_create(
        Participation(project=project, organisation=by_key[key], role=role)
        for project, one in zip(made, invented, strict=True)
        for key, role in one.members
    )


def hand_in(organisation: Organisation) -> None:
    """The submission that belongs to a profile which waits, or was refused."""
    assessed = assessment_of(organisation)
    refused = organisation.state == State.REFUSED
    Submission.objects.create(
        organisation=organisation,
        assessment=assessed.as_record() if assessed else {},
        decision="refused" if refused else "",
        reason="Fewer than 15 members are named; come back when three more have joined."
        if refused
        else "",
        decided_at=timezone.now() if refused else None,
    )
