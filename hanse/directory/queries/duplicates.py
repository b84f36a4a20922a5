"""Organisations that may be the one somebody is about to add."""

from __future__ import annotations

from typing import Any

from hanse.directory.access import organisations_visible_to
from hanse.directory.models import Fact, Organisation
from hanse.directory.rules.duplicates import agreement_of_names
from hanse.directory.rules.searching import PASSAGES
from hanse.directory.rules.values import key_of
from hanse.kit.stemming import tokens_of
from hanse.ports.fulltext import open_fulltext

MOST = 5
NAMES = ("name", "other_name", "short_name")


def look_alikes(name: str, country: str, reader: Any) -> list[Organisation]:
    """Visible organisations of the country with the same name or nearly."""
    same = Fact.objects.filter(
        field__in=NAMES, key=key_of("name", name), ended_at__isnull=True
    ).values("organisation")
    visible = organisations_visible_to(reader).filter(country=country)
    found = list(visible.filter(pk__in=same)[:MOST])
    near = open_fulltext().holding_any(tokens_of(name)) // PASSAGES
    for one in visible.filter(pk__in=[int(number) for number in set(near[:2000])])[:500]:
        if one not in found and agreement_of_names([name], [one.name]):
            found.append(one)
    return found[:MOST]
