"""Who is a member of which cluster, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.directory.models import Membership, Organisation
from hanse.directory.words import REFUSALS
from hanse.kit.announce import announce
from hanse.kit.refusals import Refusal, Refused


@dataclass(frozen=True)
class MembershipSaid:
    """A cluster says that somebody is its member, and waits for their word."""

    membership: Membership


@transaction.atomic
def add_member(
    cluster: Organisation, member: Organisation, since: date | None, *, by: Any, both_say: bool
) -> Membership:
    """A member by the word of one side; `both_say` where the writer speaks for both."""
    if cluster.pk == member.pk:
        raise Refused(Refusal("same_organisation", REFUSALS["same_organisation"]))
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                cluster=cluster,
                member=member,
                since=since,
                confirmed_at=timezone.now() if both_say else None,
            )
    except IntegrityError as twice:
        facts = {"member": member.name}
        raise Refused(Refusal("already_member", REFUSALS["already_member"], facts)) from twice
    record("add_member", cluster, by=by, after={"member": member.pk})
    if not both_say:
        announce(MembershipSaid(membership))
    return membership


@transaction.atomic
def end_membership(membership: Membership, until: date, *, by: Any) -> None:
    if membership.since and until < membership.since:
        raise Refused(Refusal("members_before_start", REFUSALS["members_before_start"]))
    membership.until = until
    membership.save(update_fields=["until"])
    record("end_membership", membership.cluster, by=by, after={"member": membership.member_id})


@transaction.atomic
def confirm_membership(membership: Membership, *, by: Any) -> None:
    """The other side says it too."""
    membership.confirmed_at = timezone.now()
    membership.save(update_fields=["confirmed_at"])
    record("confirm_membership", membership.cluster, by=by, after={"member": membership.member_id})
