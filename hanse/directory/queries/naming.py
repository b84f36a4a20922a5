"""Whom somebody means who types a name, or pastes the address of a page."""

from django.db.models import QuerySet

from hanse.directory.models import Organisation


def organisation_named(typed: str, among: QuerySet[Organisation]) -> Organisation | None:
    """By the last part of its address here, or by its whole name if only one has it."""
    name = typed.strip().rstrip("/")
    if by_slug := among.filter(slug=name.rpartition("/")[2]).first():
        return by_slug
    named = list(among.filter(name__iexact=name)[:2])
    return named[0] if len(named) == 1 else None
