"""Draw, change and remove value chains of one's own."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from hanse.commons.audit.actions import record
from hanse.commons.chains.models import ValueChain
from hanse.commons.chains.rules import Stage, refusal, why_not_a_chain, why_not_another
from hanse.kit.refusals import Refused


def draw_chain(name: str, says: str, stages: Sequence[Stage], *, by: Any) -> ValueChain:
    """A new chain of a person; refused where they have one of the name."""
    mine = ValueChain.objects.filter(owner=by)
    _or_refused(stages)
    if reason := why_not_another(mine.count()):
        raise Refused(reason)
    try:
        with transaction.atomic():
            chain = ValueChain.objects.create(owner=by, name=name, says=says, drawn=_drawn(stages))
            record("draw_chain", chain, by=by, after={"stages": len(stages)})
    except IntegrityError as taken:
        raise Refused(refusal("same_name")) from taken
    return chain


def change_chain(
    chain: ValueChain, name: str, says: str, stages: Sequence[Stage], *, by: Any
) -> ValueChain:
    """The chain as it is drawn now."""
    _or_refused(stages)
    before = {"stages": len(chain.drawn)}
    chain.name, chain.says, chain.drawn = name, says, _drawn(stages)
    try:
        with transaction.atomic():
            chain.save()
            record("change_chain", chain, by=by, before=before, after={"stages": len(stages)})
    except IntegrityError as taken:
        raise Refused(refusal("same_name")) from taken
    return chain


def remove_chain(chain: ValueChain, *, by: Any) -> None:
    with transaction.atomic():
        record("remove_chain", chain, by=by)
        chain.delete()


def _or_refused(stages: Sequence[Stage]) -> None:
    if reason := why_not_a_chain(stages):
        raise Refused(reason)


def _drawn(stages: Sequence[Stage]) -> list[list[object]]:
    return [[stage.name, list(stage.sectors)] for stage in stages]
