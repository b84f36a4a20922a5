"""A profile: what is said, how old it is, who the members are, whether it meets the criteria."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.directory.access import (
    administered_by,
    is_administrator,
    is_officer,
    may_edit,
    may_see,
    organisations_visible_to,
)
from hanse.directory.actions.members import add_member, confirm_membership, end_membership
from hanse.directory.documents.linked_data import json_ld
from hanse.directory.forms.office import MemberForm
from hanse.directory.models import FormerAddress, Membership, Organisation
from hanse.directory.queries.hits import place_of
from hanse.directory.queries.may import may_take_part
from hanse.directory.queries.naming import organisation_named
from hanse.directory.queries.profile import (
    Line,
    Profile,
    history_of,
    memberships,
    profile_of,
    waiting_memberships,
)
from hanse.directory.queries.sectors import sector_lines
from hanse.directory.queries.successor import successor
from hanse.directory.queries.validation import assessment_of, said_by_rules, valid_waiver
from hanse.directory.words import FIELDS, REFUSALS_IN_TOUCH, Field, Group, State
from hanse.engines.rules import Answer
from hanse.kit.announce import panels
from hanse.kit.gate import gate, public, whoever
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refusal, Refused
from hanse.observatory.panels import place_on_map

# Fields that have a place of their own on the page; the others stand in the list at its side.
PLACED = {
    "name", "summary", "description", "offer", "seek", "service", "technology", "competence",
    "sector", "ecosystem", "country", "city", "region", "contact_email", "short_name",
}  # fmt: skip


@public
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of whoever lives at this address now; former addresses lead on."""
    one = organisations_visible_to(request.user).filter(slug=slug).first()
    if one is None:
        return moved_to(slug)
    if one.state == State.MERGED and one.merged_into:
        return redirect(one.merged_into)
    profile = profile_of(one, request.user)
    return render(request, "directory/organisation.html", shown_to(request.user, profile))


def moved_to(slug: str) -> HttpResponse:
    """A new name is for good; a merge can be taken apart, so no browser may remember it."""
    renamed = FormerAddress.objects.filter(slug=slug).exists()
    return redirect(successor(slug), permanent=renamed)


def shown_to(reader: Any, profile: Profile) -> dict[str, Any]:
    one = profile.organisation
    assessed = assessment_of(one, profile.values)
    place = place_of(one)
    return {
        "organisation": one,
        "profile": profile,
        "title": one.name,
        "summary": profile.one("summary"),
        "description": profile.one("description"),
        "place": place,
        "map": place_on_map(
            one.region or one.country, _("Where %(place)s lies") % {"place": place}
        ),
        "side": side_of(profile),
        "documents": one.documents.all(),
        "members": profile.members,
        "more_members": profile.member_count - len(profile.members),
        "parts": member_parts(profile),
        "sectors": sector_lines(one),
        "rules": said_by_rules(assessed) if assessed else [],
        "tally": [assessed.count(answer) for answer in Answer] if assessed else [],
        "waiver": valid_waiver(one) if assessed and assessed.is_waived else None,
        "may": may_take_part(one),
        "may_edit": may_edit(reader, one),
        "is_administrator": is_administrator(reader, one),
        "is_officer": is_officer(reader),
        "freshness": profile.freshness,
        "json_ld": json_ld(profile) if one.is_found else "",
        "panels": panels("directory.organisation", one, reader),
        "beside": panels("directory.organisation.side", one, reader),
    }


def side_of(profile: Profile) -> list[tuple[Field, list[Line]]]:
    """Facts without a place of their own: label and lines, in the order of the form."""
    return [
        (field, list(profile.of(code)))
        for code, field in FIELDS.items()
        if code not in PLACED and field.group is not Group.MEMBERS and profile.of(code)
    ]


def member_parts(profile: Profile) -> list[tuple[str, int, str, str]]:
    """Members by kind for the bar: word, count, where the part begins and how wide it is."""
    parts = [(str(FIELDS[field].label), count) for field, count in profile.member_parts if count]
    total = profile.total_members
    told = sum(count for _word, count in parts)
    if total and total > told:
        parts.append(("", total - told))
    whole = sum(count for _word, count in parts) or 1
    bars, at = [], 0.0
    for word, count in parts:
        width = 1000 * count / whole
        # As a drawing writes numbers, whatever the reader's language does.
        bars.append((word, count, f"{at:.1f}", f"{width:.1f}"))
        at += width
    return bars


@gate(may_see, find=organisations_visible_to, by="slug")
def history(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Every fact that ever was said. Names are for those who may edit; others read who, in kind."""
    private = may_edit(request.user, organisation)
    changes = page_of(request, history_of(organisation, private=private), 100)
    context = {"organisation": organisation, "page": changes, "private": private}
    return render(request, "directory/history.html", context)


@gate(may_see, find=organisations_visible_to, by="slug")
def members(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who is a member; those who may edit add one, or say that one is no longer."""
    edits = may_edit(request.user, organisation)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and edits and form.is_valid():
        try:
            said = member_added(organisation, form.cleaned_data, by=whoever(request))
        except Refused as no:
            form.add_error("member", str(no))
        else:
            messages.success(request, said)
            return redirect("directory:members", organisation.slug)
    context = {
        "organisation": organisation,
        "page": page_of(request, memberships(organisation, "cluster", "member")),
        "may_edit": edits,
        "form": form,
        "waiting": waiting_memberships(organisation) if edits else [],
    }
    return render(request, "directory/members.html", context)


def member_added(cluster: Organisation, given: Mapping[str, Any], *, by: Any) -> str:
    """Both sides say it at once where one person speaks for both, or nobody for the member."""
    member = organisation_named(given["member"], organisations_visible_to(by))
    if member is None:
        facts = {"typed": given["member"][:60]}
        raise Refused(Refusal("no_organisation", REFUSALS_IN_TOUCH["no_organisation"], facts))
    both = is_administrator(by, member) or not member.administrators.exists()
    add_member(cluster, member, given["since"], by=by, both_say=both)
    if both:
        return _("Added. It stands on both pages.")
    return _("They get a letter. It stands here as soon as they say so, too.")


def memberships_of(person: Any) -> QuerySet[Membership]:
    """Memberships that one side of may be changed by this person."""
    every = Membership.objects.select_related("cluster", "member")
    if is_officer(person):
        return every
    if not person.is_authenticated:
        return every.none()
    own = administered_by(person)
    return every.filter(Q(cluster__in=own) | Q(member__in=own))


@require_POST
@gate(lambda _person, _one: True, find=memberships_of)
def membership(request: HttpRequest, membership: Membership) -> HttpResponse:
    """End it, or say from the other side that it is so."""
    me = whoever(request)
    if "confirm" in request.POST:
        # The cluster has said it; only the member's side can say that it is so.
        if not is_administrator(me, membership.member):
            raise PermissionDenied
        confirm_membership(membership, by=me)
        messages.success(request, _("Both sides say so now; it stands on both pages."))
    elif membership.until is None:
        end_membership(membership, timezone.localdate(), by=me)
        messages.success(request, _("Ended today."))
    own = is_administrator(me, membership.member)
    side = membership.member if own else membership.cluster
    return redirect("directory:members", side.slug)
