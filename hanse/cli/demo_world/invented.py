"""What the invented world is made of. Days count from the day it is written down."""

from dataclasses import dataclass
from datetime import date

Value = str | int | float | dict[str, str]


@dataclass(frozen=True)
class InventedFact:
    """One value of one field; a field that may have many has as many facts."""

    field: str
    value: Value
    language: str = ""
    as_of_days_ago: int | None = None
    # Nothing said: confirmed with the organisation.
    confirmed_days_ago: int | None = None
    is_public: bool = True


@dataclass(frozen=True)
class Membership:
    member_key: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class InventedOrganisation:
    key: str
    kind: str
    facts: tuple[InventedFact, ...]
    members: tuple[Membership, ...] = ()
    administrators: tuple[str, ...] = ()
    state: str = "published"
    confirmed_days_ago: int = 0


@dataclass(frozen=True)
class InventedPerson:
    email: str
    name: str
    part: str
    language: str = "en"
    timezone: str = "Europe/Brussels"


@dataclass(frozen=True)
class InventedProject:
    acronym: str
    title: str
    programme: str
    began: date
    ended: date | None
    # Key and role: coordinator or partner.
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class InventedRequest:
    organisation: str
    what: str
    for_what: str
    where: tuple[str, ...]
    by_days: int
    call: str
    text: str
    language: str
    is_confidential: bool


@dataclass(frozen=True)
class InventedNews:
    organisation: str
    title: str
    text: str
    language: str
    published_days_ago: int
    url: str


@dataclass(frozen=True)
class InventedMoment:
    """A full hour on a day counted from today, on the clock of a place."""

    days: int
    hour: int
    zone: str


@dataclass(frozen=True)
class InventedEvent:
    organisation: str
    title: str
    place: str
    starts: InventedMoment
    ends: InventedMoment
    url: str
    language: str


@dataclass(frozen=True)
class InventedCall:
    organisation: str
    title: str
    opens: InventedMoment
    closes: InventedMoment
    budget_eur: int
    may_apply: str
    url: str
    language: str
