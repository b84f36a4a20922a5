"""Invite people, write to them, follow up; colleagues, delegations, strangers.

An invitation is bound to one address. Its link opens nothing by itself: whoever follows it must
have proved that address. Somebody else finds a polite page and can ask; the organisers see both.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from hanse.commons.audit.actions import record, record_each
from hanse.directory.models import Organisation
from hanse.events.models import Delegation, Event, Invitation, Stranger
from hanse.events.rules.guests import Guest, why_no_address, why_no_colleague
from hanse.events.rules.programme import refusal
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused

LANGUAGES = dict(settings.LANGUAGES)
# So many strangers may ask by one letter; a link that stands on a public page is asked no more.
MOST_STRANGERS = 20


@dataclass(frozen=True)
class Invited:
    """A letter goes to somebody; `token` is what their link carries."""

    invitation: Invitation
    token: str
    is_reminder: bool = False


@dataclass(frozen=True)
class StrangerAsked:
    """Somebody came by another's invitation and asks to be let in."""

    stranger: Stranger


@dataclass(frozen=True)
class StrangerDeclined:
    """The organisers said no to a stranger."""

    stranger: Stranger


@dataclass(frozen=True)
class DelegationOpened:
    """The head of a delegation may name its people."""

    delegation: Delegation


@dataclass(frozen=True)
class Listed:
    """What became of a list: who is new, who was invited before."""

    new: Sequence[Invitation] = field(default_factory=list)
    known: int = 0


@transaction.atomic
def invite(event: Event, guests: Iterable[Guest], *, by: Any, **more: Any) -> Listed:
    """Put guests on the list; whoever stands there already is left as they are. No letter yet."""
    wanted = list(guests)
    held = set(
        Invitation.objects.filter(event=event, withdrawn_at__isnull=True).values_list(
            "email", flat=True
        )
    )
    named = _organisations({guest.organisation for guest in wanted})
    new = Invitation.objects.bulk_create(
        _invitation(event, guest, named, by, more)
        for guest in wanted
        if guest.email.lower() not in held
    )
    record_each("invite", new, by=by, after={"event": event.pk})
    return Listed(new, len(wanted) - len(new))


def _invitation(
    event: Event,
    guest: Guest,
    named: Mapping[str, Organisation],
    by: Any,
    more: Mapping[str, Any],
) -> Invitation:
    return Invitation(
        event=event,
        email=guest.email.lower(),
        name=guest.name,
        organisation=named.get(guest.organisation),
        organisation_name=guest.organisation,
        country=guest.country,
        language=guest.language if guest.language in LANGUAGES else settings.LANGUAGE_CODE,
        may_send_colleague=guest.may_send_colleague,
        merge=dict(guest.merge),
        made_by=by,
        **more,
    )


def _organisations(names: set[str]) -> dict[str, Organisation]:
    """Organisations of the directory with exactly these names."""
    return {one.name: one for one in Organisation.objects.filter(name__in=names - {""})}


@transaction.atomic
def write_to(invitations: Sequence[Invitation], *, by: Any) -> int:
    """The first letter to whoever has none, a reminder to whoever has not answered."""
    now = timezone.now()
    open_ones = [one for one in invitations if is_open(one)]
    for one in open_ones:
        is_reminder = one.written_at is not None
        token = secrets.token_urlsafe(24)
        # A new letter makes the link of the one before void.
        one.token_digest = digest(token)
        if is_reminder:
            one.reminded_at = now
        else:
            one.written_at = now
        one.save(update_fields=["token_digest", "written_at", "reminded_at"])
        announce(Invited(one, token, is_reminder))
    record_each("write_invitation", open_ones, by=by)
    return len(open_ones)


def is_open(invitation: Invitation) -> bool:
    """Neither answered nor withdrawn."""
    return not (
        invitation.accepted_at
        or invitation.declined_at
        or invitation.withdrawn_at
        or invitation.registration_id
    )


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    return (
        Invitation.objects.select_related("event__series")
        .filter(token_digest=digest(token))
        .first()
    )


def mark_opened(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk, opened_at__isnull=True).update(
        opened_at=timezone.now()
    )


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Any) -> None:
    held = _held(invitation)
    if held.registration_id:
        raise Refused(refusal("invitation_used"))
    held.withdrawn_at = timezone.now()
    held.save(update_fields=["withdrawn_at"])
    record("withdraw_invitation", held, by=by)


@transaction.atomic
def decline(invitation: Invitation, *, by: Any) -> None:
    held = _held(invitation)
    if held.registration_id:
        raise Refused(refusal("invitation_used"))
    held.declined_at = timezone.now()
    held.save(update_fields=["declined_at"])
    record("decline_invitation", held, by=by)


