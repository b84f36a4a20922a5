"""Chains as their pages and their owner's download need them."""

from typing import Any

from hanse.commons.chains.models import ValueChain


def about(person: Any) -> list[dict[str, Any]]:
    """Chains that a person drew, for the download about themselves."""
    return [chain.as_record() for chain in ValueChain.objects.filter(owner=person)]
