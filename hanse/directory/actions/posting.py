"""Write something once, however often its form is sent."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction

from hanse.directory.words import REFUSALS_IN_TOUCH
from hanse.kit.refusals import Refusal, Refused

Thing = TypeVar("Thing", bound=models.Model)


def refusal(code: str, **facts: object) -> Refused:
    return Refused(Refusal(code, REFUSALS_IN_TOUCH[code], facts))


def new_slip(slip: UUID | None) -> UUID:
    return slip or uuid4()


def written_before(kind: type[Thing], slip: UUID | None, by: Any) -> Thing | None:
    """What the same form wrote already."""
    if slip is None:
        return None
    return kind._default_manager.filter(slip=slip, made_by=by).first()  # noqa: SLF001


def write_once(thing: Thing) -> tuple[Thing, bool]:
    """Keep it, or get what a double click wrote a moment ago; and whether it is new."""
    try:
        with transaction.atomic():
            thing.save(force_insert=True)
    except IntegrityError:
        held = written_before(type(thing), thing.slip, thing.made_by)  # type: ignore[attr-defined]
        if held is None:
            raise
        return held, False
    return thing, True
