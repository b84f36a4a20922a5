"""Build the registration form: questions, kinds, consent texts, when one may register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from hanse.commons.audit.actions import record
from hanse.events.actions.registration.deciding import set_capacity
from hanse.events.actions.registration.filling import no
from hanse.events.actions.seats import hold
from hanse.events.models import ConsentText, Event, Question, Registration, TicketKind
from hanse.events.queries.questions import as_asked, was_answered
from hanse.events.rules.forms import CHOSEN, condition_meant, why_no_condition, why_no_options
from hanse.kit.refusals import Refused


@transaction.atomic
def write_question(
    event: Event,
    question: Question | None,
    facts: Mapping[str, Any],
    lines: Mapping[str, Sequence[str]],
    *,
    by: Any,
) -> Question:
    """A new question stands last. Of one that was answered neither kind nor answers are lost."""
    hold(event)
    one = question or Question(event=event, order=_next_order(event), code=facts["code"])
    answered = question is not None and was_answered(question)
    if answered and (facts["kind"], facts["about_needs"]) != (one.kind, one.about_needs):
        raise no("question_answered")
    condition = condition_meant(facts["condition"], _earlier(one))
    if reason := why_no_condition(condition, _earlier(one)):
        raise Refused(reason)
    options = options_of(lines, one.options if answered else ()) if facts["kind"] in CHOSEN else []
    if reason := why_no_options(facts["kind"], options, len(one.options) if answered else 0):
        raise Refused(reason)
    for name in ("kind", "label", "hint", "is_required", "about_needs", "kinds"):
        setattr(one, name, facts[name])
    one.condition, one.options = condition, options
    _keep(one)
    record("write_question", event, by=by, after={"question": one.code})
    return one


def _next_order(event: Event) -> int:
    last = event.questions.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def _earlier(question: Question) -> list[Any]:
    before = question.event.questions.filter(is_retired=False, order__lt=question.order)
    return [as_asked(one) for one in before]


def options_of(
    lines: Mapping[str, Sequence[str]], kept: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """One option a line, the same place in every language. Codes that were chosen stay.

    >>> options_of({"en": ["By train", "By car"], "de": ["Mit der Bahn"]}, ())[0]
    {'code': 'by-train', 'label': {'en': 'By train', 'de': 'Mit der Bahn'}}
    """
    options: list[dict[str, Any]] = []
    for place, words in enumerate(lines.get("en", ())):
        code = kept[place]["code"] if place < len(kept) else slugify(words)[:40] or f"o{place + 1}"
        taken = {one["code"] for one in options} | {one["code"] for one in kept[place + 1 :]}
        while code in taken:
            code = f"{code}-{place + 1}"
        label = {language: said[place] for language, said in lines.items() if place < len(said)}
        options.append({"code": code, "label": label})
    return options


def _keep(one: Any) -> None:
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as twice:
        raise no("code_taken", named=one.code) from twice


@transaction.atomic
def remove_question(question: Question, *, by: Any) -> bool:
    """Gone where nobody answered it; else it is asked of nobody any more, and answers stand.

    Returned is whether it is gone."""
    hold(question.event)
    gone = not was_answered(question)
    _must_carry_none(question)
    record(
        "remove_question", question.event, by=by, before={"question": question.code, "gone": gone}
    )
    if gone:
        question.delete()
    else:
        question.is_retired = True
        question.save(update_fields=["is_retired"])
    return gone


def _must_carry_none(question: Question) -> None:
    for other in question.event.questions.filter(is_retired=False).exclude(pk=question.pk):
        if (other.condition or {}).get("question") == question.code:
            raise no("question_carries", named=other.code)


@transaction.atomic
def ask_again(question: Question, *, by: Any) -> None:
    """A question that was retired stands last again."""
    question.is_retired, question.order = False, _next_order(question.event)
    question.condition = {}
    question.save(update_fields=["is_retired", "order", "condition"])
    record("ask_again", question.event, by=by, after={"question": question.code})


@transaction.atomic
def move_question(question: Question, *, up: bool, by: Any) -> None:
    """One place up or down; a question never stands before the one on which it hangs."""
    hold(question.event)
    standing = list(question.event.questions.filter(is_retired=False))
    place = next(at for at, one in enumerate(standing) if one.pk == question.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(standing):
        return
    standing[place], standing[other] = standing[other], standing[place]
    lower, upper = standing[max(place, other)], standing[min(place, other)]
    if (upper.condition or {}).get("question") == lower.code:
        raise no("condition_order", named=upper.code, other=lower.code)
    for order, one in enumerate(standing):
        one.order = order
    Question.objects.bulk_update(standing, ["order"])
    record("move_question", question.event, by=by, after={"question": question.code})


@transaction.atomic
def write_kind(
    event: Event,
    kind: TicketKind | None,
    facts: Mapping[str, Any],
    seats: int | None,
    *,
    by: Any,
) -> TicketKind:
    hold(event)
    one = kind or TicketKind(event=event, code=facts["code"], order=event.kinds.count())
    if kind is not None and kind.is_online != facts["is_online"] and _registrations(kind):
        raise no("kind_in_use", count=_registrations(kind))
    for name in ("name", "text", "needs_approval", "only_invited", "is_online"):
        setattr(one, name, facts[name])
    _keep(one)
    if seats is not None or one.pools.exists():
        set_capacity(event, seats, kind=one, by=by)
    record("write_kind", event, by=by, after={"kind": one.code})
    return one


def _registrations(kind: TicketKind) -> int:
    return Registration.objects.filter(kind=kind).count()


@transaction.atomic
def remove_kind(kind: TicketKind, *, by: Any) -> None:
    hold(kind.event)
    if count := _registrations(kind):
        raise no("kind_in_use", count=count)
    if kind.event.kinds.count() == 1:
        raise no("last_kind")
    record("remove_kind", kind.event, by=by, before={"kind": kind.code})
    kind.delete()


@transaction.atomic
def write_consent(
    event: Event,
    text: ConsentText | None,
    code: str,
    wording: Mapping[str, str],
    *,
    is_required: bool,
    by: Any,
) -> ConsentText:
    """Another wording is another version; who agreed to the one before agreed to that one."""
    if text is None and event.consent_texts.filter(code=code).exists():
        raise no("code_taken", named=code)
    hold(event)
    if text is not None and text.text == wording:
        text.is_required = is_required
        text.save(update_fields=["is_required"])
        return text
    newest = event.consent_texts.filter(code=code).aggregate(last=Max("version"))["last"] or 0
    event.consent_texts.filter(code=code, is_current=True).update(is_current=False)
    made = ConsentText.objects.create(
        event=event, code=code, version=newest + 1, text=dict(wording), is_required=is_required
    )
    record("write_consent", event, by=by, after={"text": code, "version": made.version})
    return made


@transaction.atomic
def end_consent(text: ConsentText, *, by: Any) -> None:
    """Asked of nobody any more; what was agreed to stands."""
    text.is_current = False
    text.save(update_fields=["is_current"])
    record("end_consent", text.event, by=by, before={"text": text.code, "version": text.version})


@transaction.atomic
def set_window(event: Event, facts: Mapping[str, Any], *, by: Any) -> None:
    """When one may register, whether as a team, how long seats are kept for one."""
    opens, closes = facts["opens"], facts["closes"]
    if opens and closes and closes <= opens:
        raise no("closes_before_it_opens")
    # In the order of the programme: the event, then its seats.
    one = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
    hold(event)
    one.registration_opens, one.registration_closes = opens, closes
    for name in ("teams", "most_in_team", "held_until_hours"):
        setattr(one, name, facts[name])
    one.save(
        update_fields=[
            "registration_opens", "registration_closes", "teams", "most_in_team",
            "held_until_hours",
        ]
    )  # fmt: skip
    record("set_window", event, by=by, after={"opens": opens, "closes": closes})
