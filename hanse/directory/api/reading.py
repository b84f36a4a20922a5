"""What everybody may read: the search, one organisation, the vocabulary, what a country may."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import condition
from ninja import Query
from ninja.decorators import decorate_view

from hanse.commons.competences.queries import VERSION
from hanse.commons.places.words import country_name, eurostat_code
from hanse.directory.access import facts_visible_to
from hanse.directory.api.answers import (
    CountryNote,
    Filters,
    HitsNote,
    OrganisationNote,
    Page,
    VocabularyNote,
    counted_read,
    router,
    tagged,
)
from hanse.directory.models import Membership, Organisation, Tick
from hanse.directory.queries.address import asked_by
from hanse.directory.queries.hits import Hit, hits_of
from hanse.directory.queries.may import may_in, name_of_call
from hanse.directory.queries.open_data import PUBLIC_FIELDS, about, found
from hanse.directory.queries.profile import memberships
from hanse.directory.queries.search import search
from hanse.directory.queries.successor import NOBODY, successor
from hanse.directory.queries.vocabularies import choices, known
from hanse.directory.words import FIELDS


def version_of_search(request: HttpRequest, *args: object, **kwargs: object) -> str:
    """A search changes with what is found, the language and the day, and with nothing else."""
    tick = Tick.objects.values_list("number", flat=True).first() or 0
    return f'"{tick}-{get_language()}-{timezone.localdate().isoformat()}"'


@router.get("/organisations", response=HitsNote, summary="Search: who is found, best first")
@decorate_view(condition(etag_func=version_of_search))
def organisations(
    request: HttpRequest, page: Query[Page], filters: Query[Filters]
) -> dict[str, Any]:
    """The parameters are those of the search page; several values of one are alternatives. Counts
    of a filter leave that filter itself out."""
    counted_read(request)
    asked = request.GET.copy()
    asked["confirmed"] = "1" if filters.confirmed else ""
    found_now = search(asked_by(asked).question)
    numbers = found_now.numbers[page.offset : page.offset + page.limit]
    return {
        "total": found_now.total,
        "limit": page.limit,
        "offset": page.offset,
        "counts": found_now.counts,
        "organisations": [hit(one) for one in hits_of(numbers, found_now.asked)],
    }


def hit(one: Hit) -> dict[str, Any]:
    organisation = one.organisation
    return {
        "slug": organisation.slug,
        "name": organisation.name,
        "kind": organisation.kind,
        "state": organisation.state,
        "country": organisation.country,
        "region": organisation.region,
        "city": organisation.city,
        "members": one.members,
        "confirmed_on": one.confirmed_on.isoformat() if one.confirmed_on else None,
        "found_in": [why.field for why in one.whys],
    }


@router.get(
    "/organisations/{slug:slug}",
    response={200: OrganisationNote, 308: None},
    url_name="directory_organisation",
    summary="One organisation: facts with their age, members, clusters, projects",
)
def organisation(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Former addresses answer 308 and lead on. The ETag begins with the revision."""
    counted_read(request)
    one = found().filter(slug=slug).first()
    if one is None:
        answer = HttpResponse(status=308)
        answer["Location"] = reverse("api:directory_organisation", args=[successor(slug).slug])
        return answer
    return tagged(request, told(one), one.revision)


def told(one: Organisation) -> dict[str, Any]:
    """What everybody may read of one organisation."""
    facts = facts_visible_to(NOBODY, one).order_by("pk")
    projects = one.participations.select_related("project").order_by("-project__began_on", "pk")
    return {
        **about(one),
        "name": one.name,
        "revision": one.revision,
        "facts": [fact.as_record() for fact in facts if fact.field in FIELDS],
        "members": [side(m, m.member) for m in memberships(one, "cluster", "member")],
        "clusters": [side(m, m.cluster) for m in memberships(one, "member", "cluster")],
        "projects": [
            {
                "acronym": part.project.acronym,
                "title": part.project.title,
                "programme": part.project.programme,
                "role": part.role,
            }
            for part in projects[:50]
        ],
    }


def side(membership: Membership, other: Organisation) -> dict[str, Any]:
    since = membership.since
    return {
        "name": other.name,
        "slug": other.slug,
        "since": since.isoformat() if since else None,
    }


@router.get("/vocabulary", response=VocabularyNote, summary="Fields and the codes in them")
def vocabulary(request: HttpRequest) -> dict[str, Any]:
    counted_read(request)
    return {
        "version": VERSION,
        "fields": [
            {
                "field": field.code,
                "meaning": str(field.label),
                "form": field.form,
                "many": field.many,
                "in_language": field.in_language,
                "with_day": field.as_of,
                "vocabulary": field.vocabulary,
            }
            for field in PUBLIC_FIELDS
        ],
        "codes": {
            name: [{"code": code, "word": word} for code, word in choices(name)]  # type: ignore[arg-type]
            for name in known()
        },
    }


@router.get(
    "/countries/{code}",
    response=CountryNote,
    summary="What organisations of a country may do in the call: join, lead, be paid",
)
def country(request: HttpRequest, code: str) -> dict[str, Any]:
    counted_read(request)
    code = eurostat_code(code)
    if code not in known()["country"]:
        raise Http404("No country has this code.")
    return {
        "country": code,
        "name": country_name(code),
        "call": name_of_call(),
        "may": [
            {
                "right": one.what,
                "answer": one.answer,
                "rule": one.rule,
                "version": one.version,
                "source": one.source,
            }
            for one in may_in(code)
        ],
    }
