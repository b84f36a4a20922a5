"""Who lives at an address that somebody left: by another name, or by a merge."""

from __future__ import annotations

from django.http import Http404

from hanse.directory.access import organisations_visible_to
from hanse.directory.models import FormerAddress, Organisation
from hanse.directory.words import State


class _Nobody:
    is_authenticated = False


NOBODY = _Nobody()


def successor(slug: str) -> Organisation:
    """Who took over an address; 404 where nobody did that everybody may see."""
    former = FormerAddress.objects.select_related("organisation__merged_into").filter(slug=slug)
    merged = Organisation.objects.select_related("merged_into").filter(
        slug=slug, state=State.MERGED
    )
    one = former[0].organisation if former else merged.first()
    while one and one.state == State.MERGED:
        one = one.merged_into
    if one is None or not organisations_visible_to(NOBODY).filter(pk=one.pk).exists():
        raise Http404
    return one
