"""Ask for a partner, say something to it, be interested, answer, renew, close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.directory.actions.messages import begin_thread, write_message
from hanse.directory.actions.posting import new_slip, refusal, write_once, written_before
from hanse.directory.models import Comment, Follow, Interest, Organisation, PartnerRequest
from hanse.directory.queries.messages import sides_between
from hanse.directory.queries.requests import tokens_for
from hanse.directory.rules.messages import why_not_writable
from hanse.directory.rules.requests import (
    ASKED_BEFORE,
    STANDS_FOR,
    next_end,
    why_not_asked,
    why_not_standing,
    why_not_widened,
)
from hanse.directory.words import InterestAnswer, Level, Outcome, State
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused

AT_ONCE = 200


@dataclass(frozen=True)
class RequestCommented:
    """Somebody said something to a request."""

    comment: Comment


@dataclass(frozen=True)
class InterestSaid:
    """An organisation is interested in a request."""

    interest: Interest


@dataclass(frozen=True)
class LetUsTalk:
    """The asking side wants to talk with an interested one."""

    interest: Interest
    says: str


@dataclass(frozen=True)
class RequestEnding:
    """A request runs out soon."""

    request: PartnerRequest


@dataclass(frozen=True)
class Asked:
    """What a request says."""

    what: str
    for_what: str
    language: str
    text: str = ""
    countries: Sequence[str] = ()
    by_day: date | None = None
    call: str = ""
    call_url: str = ""
    level: Level = Level.PUBLIC
    stands_days: int = STANDS_FOR.days


@transaction.atomic
def ask_for_partner(
    organisation: Organisation,
    asked: Asked,
    *,
    by: Any,
    slip: UUID | None = None,
    now: datetime | None = None,
) -> PartnerRequest:
    """A new request. Whoever wrote it follows it."""
    if held := written_before(PartnerRequest, slip, by):
        return held
    now = now or timezone.now()
    request = PartnerRequest(
        organisation=organisation, made_by=by, made_at=now, slip=new_slip(slip)
    )
    _say(request, asked, now)
    request, is_new = write_once(request)
    if is_new:
        if by is not None:
            follow(request, by=by)
        record("ask_for_partner", organisation, by=by, after={"request": request.pk})
    return request


@transaction.atomic
def change_request(request: PartnerRequest, asked: Asked, *, by: Any) -> None:
    _must_stand(request)
    others = request.comments.exclude(organisation=request.organisation_id).exists()
    if reason := why_not_widened(request.level, asked.level, others_spoke=others):
        raise Refused(reason)
    _say(request, asked, timezone.now())
    request.save()
    record("change_request", request, by=by)


def _say(request: PartnerRequest, asked: Asked, now: datetime) -> None:
    if reason := why_not_asked(asked.by_day, asked.stands_days, now.date()):
        raise Refused(reason)
    request.what = asked.what
    request.for_what = asked.for_what
    request.text = asked.text
    request.countries = " ".join(sorted(set(asked.countries)))
    request.by_day = asked.by_day
    request.call = asked.call
    request.call_url = asked.call_url
    request.level = asked.level
    request.language = asked.language
    request.changed_at = now
    request.expires_at = now + timedelta(days=asked.stands_days)
    request.asked_at = None
    request.tokens = tokens_for(f"{asked.what}. {asked.for_what}")


@transaction.atomic
def comment_on(
    request: PartnerRequest,
    organisation: Organisation,
    text: str,
    *,
    by: Any,
    slip: UUID | None = None,
) -> Comment:
    """Say something below a request, in the name of an organisation."""
    if held := written_before(Comment, slip, by):
        return held
    _must_stand(request)
    if not text.strip():
        raise refusal("nothing_written")
    if organisation.pk != request.organisation_id:
        _must_be_writable(organisation, request)
    comment, is_new = write_once(
        Comment(
            request=request,
            organisation=organisation,
            text=text.strip()[:2000],
            made_by=by,
            slip=new_slip(slip),
        )
    )
    if is_new:
        record("comment_on_request", request, by=by, after={"comment": comment.pk})
        announce(RequestCommented(comment))
    return comment


@transaction.atomic
def take_back_comment(comment: Comment, *, by: Any) -> None:
    record("take_back_comment", comment.request, by=by, before={"comment": comment.pk})
    comment.delete()


def follow(request: PartnerRequest, *, by: Any) -> None:
    """Letters about every comment."""
    Follow.objects.get_or_create(request=request, person=by)


def unfollow(request: PartnerRequest, *, by: Any) -> None:
    Follow.objects.filter(request=request, person=by).delete()


@transaction.atomic
def say_interest(
    request: PartnerRequest, organisation: Organisation, says: str, *, by: Any
) -> Interest:
    """One sentence in the name of an organisation; its administrators are told of a yes."""
    _must_stand(request)
    if organisation.pk == request.organisation_id:
        raise refusal("own_request")
    if not says.strip():
        raise refusal("nothing_written")
    held = Interest.objects.filter(request=request, organisation=organisation).first()
    if held is None:
        _must_be_writable(organisation, request)
        try:
            with transaction.atomic():
                held = Interest.objects.create(
                    request=request,
                    organisation=organisation,
                    says=" ".join(says.split())[:300],
                    made_by=by,
                )
        except IntegrityError:
            held = Interest.objects.get(request=request, organisation=organisation)
        else:
            record("say_interest", request, by=by, after={"interest": held.pk})
            announce(InterestSaid(held))
            return held
    raise refusal("already_interested", name=organisation.name, day=held.made_at.date())


@transaction.atomic
def answer_interest(interest: Interest, said: InterestAnswer, text: str, *, by: Any) -> Interest:
    """“Let us talk” opens a conversation; a “no” stays here, and the other side hears nothing."""
    held = (
        Interest.objects.select_for_update(of=("self",))
        .select_related("request__organisation", "organisation")
        .get(pk=interest.pk)
    )
    if held.answer and held.answered_at:
        raise refusal("interest_answered", day=held.answered_at.date())
    if said == InterestAnswer.TALK:
        _begin_to_talk(held, text, by=by)
    held.answer, held.answered_at, held.answered_by = said, timezone.now(), by
    held.save()
    record("answer_interest", held.request, by=by, after={"interest": held.pk, "answer": said})
    if said == InterestAnswer.TALK:
        announce(LetUsTalk(held, text.strip()))
    return held


def _begin_to_talk(interest: Interest, text: str, *, by: Any) -> None:
    asker = interest.request.organisation
    if reason := why_not_writable(sides_between(asker, interest.organisation)):
        raise Refused(reason)
    thread = begin_thread(asker, interest.organisation, interest.request.what, is_wanted=True)
    write_message(thread, interest.organisation, interest.says, by=interest.made_by)
    if text.strip():
        write_message(thread, asker, text, by=by)
    interest.thread = thread


@transaction.atomic
def renew_request(request: PartnerRequest, *, by: Any, now: datetime | None = None) -> None:
    """It goes on for another ninety days, also after it ran out."""
    held = PartnerRequest.objects.select_for_update().get(pk=request.pk)
    if held.closed_at:
        raise refusal("request_closed", day=held.closed_at.date())
    held.expires_at = next_end(held.expires_at, now or timezone.now())
    held.asked_at = None
    held.save(update_fields=["expires_at", "asked_at"])
    request.refresh_from_db()
    record("renew_request", held, by=by, after={"until": held.expires_at.date()})


@transaction.atomic
def close_request(request: PartnerRequest, outcome: Outcome, says: str, *, by: Any) -> None:
    """It ends, with how it ended."""
    held = PartnerRequest.objects.select_for_update().get(pk=request.pk)
    if held.closed_at:
        raise refusal("request_closed", day=held.closed_at.date())
    held.closed_at, held.outcome = timezone.now(), outcome
    held.outcome_says = " ".join(says.split())[:300]
    held.save(update_fields=["closed_at", "outcome", "outcome_says"])
    request.refresh_from_db()
    record("close_request", held, by=by, after={"outcome": outcome})


def ask_whether_requests_go_on(now: datetime | None = None) -> int:
    """A week before a request ends its organisation gets a letter, once."""
    now = now or timezone.now()
    ending = PartnerRequest.objects.filter(
        closed_at__isnull=True,
        asked_at__isnull=True,
        expires_at__gt=now,
        expires_at__lte=now + ASKED_BEFORE,
        organisation__state=State.PUBLISHED,
    ).select_related("organisation")
    asked = 0
    for request in ending:
        with transaction.atomic():
            waiting = PartnerRequest.objects.filter(pk=request.pk, asked_at__isnull=True)
            if waiting.update(asked_at=now):
                announce(RequestEnding(request))
                asked += 1
    return asked


def _must_stand(request: PartnerRequest) -> None:
    """As it stands now, whatever it was when its page was read."""
    held = PartnerRequest.objects.get(pk=request.pk)
    reason = why_not_standing(held.expires_at, held.closed_at, timezone.now())
    if reason:
        raise Refused(reason)


def _must_be_writable(organisation: Organisation, request: PartnerRequest) -> None:
    """Whoever may not write to the asking side may not be interested or comment either."""
    if reason := why_not_writable(sides_between(organisation, request.organisation)):
        raise Refused(reason)
