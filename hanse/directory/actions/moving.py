"""When one profile takes another in: what the other asked, told and wrote goes along, and back."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F, Model, Q, QuerySet

from hanse.directory.models import (
    Block,
    Comment,
    Interest,
    Introduction,
    Message,
    News,
    OpenCall,
    Organisation,
    OrganisationEvent,
    PartnerRequest,
    Report,
    Thread,
)

# Moved rows: “Model.field” and their numbers.
Moved = Mapping[str, list[int]]
MODELS: Mapping[str, type[Model]] = {
    model.__name__: model
    for model in (
        Block, Comment, Interest, Introduction, Message, News, OpenCall, OrganisationEvent,
        PartnerRequest, Report, Thread,
    )
}  # fmt: skip


def take_along(kept: Organisation, gone: Organisation) -> dict[str, list[int]]:
    """What was the other's is the kept one's now, except where the kept one has the same."""
    threads = Thread.objects.filter(
        Q(opener=gone) & ~Q(other=kept) | Q(other=gone) & ~Q(opener=kept)
    )
    moving: list[tuple[QuerySet[Model], str]] = [
        (model.objects.filter(organisation=gone), "organisation")  # type: ignore[attr-defined]
        for model in (PartnerRequest, Comment, News, OrganisationEvent, OpenCall)
    ]
    moving += [
        (_interests(kept, gone), "organisation"),
        (Message.objects.filter(side=gone, thread__in=threads), "side"),
        (Report.objects.filter(side=gone, thread__in=threads), "side"),
        (Thread.objects.filter(opener=gone).exclude(other=kept), "opener"),
        (Thread.objects.filter(other=gone).exclude(opener=kept), "other"),
        (_blocks(kept, gone, "organisation", "blocked"), "organisation"),
        # Whoever wanted nothing of the other wants nothing of the kept one either.
        (_blocks(kept, gone, "blocked", "organisation"), "blocked"),
        *((_introductions(kept, gone, side), side) for side in ("organisation", "first", "second")),
    ]  # type: ignore[list-item]
    moved: dict[str, list[int]] = {}
    for rows, field in moving:
        numbers = list(rows.values_list("pk", flat=True))
        if numbers:
            rows.model._default_manager.filter(pk__in=numbers).update(**{field: kept})  # noqa: SLF001
            moved[f"{rows.model.__name__}.{field}"] = numbers
    return moved


def give_back(moved: Moved, gone: Organisation) -> None:
    for place, numbers in moved.items():
        model, _dot, field = place.partition(".")
        MODELS[model]._default_manager.filter(pk__in=numbers).update(**{field: gone})  # noqa: SLF001


def _interests(kept: Organisation, gone: Organisation) -> QuerySet[Interest]:
    held = Interest.objects.filter(organisation=kept).values("request")
    return (
        Interest.objects.filter(organisation=gone)
        .exclude(request__in=held)
        .exclude(request__organisation__in=[kept, gone])
    )


def _blocks(kept: Organisation, gone: Organisation, side: str, other: str) -> QuerySet[Block]:
    held = Block.objects.filter(**{side: kept}).values(other)
    return (
        Block.objects.filter(**{side: gone})
        .exclude(**{f"{other}__in": held})
        .exclude(**{other: kept})
    )


def _introductions(kept: Organisation, gone: Organisation, side: str) -> QuerySet[Introduction]:
    others = [name for name in ("organisation", "first", "second") if name != side]
    rows = Introduction.objects.filter(**{side: gone})
    for name in others:
        rows = rows.exclude(**{name: kept}).exclude(**{name: F(side)})
    return rows
