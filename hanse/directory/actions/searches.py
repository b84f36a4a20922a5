"""Keep a search, be written to about it, or no longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from hanse.directory.models import Organisation, SavedSearch
from hanse.directory.queries.address import asked_by
from hanse.directory.queries.search import search
from hanse.directory.words import REFUSALS
from hanse.kit.announce import announce
from hanse.kit.refusals import Refusal, Refused

MOST_KEPT = 50
MOST_TOLD = 200
LONGEST = 1000


@dataclass(frozen=True)
class NewlyFound:
    """Organisations that were published since a kept search last told of any."""

    kept: SavedSearch
    found: Sequence[Organisation]


def keep_search(query: str, *, by: Any) -> SavedSearch:
    """The address of a search without its page number; keeping it twice changes nothing."""
    asked = QueryDict(query[:LONGEST]).copy()
    asked.pop("page", None)
    if SavedSearch.objects.filter(person=by).count() >= MOST_KEPT:
        raise Refused(
            Refusal("too_many_searches", REFUSALS["too_many_searches"], {"most": MOST_KEPT})
        )
    name = asked.get("q") or ", ".join(
        value for _key, values in asked.lists() for value in values if value
    )
    kept, _is_new = SavedSearch.objects.get_or_create(
        person=by,
        query=asked.urlencode()[:LONGEST],
        defaults={"name": (name or _("All organisations"))[:120]},
    )
    return kept


def drop_search(kept: SavedSearch, *, by: Any) -> None:
    kept.delete()


def mute_search(kept: SavedSearch, *, by: Any) -> None:
    """Letters on or off."""
    kept.writes = not kept.writes
    kept.save(update_fields=["writes"])


def tell_of_new_ones() -> int:
    """Announce who is new in each kept search that writes; how many had somebody."""
    told = 0
    for kept in SavedSearch.objects.filter(writes=True).select_related("person"):
        now = timezone.now()
        numbers = set(search(asked_by(QueryDict(kept.query)).question).numbers.tolist())
        fresh = [
            one
            for one in Organisation.objects.filter(published_at__gt=kept.told_at).order_by(
                "-published_at"
            )
            if one.pk in numbers
        ][:MOST_TOLD]
        if fresh:
            with transaction.atomic():
                announce(NewlyFound(kept, fresh))
                SavedSearch.objects.filter(pk=kept.pk).update(told_at=now)
            told += 1
    return told
