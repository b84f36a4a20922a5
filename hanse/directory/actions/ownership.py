"""Who speaks for an organisation. Nobody is removed in silence, and no profile is left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.commons.links.actions import link_of, make_link, use_link
from hanse.directory.actions.indexing import index
from hanse.directory.models import Administrator, JoinRequest, Organisation
from hanse.directory.queries.people import confirmed_addresses, shared_domain
from hanse.directory.rules.ownership import TIME_TO_ANSWER, why_not_to_be_decided_by_the_office
from hanse.directory.words import REFUSALS, JoinReason, JoinState, State
from hanse.kit.announce import announce
from hanse.kit.refusals import Refusal, Refused

INVITATION = "join-organisation"


@dataclass(frozen=True)
class JoinAsked:
    """Somebody asks to speak for an organisation."""

    request: JoinRequest


@dataclass(frozen=True)
class JoinDecided:
    """A request to join was decided."""

    request: JoinRequest


def refusal(code: str, **facts: object) -> Refused:
    return Refused(Refusal(code, REFUSALS[code], facts))


def make_administrator(
    organisation: Organisation, person: Any, how: JoinReason, *, by: Any
) -> None:
    """From now on this person speaks for the organisation."""
    _made, is_new = Administrator.objects.get_or_create(
        organisation=organisation, person=person, defaults={"how": how}
    )
    if is_new:
        record("make_administrator", organisation, by=by, after={"how": how})


@transaction.atomic
def ask_to_join(
    organisation: Organisation, reason: JoinReason, says: str, *, by: Any
) -> JoinRequest:
    """Ask to speak for an organisation; its administrators are told, and have their time.

    Where nobody speaks for it and the mail domain proves a colleague, they join at once.
    """
    if organisation.administrators.filter(person=by).exists():
        raise refusal("already_administrator", name=organisation.name)
    proved = shared_domain(by, organisation)
    if reason is JoinReason.DOMAIN and not proved:
        raise refusal("domain_differs", name=organisation.name)
    if reason is JoinReason.CLAIM and organisation.administrators.exists():
        raise refusal("not_to_be_claimed", name=organisation.name)
    try:
        with transaction.atomic():
            asked = JoinRequest.objects.create(
                organisation=organisation,
                person=by,
                reason=reason,
                says=says.strip()[:1000],
                due_at=timezone.now() + TIME_TO_ANSWER,
            )
    except IntegrityError as twice:
        held = JoinRequest.objects.get(
            organisation=organisation, person=by, state=JoinState.WAITING
        )
        facts = {"day": held.asked_at.date(), "due": held.due_at.date()}
        raise refusal("already_asked", **facts) from twice
    record("ask_to_join", organisation, by=by, after={"reason": reason})
    if proved and not organisation.administrators.exists():
        return _decide(asked, JoinState.ACCEPTED, by=by)
    announce(JoinAsked(asked))
    return asked


@transaction.atomic
def accept_join(asked: JoinRequest, *, by: Any, is_office: bool) -> JoinRequest:
    """An administrator lets somebody in at any time; the office once the time has run out."""
    _why_not_decidable(asked, is_office=is_office)
    return _decide(asked, JoinState.ACCEPTED, by=by)


@transaction.atomic
def refuse_join(asked: JoinRequest, *, by: Any, is_office: bool) -> JoinRequest:
    _why_not_decidable(asked, is_office=is_office)
    return _decide(asked, JoinState.REFUSED, by=by)


@transaction.atomic
def withdraw_join(asked: JoinRequest, *, by: Any) -> JoinRequest:
    if asked.state != JoinState.WAITING:
        raise refusal("already_decided", day=(asked.decided_at or asked.asked_at).date())
    return _decide(asked, JoinState.WITHDRAWN, by=by)


def invite(organisation: Organisation, email: str, *, by: Any) -> str:
    """A token that lets whoever has this confirmed address join; good for two months, once."""
    record("invite_administrator", organisation, by=by)
    return make_link(INVITATION, organisation.pk, email=email)


@transaction.atomic
def accept_invitation(token: str, *, by: Any) -> Organisation:
    link = link_of(token, INVITATION)
    organisation = Organisation.objects.get(pk=link.subject)
    if link.email not in confirmed_addresses(by):
        raise refusal("invited_otherwise")
    use_link(link)
    make_administrator(organisation, by, JoinReason.INVITED, by=by)
    return organisation


@transaction.atomic
def leave(organisation: Organisation, *, by: Any) -> None:
    """Somebody no longer speaks for an organisation; the last one cannot leave it alone."""
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    others = held.administrators.exclude(person=by)
    if held.state != State.RETIRED and not others.exists():
        raise refusal("last_administrator", name=held.name)
    held.administrators.filter(person=by).delete()
    record("leave_organisation", held, by=by)


def _why_not_decidable(asked: JoinRequest, *, is_office: bool) -> None:
    held = JoinRequest.objects.select_for_update().get(pk=asked.pk)
    if held.state != JoinState.WAITING:
        raise refusal("already_decided", day=(held.decided_at or held.asked_at).date())
    if is_office and held.organisation.administrators.exists():
        reason = why_not_to_be_decided_by_the_office(held.due_at, timezone.now())
        if reason:
            raise Refused(reason)


def _decide(asked: JoinRequest, state: JoinState, *, by: Any) -> JoinRequest:
    asked.state, asked.decided_at, asked.decided_by = state, timezone.now(), by
    asked.save(update_fields=["state", "decided_at", "decided_by"])
    organisation = asked.organisation
    record("decide_join", organisation, by=by, after={"state": state, "reason": asked.reason})
    if state == JoinState.ACCEPTED:
        make_administrator(organisation, asked.person, JoinReason(asked.reason), by=by)
        if organisation.state == State.LISTED:
            organisation.state = State.DRAFT if not organisation.published_at else State.PUBLISHED
            organisation.save(update_fields=["state"])
            record("claim_listing", organisation, by=by, after={"state": organisation.state})
            index([organisation])
    announce(JoinDecided(asked))
    return asked
