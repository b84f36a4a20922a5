"""Who sees which profile and who may change it.

What is found is open to all; a draft is its administrators' and the office's. The office is whoever
operates this place.
"""

from typing import Any

from django.db.models import Q, QuerySet

from hanse.directory.models import (
    Administrator,
    ApiToken,
    Attachment,
    Document,
    Fact,
    Import,
    Interest,
    Introduction,
    News,
    OpenCall,
    Organisation,
    OrganisationEvent,
    PartnerRequest,
    Report,
    Thread,
)
from hanse.directory.words import FOUND, Level, State


def is_officer(person: Any) -> bool:
    return bool(person.is_authenticated and person.is_active and person.is_staff)


def administered_by(person: Any) -> QuerySet[Organisation]:
    if not person.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.filter(administrators__person=person).exclude(state=State.MERGED)


def organisations_visible_to(person: Any) -> QuerySet[Organisation]:
    """Found by all, one's own in any state; hidden and retired ones keep a page that says so."""
    everybody = Q(state__in=[*FOUND, State.DORMANT, State.RETIRED])
    if is_officer(person):
        return Organisation.objects.all()
    if not person.is_authenticated:
        return Organisation.objects.filter(everybody)
    own = Administrator.objects.filter(person=person).values("organisation")
    return Organisation.objects.filter(everybody | Q(pk__in=own))


def is_administrator(person: Any, organisation: Organisation) -> bool:
    return bool(
        person.is_authenticated and organisation.administrators.filter(person=person).exists()
    )


def may_see(person: Any, organisation: Organisation) -> bool:
    """Whoever finds it may read it."""
    return True


def may_edit(person: Any, organisation: Organisation) -> bool:
    if organisation.state == State.MERGED:
        return False
    return is_officer(person) or is_administrator(person, organisation)


def may_speak_for(person: Any, organisation: Organisation) -> bool:
    """Write, ask and answer in its name: its administrators only, not the office."""
    return organisation.state == State.PUBLISHED and is_administrator(person, organisation)


def may_ask_to_join(person: Any, organisation: Organisation) -> bool:
    return bool(person.is_authenticated and organisation.state != State.MERGED)


def documents_visible_to(person: Any) -> QuerySet[Document]:
    """Documents of whoever this person sees."""
    return Document.objects.filter(
        organisation__in=organisations_visible_to(person).values("pk")
    ).select_related("organisation", "stored")


def facts_visible_to(person: Any, organisation: Organisation) -> QuerySet[Fact]:
    """What is said now; what is not public is the organisation's and the office's alone."""
    said = organisation.facts.filter(ended_at__isnull=True)
    return said if may_edit(person, organisation) else said.filter(is_public=True)


def public_facts() -> QuerySet[Fact]:
    """Every fact that everybody may read, of organisations that are found."""
    return Fact.objects.filter(ended_at__isnull=True, is_public=True, organisation__state__in=FOUND)


# Getting in touch ---------------------------------------------------------------------------------


def spoken_for_by(person: Any) -> QuerySet[Organisation]:
    """The published organisations in whose name a person writes."""
    return administered_by(person).filter(state=State.PUBLISHED)


def speaks_for_any(person: Any) -> bool:
    return spoken_for_by(person).exists()


def requests_visible_to(person: Any) -> QuerySet[PartnerRequest]:
    """Of published organisations: public ones, and the others for who speaks for one; one's own."""
    every = PartnerRequest.objects.select_related("organisation")
    published = Q(organisation__state=State.PUBLISHED)
    if not person.is_authenticated:
        return every.filter(published, level=Level.PUBLIC)
    if is_officer(person) or speaks_for_any(person):
        seen = published
    else:
        seen = published & Q(level=Level.PUBLIC)
    own = Administrator.objects.filter(person=person).values("organisation")
    return every.filter(seen | Q(organisation__in=own))


def may_read(person: Any, thing: Any) -> bool:
    """Whoever sees it at all may read it."""
    return True


def may_answer_for(person: Any, thing: Any) -> bool:
    """Decide about what one's organisation has posted."""
    return may_speak_for(person, thing.organisation)


def interests_to_answer(person: Any) -> QuerySet[Interest]:
    """Interest in requests of the organisations that a person speaks for."""
    return Interest.objects.filter(request__organisation__in=spoken_for_by(person)).select_related(
        "organisation", "request__organisation", "thread"
    )


def threads_visible_to(person: Any) -> QuerySet[Thread]:
    """Conversations of the organisations that a person speaks for; nobody else's, not even the
    office's."""
    every = Thread.objects.select_related("opener", "other")
    if not person.is_authenticated:
        return every.none()
    own = administered_by(person).values("pk")
    return every.filter(Q(opener__in=own) | Q(other__in=own))


def attachments_visible_to(person: Any) -> QuerySet[Attachment]:
    """Files of the two sides alone."""
    seen = threads_visible_to(person).values("pk")
    return Attachment.objects.filter(message__thread__in=seen).select_related("stored")


def sides_of(person: Any, thread: Thread) -> list[Organisation]:
    """The sides of a conversation that a person reads for."""
    if not person.is_authenticated:
        return []
    held = set(
        Administrator.objects.filter(
            person=person, organisation__in=[thread.opener_id, thread.other_id]
        ).values_list("organisation", flat=True)
    )
    return [side for side in thread.sides if side.pk in held and side.state != State.MERGED]


def introductions_visible_to(person: Any) -> QuerySet[Introduction]:
    """Of the three organisations: whoever speaks for one of them."""
    every = Introduction.objects.select_related("organisation", "first", "second", "thread")
    if not person.is_authenticated:
        return every.none()
    own = administered_by(person).values("pk")
    asked = Q(first__in=own) | Q(second__in=own)
    return every.filter(Q(organisation__in=own) | (asked & Q(is_held_back=False)))


def reports_visible_to(person: Any) -> QuerySet[Report]:
    every = Report.objects.select_related("thread__opener", "thread__other", "side")
    return every if is_officer(person) else every.none()


def news_visible_to(person: Any) -> QuerySet[News]:
    return News.objects.filter(organisation__state=State.PUBLISHED).select_related("organisation")


def events_visible_to(person: Any) -> QuerySet[OrganisationEvent]:
    return OrganisationEvent.objects.filter(organisation__state=State.PUBLISHED).select_related(
        "organisation"
    )


def calls_visible_to(person: Any) -> QuerySet[OpenCall]:
    return OpenCall.objects.filter(organisation__state=State.PUBLISHED).select_related(
        "organisation"
    )


def may_take_down(person: Any, notice: Any) -> bool:
    """Its organisation, and the office where something must not stand."""
    return is_officer(person) or may_speak_for(person, notice.organisation)


def may_begin_to_write(person: Any, other: Organisation) -> bool:
    """Whoever has a log-in; in whose name they write is asked on the page."""
    return bool(person.is_authenticated and other.state != State.MERGED)


def imports_visible_to(person: Any) -> QuerySet[Import]:
    """Files that one brought oneself."""
    if not person.is_authenticated:
        return Import.objects.none()
    return Import.objects.filter(owner=person)


def may_take_in(person: Any, brought: Import) -> bool:
    return bool(brought.owner_id == person.pk) and (not brought.is_listing or is_officer(person))


def tokens_of(person: Any) -> QuerySet[ApiToken]:
    """Keys of one's own that still open something."""
    if not person.is_authenticated:
        return ApiToken.objects.none()
    return ApiToken.objects.filter(person=person, revoked_at__isnull=True)


def may_revoke(person: Any, token: ApiToken) -> bool:
    return bool(token.person_id == person.pk)
