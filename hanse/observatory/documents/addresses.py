"""Addresses of the observatory's pages, resolved once each: a page holds hundreds of them."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)
def address(page: str, *parts: str | int) -> str:
    return reverse(f"observatory:{page}", args=parts)


@lru_cache(maxsize=4096)
def pattern(page: str, *parts: str | int) -> str:
    """An address with CODE where a code goes: `pattern("region").replace("CODE", "DE11")`."""
    return reverse(f"observatory:{page}", args=parts or ("CODE",))
