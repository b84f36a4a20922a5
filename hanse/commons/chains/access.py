"""Examples are open to all; a chain that somebody drew is seen by them and nobody else."""

from typing import Any

from django.db.models import Q, QuerySet

from hanse.commons.chains.models import ValueChain


def chains_visible_to(person: Any) -> QuerySet[ValueChain]:
    if not person.is_authenticated:
        return ValueChain.objects.filter(owner__isnull=True)
    return ValueChain.objects.filter(Q(owner__isnull=True) | Q(owner=person))


def may_read_chain(person: Any, chain: ValueChain) -> bool:
    return chain.owner_id is None or bool(chain.owner_id == person.pk)


def may_change_chain(person: Any, chain: ValueChain) -> bool:
    return bool(person.is_authenticated and chain.owner_id == person.pk)
