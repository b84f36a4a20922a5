"""Whether somebody comes for an organisation, as far as a machine can tell."""

from __future__ import annotations

from collections.abc import Iterable

from hanse.directory.rules.ownership import PUBLIC_MAIL, domain_of


def is_of_house(email: str, others: Iterable[str]) -> bool:
    """An address of the same domain as somebody who speaks for it; free mail proves nothing.

    >>> is_of_house("ana@ogniw.example", ["marta@ogniw.example"])
    True
    >>> is_of_house("ana@gmail.com", ["marta@gmail.com"]), is_of_house("", [""])
    (False, False)
    """
    domain = domain_of(email)
    if not domain or domain in PUBLIC_MAIL:
        return False
    return any(domain_of(other) == domain for other in others if other)
