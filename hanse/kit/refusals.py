"""A refusal is an answer with a reason; `Refused` carries it up to the door that translates it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Refusal:
    """Why something is not done: a code to test for, a sentence to read, the facts it rests on.

    >>> str(Refusal("too_late", "The call closed on %(day)s.", {"day": "1 May"}))
    'The call closed on 1 May.'
    """

    code: str
    message: "str | _StrPromise"
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence, in the language of whoever reads it now."""
        return str(self.message) % dict(self.facts)


class Refused(Exception):  # noqa: N818 -- what happened, not a fault of the program
    """Raised by actions; each shell turns it into its own answer once."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal

    def __str__(self) -> str:
        """The sentence of the refusal."""
        return str(self.refusal)
