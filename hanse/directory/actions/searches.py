"""Keep a search, be written to about it, or no longer."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from hanse.directory.models import SavedSearch
from hanse.directory.words import REFUSALS
from hanse.kit.refusals import Refusal, Refused

MOST_KEPT = 50
LONGEST = 1000


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