@transaction.atomic
def send_colleague(invitation: Invitation, email: str, name: str, *, by: Any) -> Invitation:
    """Somebody of the same organisation comes instead; the organisers see who sent whom."""
    held = _held(invitation)
    email = email.strip().lower()
    if held.registration_id:
        raise Refused(refusal("invitation_used"))
    against = why_no_colleague(held.email, email, may_send=held.may_send_colleague)
    if against:
        raise Refused(against)
    guest = Guest(email, name, held.organisation_name, held.country, held.language)
    listed = invite(held.event, [guest], by=by, in_place_of=held, kind=held.kind)
    if not listed.new:
        raise Refused(refusal("invited_already"))
    held.declined_at = timezone.now()
    held.save(update_fields=["declined_at"])
    record("send_colleague", held, by=by, after={"instead": listed.new[0].pk})
    write_to(listed.new, by=by)
    return listed.new[0]


def _held(invitation: Invitation) -> Invitation:
    held = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("event__series", "kind")
        .get(pk=invitation.pk)
    )
    if held.withdrawn_at:
        raise Refused(refusal("invitation_withdrawn"))
    return held


# Strangers ----------------------------------------------------------------------------------------


@transaction.atomic
def ask_as_stranger(
    event: Event,
    invitation: Invitation | None,
    email: str,
    name: str,
    says: str,
    *,
    person: Any = None,
) -> Stranger:
    """Ask to be invited: by another's letter, or on the page. A second time changes nothing."""
    email = email.strip().lower()
    if against := why_no_address(email):
        raise Refused(against)
    others = invitation.strangers.exclude(email=email).count() if invitation else 0
    if others >= MOST_STRANGERS:
        raise Refused(refusal("too_many_strangers"))
    try:
        with transaction.atomic():
            stranger = Stranger.objects.create(
                event=event,
                invitation=invitation,
                email=email,
                name=" ".join(name.split())[:150],
                says=" ".join(says.split())[:500],
                person=person,
            )
    except IntegrityError:
        return Stranger.objects.get(event=event, email=email)
    record("ask_as_stranger", stranger, by=person)
    announce(StrangerAsked(stranger))
    return stranger


@transaction.atomic
def decide_about(stranger: Stranger, *, is_let_in: bool, by: Any) -> None:
    """An invitation of their own, or a polite no. The invited person is not touched."""
    held = (
        Stranger.objects.select_for_update(of=("self",))
        .select_related("event__series")
        .get(pk=stranger.pk)
    )
    if held.invited_at or held.declined_at:
        raise Refused(refusal("decided_already"))
    held.decided_by = by
    if is_let_in:
        held.invited_at = timezone.now()
        event = held.event
        invite(event, [Guest(held.email, held.name)], by=by)
        theirs = Invitation.objects.select_related("event__series").filter(
            event=event, email=held.email, withdrawn_at__isnull=True
        )
        write_to(list(theirs), by=by)
    else:
        held.declined_at = timezone.now()
        announce(StrangerDeclined(held))
    held.save(update_fields=["invited_at", "declined_at", "decided_by"])
    record("decide_about_stranger", held, by=by, after={"let_in": is_let_in})


# Delegations --------------------------------------------------------------------------------------


@transaction.atomic
def open_delegation(
    event: Event, name: str, country: str, head_email: str, places: int, *, by: Any
) -> Delegation:
    """The head names the people, as many as there are places."""
    if against := why_no_address(head_email.lower()):
        raise Refused(against)
    if Delegation.objects.filter(event=event, name=name).exists():
        raise Refused(refusal("delegation_twice"))
    delegation = Delegation.objects.create(
        event=event, name=name, country=country, head_email=head_email.lower(), places=places
    )
    record("open_delegation", delegation, by=by, after={"places": places})
    announce(DelegationOpened(delegation))
    return delegation


@transaction.atomic
def name_delegate(delegation: Delegation, guest: Guest, *, by: Any) -> Invitation:
    held = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if against := why_no_address(guest.email.lower()):
        raise Refused(against)
    named = held.invitations.filter(withdrawn_at__isnull=True, declined_at__isnull=True).count()
    if named >= held.places:
        raise Refused(refusal("delegation_full", places=held.places))
    listed = invite(held.event, [guest], by=by, delegation=held)
    if not listed.new:
        raise Refused(refusal("invited_already"))
    write_to(listed.new, by=by)
    return listed.new[0]
