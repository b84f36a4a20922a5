"""What every answer of the directory over HTTP shares: schemas, keys, limits, problems by field."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer

from hanse.directory.actions.tokens import person_behind

router = Router(tags=["directory"])

# Questions of one address, and changes of one key, in a minute.
READS, WRITES = 300, 60
MINUTE = 60


class Key(HttpBearer):
    """`Authorization: Bearer hanse_…`: a key that a person made for a program of theirs."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        if person := person_behind(token):
            counted(f"write:{person.pk}", WRITES, "default")
        return person


class Page(Schema):
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=1_000_000)


class Filters(Schema):
    """The parameters of the search page."""

    q: str = Field("", max_length=400)
    kind: list[str] = []
    country: list[str] = []
    region: list[str] = []
    sector: list[str] = []
    ecosystem: list[str] = []
    competence: list[str] = []
    size: list[str] = []
    label: list[str] = []
    language: list[str] = []
    target: list[str] = []
    soon: list[str] = []
    listed: list[str] = []
    near: str = ""
    km: int = Field(200, ge=1, le=1000)
    confirmed: bool = False


class FactNote(Schema):
    """A value with its language and day, when it was confirmed, and by whom in kind."""

    field: str
    value: Any
    language: str | None = None
    as_of: str | None = None
    source: str | None = None
    confirmed_on: str
    said_by: str


class OtherNote(Schema):
    name: str
    slug: str
    since: str | None = None


class ProjectNote(Schema):
    acronym: str
    title: str
    programme: str
    role: str


class HitNote(Schema):
    slug: str
    name: str
    kind: str
    state: str
    country: str
    region: str
    city: str
    members: int | None
    confirmed_on: str | None
    found_in: list[str]


class HitsNote(Schema):
    total: int
    limit: int
    offset: int
    counts: dict[str, dict[str, int]]
    organisations: list[HitNote]


class OrganisationNote(Schema):
    slug: str
    name: str
    kind: str
    state: str
    revision: int
    confirmed_on: str | None
    facts: list[FactNote]
    members: list[OtherNote]
    clusters: list[OtherNote]
    projects: list[ProjectNote]


class MayNote(Schema):
    right: str
    answer: str
    rule: str
    version: str
    source: str


class CountryNote(Schema):
    country: str
    name: str
    call: str
    may: list[MayNote]


class FieldNote(Schema):
    field: str
    meaning: str
    form: str
    many: bool
    in_language: bool
    with_day: bool
    vocabulary: str


class CodeNote(Schema):
    code: str
    word: str


class VocabularyNote(Schema):
    version: str
    fields: list[FieldNote]
    codes: dict[str, list[CodeNote]]


class ProblemNote(Schema):
    """RFC 9457, with a sentence for each field that was not taken."""

    type: str
    title: str
    status: int
    detail: Any
    errors: list[dict[str, Any]] | None = None


def person_of(request: HttpRequest) -> Any:
    """Whoever made the key."""
    return request.auth  # type: ignore[attr-defined]


def problem(status: int, title: str, detail: str, **more: Any) -> JsonResponse:
    return JsonResponse(
        {"type": "about:blank", "title": title, "status": status, "detail": detail, **more},
        status=status,
        content_type="application/problem+json",
    )


def tagged(request: HttpRequest, told: dict[str, Any], revision: int) -> HttpResponse:
    """An answer with its ETag: the revision, which a change names, and a digest of all of it."""
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)
    tag = f'"{revision}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["ETag"] = tag
    return answer


def counted(who: str, most: int, where: str) -> None:
    """Refuse whoever asks more often in a minute. Reads are counted in each process, so that no
    question writes into the database."""
    cache = caches[where]
    key = f"directory-api:{who}:{int(timezone.now().timestamp()) // MINUTE}"
    cache.add(key, 0, 2 * MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:
        return
    if count > most:
        raise HttpError(429, f"At most {most} a minute. Wait a minute.")


def counted_read(request: HttpRequest) -> None:
    counted(f"read:{address_of(request)}", READS, "process")


def address_of(request: HttpRequest) -> str:
    """Where a question comes from; only proxies of our own are believed."""
    passed = request.headers.get("X-Forwarded-For", "").split(",")
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if trusted and len(passed) >= trusted:
        return passed[-trusted].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
