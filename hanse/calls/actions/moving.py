"""When one profile takes another in, its applications go along, and back."""

from __future__ import annotations

from hanse.calls.models import Application
from hanse.calls.words import GONE
from hanse.directory.models import Merge


def take_along(merged: Merge) -> None:
    """Except where both apply in one call: then each application stays as it is, and the kept
    side reads both."""
    live = Application.objects.exclude(state__in=GONE)
    held = live.filter(organisation=merged.kept).values("call")
    stays = live.filter(organisation=merged.gone, call__in=held).values("pk")
    moving = Application.objects.filter(organisation=merged.gone).exclude(pk__in=stays)
    moving.update(organisation=merged.kept, moved_from=merged.gone)


def give_back(merged: Merge) -> None:
    moved = Application.objects.filter(organisation=merged.kept, moved_from=merged.gone)
    moved.update(organisation=merged.gone, moved_from=None)
