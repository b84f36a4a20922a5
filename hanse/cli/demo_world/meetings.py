"""The meetings of the cluster week: who takes part, when they can, and what they wish.

Wishes follow what organisations have in common and how known they are; most are accepted, some are
mutual, some declined, some not answered yet. Rows are written as the actions leave them, without
their letters; a test holds them to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone, translation

from hanse.cli.demo_world import chance
from hanse.directory.models import Fact
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.rules.notices import moment
from hanse.directory.words import Vocabulary
from hanse.events.models import Booking, Event, Registration, Series
from hanse.events.words import RegistrationState
from hanse.meetings.models import (
    Marketplace,
    MeetingSlot,
    MeetingTable,
    PairRule,
    Party,
    Representative,
    Wish,
)
from hanse.meetings.rules.slots import slots_made
from hanse.meetings.words import WANTED, Ruling, Strength

TABLES, MINUTES = 20, 25
HALVES = ((time(10), time(12, 30)), (time(14), time(16, 30)))
FEWEST, MOST = 4, 12
# Shares: have said that they are complete, have a limit, are away for a while, add a sentence.
READY, LIMITED, AWAY, SPEAKING = 0.5, 0.1, 0.12, 0.45
# Of ten thousand: what becomes of a wish.
MUTUAL, ACCEPTED, DECLINED = 900, 5300, 1400
READ_FIELDS = ("sector", "ecosystem", "competence", "offer", "seek", "summary")

SAYS: Mapping[str, Sequence[str]] = {
    "en": (
        "We would like to hear how you work on %(what)s.",
        "We look for somebody who knows %(what)s.",
        "Three of our members need %(what)s this year.",
        "A joint application on %(what)s?",
    ),
    "de": (
        "Wir würden gern hören, wie Sie an %(what)s arbeiten.",
        "Wir suchen jemanden, der sich mit %(what)s auskennt.",
        "Drei unserer Mitglieder brauchen in diesem Jahr %(what)s.",
        "Ein gemeinsamer Antrag zu %(what)s?",
    ),
    "fr": (
        "Nous aimerions savoir comment vous travaillez sur %(what)s.",
        "Nous cherchons quelqu’un qui connaît %(what)s.",
        "Trois de nos membres ont besoin de %(what)s cette année.",
        "Une candidature commune sur %(what)s ?",
    ),
}


@dataclass
class Known:
    """What the profile of an organisation says, as far as wishes follow from it."""

    codes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    texts: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def text(self, name: str) -> str:
        """In English where there is one, a line each."""
        said = self.texts[name]
        english = [text for language, text in said if language == "en"]
        return "\n".join(english or [text for _language, text in said])[:1000]


@transaction.atomic
def load_meetings(series: Series) -> None:
    event = series.events.get(slug="matchmaking")
    if Marketplace.objects.filter(event=event).exists():
        return
    market = _marketplace(event)
    slots = _slots(market, event)
    tables = _tables(market, event)
    registrations = list(
        event.registrations.filter(state=RegistrationState.CONFIRMED)
        .select_related("organisation", "person")
        .order_by("number")
    )
    known = _known([one.organisation_id for one in registrations if one.organisation_id])
    parties = _parties(market, registrations, known)
    _representatives(parties, registrations, slots)
    wishes = _wishes(parties, registrations, known)
    _host(wishes, parties, tables)
    _rule(wishes, parties)


def _marketplace(event: Event) -> Marketplace:
    def at(days: int, hour: int) -> datetime:
        day = event.first_day - timedelta(days=days)
        return moment(datetime.combine(day, time(hour)), event.zone)

    return Marketplace.objects.create(
        event=event,
        # A fortnight and a week before: both are Thursdays, as the first day is.
        wishes_until=at(14, 18),
        answers_until=at(7, 18),
        most_wishes=20,
        most_musts=5,
        most_in_a_row=4,
    )


def _slots(market: Marketplace, event: Event) -> list[MeetingSlot]:
    made: list[MeetingSlot] = []
    days = [event.first_day, event.last_day]
    for session, (day, (opens, closes)) in enumerate(
        (day, half) for day in days for half in HALVES
    ):
        first, last = (moment(datetime.combine(day, hour), event.zone) for hour in (opens, closes))
        made += [
            MeetingSlot(marketplace=market, starts_at=starts, ends_at=ends, session=session)
            for starts, ends in slots_made(first, last, MINUTES, 0)
        ]
    return MeetingSlot.objects.bulk_create(made)


def _tables(market: Marketplace, event: Event) -> list[MeetingTable]:
    place = event.places.first()
    return MeetingTable.objects.bulk_create(
        MeetingTable(marketplace=market, number=number, place=place)
        for number in range(1, TABLES + 1)
    )


def _known(organisations: Iterable[int]) -> Mapping[int, Known]:
    found: defaultdict[int, Known] = defaultdict(Known)
    facts = Fact.objects.filter(
        organisation__in=list(organisations),
        field__in=READ_FIELDS,
        ended_at__isnull=True,
        is_public=True,
    ).order_by("pk")
    for fact in facts:
        one = found[fact.organisation_id]
        if fact.field in ("sector", "ecosystem", "competence"):
            one.codes[fact.field].add(str(fact.value))
        else:
            one.texts[fact.field].append((fact.language, str(fact.value)))
    return found


def _parties(
    market: Marketplace, registrations: Sequence[Registration], known: Mapping[int, Known]
) -> list[Party]:
    return Party.objects.bulk_create(
        Party(
            marketplace=market,
            organisation=one.organisation,
            name=one.organisation_name,
            country=one.country,
            about=known[one.organisation_id or 0].text("summary"),
            offers=known[one.organisation_id or 0].text("offer"),
            seeks=known[one.organisation_id or 0].text("seek"),
            is_newcomer=bool(one.is_newcomer),
            joined_at=one.made_at,
            ready_at=one.made_at + timedelta(hours=30)
            if chance.share(one.organisation_name, "ready") < READY
            else None,
        )
        for one in registrations
    )


def _representatives(
    parties: Sequence[Party], registrations: Sequence[Registration], slots: Sequence[MeetingSlot]
) -> None:
    """Some are there for a part of the time; nobody meets while they are in a workshop."""
    made = Representative.objects.bulk_create(
        Representative(
            party=party,
            registration=one,
            most_meetings=4 if chance.share(party.name, "most") < LIMITED else None,
        )
        for party, one in zip(parties, registrations, strict=True)
    )
    booked: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    seats = Booking.objects.filter(
        registration__in=registrations, state=RegistrationState.CONFIRMED
    ).select_related("session")
    for seat in seats:
        booked[seat.registration_id].append((seat.session.starts_at, seat.session.ends_at))
    halves = sorted({one.session for one in slots})
    rows: list[tuple[Representative, MeetingSlot]] = []
    for one in made:
        gone = set()
        if chance.share(one.registration_id, one.party.name, "gone") < AWAY:
            gone = {chance.one_of(halves, one.party.name, "half")}
        for slot in slots:
            busy = any(
                slot.starts_at < ends and starts < slot.ends_at
                for starts, ends in booked[one.registration_id]
            )
            if busy or slot.session in gone:
                rows.append((one, slot))
    through = Representative.away.through
    through.objects.bulk_create(
        through(representative_id=one.pk, meetingslot_id=slot.pk) for one, slot in rows
    )


# Wishes ------------------------------------------------------------------------------------------


def _wishes(
    parties: Sequence[Party], registrations: Sequence[Registration], known: Mapping[int, Known]
) -> list[Wish]:
    now = timezone.now()
    by = {party.pk: one for party, one in zip(parties, registrations, strict=True)}
    names = {one.pk: one for one in parties}
    wanted: dict[tuple[int, int], int] = {}
    for party in parties:
        for place, other in enumerate(_wished(party, parties, known)):
            wanted[party.pk, other.pk] = place
    said: list[Wish] = []

    def say(wisher: int, wished: int, strength: str, at: datetime, *, told: bool) -> None:
        theirs = known[names[wished].organisation_id or 0]
        said.append(
            Wish(
                wisher=names[wisher],
                wished=names[wished],
                strength=strength,
                says=_sentence(by[wisher], names[wished], theirs) if strength in MINE else "",
                by=by[wisher].person,
                made_at=at,
                told_at=at + timedelta(hours=2) if told else None,
            )
        )

    for (wisher, wished), place in wanted.items():
        one, other = names[wisher], names[wished]
        at = max(one.joined_at, other.joined_at, now - timedelta(days=9)) + timedelta(
            hours=chance.between(1, 20, one.name, other.name, "at")
        )
        at = min(at, now - timedelta(hours=4))
        strength = Strength.MUST if place < chance.between(0, 3, one.name, "musts") else MINE[1]
        both = (wished, wisher) in wanted
        say(wisher, wished, strength, at, told=not both)
        if both:
            continue
        drawn = chance.number(one.name, other.name, "answer") % 10_000
        later = min(at + timedelta(hours=chance.between(3, 60, one.name, other.name)), now)
        if drawn < MUTUAL:
            say(wished, wisher, Strength.LIKE, later, told=False)
        elif drawn < MUTUAL + ACCEPTED:
            say(wished, wisher, Strength.ACCEPT, later, told=False)
        elif drawn < MUTUAL + ACCEPTED + DECLINED:
            say(wished, wisher, Strength.NO, later, told=False)
    return Wish.objects.bulk_create(said)


MINE = (Strength.MUST, Strength.LIKE)


def _wished(party: Party, parties: Sequence[Party], known: Mapping[int, Known]) -> list[Party]:
    """Whom somebody would like to meet, the most wanted first."""
    own = known[party.organisation_id or 0].codes

    def drawn_to(other: Party) -> float:
        theirs = known[other.organisation_id or 0].codes
        shared = sum(
            weight * min(len(own[name] & theirs[name]), 2)
            for name, weight in (("competence", 2.0), ("sector", 1.5), ("ecosystem", 1.0))
        )
        abroad = 0.8 if other.country != party.country else 0.0
        # Few are known to everybody, most to some.
        known_to_all = 2.8 * chance.share(other.name, "known") ** 4
        return shared + abroad + known_to_all + 4 * chance.share(party.name, other.name, "drawn")

    count = FEWEST + round((MOST - FEWEST) * chance.share(party.name, "eager"))
    others = sorted((one for one in parties if one is not party), key=drawn_to, reverse=True)
    return others[:count]


def _sentence(wisher: Registration, wished: Party, theirs: Known) -> str:
    if chance.share(wisher.organisation_name, wished.name, "says") > SPEAKING:
        return ""
    codes = sorted(theirs.codes["competence"]) or sorted(theirs.codes["ecosystem"])
    if not codes:
        return ""
    language = wisher.language if wisher.language in SAYS else "en"
    code = chance.one_of(codes, wisher.organisation_name, wished.name, "code")
    vocabulary: Vocabulary = "competence" if theirs.codes["competence"] else "ecosystem"
    with translation.override(language):
        what = word_of(vocabulary, code)
    pattern = chance.one_of(SAYS[language], wisher.organisation_name, wished.name, "pattern")
    return (pattern % {"what": what})[:300]


def _host(wishes: Sequence[Wish], parties: Sequence[Party], tables: Sequence[MeetingTable]) -> None:
    """The two whom most would like to meet sit at tables of their own."""
    asked = Counter(one.wished_id for one in wishes if one.strength in WANTED)
    wanted = sorted(parties, key=lambda one: (-asked[one.pk], one.pk))[:2]
    for party, table in zip(wanted, tables, strict=False):
        party.table = table
        party.save(update_fields=["table"])


def _rule(wishes: Sequence[Wish], parties: Sequence[Party]) -> None:
    """Three words of the organisers: two pairs that did not wish it meet, one that did does not."""
    said = {(one.wisher_id, one.wished_id) for one in wishes}
    drawn = chance.shuffled(parties, "rules")
    strangers = [
        (one.pk, other.pk)
        for one, other in zip(drawn[::2], drawn[1::2], strict=True)
        if (one.pk, other.pk) not in said and (other.pk, one.pk) not in said
    ]
    apart = next(one for one in wishes if one.strength == Strength.ACCEPT)
    words = (
        (strangers[0], Ruling.FORCE, "Both signed the letter of intent of last year."),
        (strangers[1], Ruling.FORCE, "The hosts promised it to both."),
        ((apart.wisher_id, apart.wished_id), Ruling.FORBID, "They meet in another project anyway."),
    )
    for pair, ruling, why in words:
        PairRule.objects.create(first_id=min(pair), second_id=max(pair), ruling=ruling, why=why)
