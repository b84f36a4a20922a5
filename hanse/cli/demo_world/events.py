"""The cluster week of the demo world: an invented week in Lübeck of the shape of the first one.

Two days of matchmaking with twenty tables and twenty-four slots, a forum and a partnering day upon
invitation, an evening, and a value-chain session. Its days lie a little after the first start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from hanse.calls.models import Call
from hanse.commons.people.models import Person
from hanse.directory.models import Organisation
from hanse.directory.rules.notices import moment
from hanse.events.actions.programme import publish_programme, save_item
from hanse.events.actions.series import make_series
from hanse.events.actions.settings import set_walk
from hanse.events.models import Event, Pool, Room, Series, Speaker
from hanse.events.rules.programme import Item

SLUG = "cluster-week"
ZONE = "Europe/Berlin"
SEATS = 140
TABLES, SLOT_MINUTES = 20, 25

TITLES: Mapping[str, Mapping[str, str]] = {
    "doors": {
        "en": "Doors, coffee, badges",
        "de": "Einlass, Kaffee, Namensschilder",
        "fr": "Accueil, café, badges",
    },
    "needs": {
        "en": "Five minutes each: eight needs from industry",
        "de": "Je fünf Minuten: acht Wünsche aus der Industrie",
        "fr": "Cinq minutes chacun : huit besoins de l’industrie",
    },
    "offers": {
        "en": "Five minutes each: eight offers",
        "de": "Je fünf Minuten: acht Angebote",
        "fr": "Cinq minutes chacun : huit offres",
    },
    "first": {
        "en": "Bilateral meetings, first round",
        "de": "Zweiergespräche, erste Runde",
        "fr": "Rencontres bilatérales, premier tour",
    },
    "second": {
        "en": "Bilateral meetings, second round",
        "de": "Zweiergespräche, zweite Runde",
        "fr": "Rencontres bilatérales, second tour",
    },
    "lunch": {"en": "Lunch", "de": "Mittagessen", "fr": "Déjeuner"},
    "open": {
        "en": "The hall stays open",
        "de": "Die Halle bleibt offen",
        "fr": "La halle reste ouverte",
    },
    "second_life": {
        "en": "Workshop: a second life for batteries",
        "de": "Workshop: ein zweites Leben für Batterien",
        "fr": "Atelier : une seconde vie pour les batteries",
    },
    "valves": {
        "en": "Workshop: valves for hydrogen, from sketch to certificate",
        "de": "Workshop: Ventile für Wasserstoff, von der Skizze zum Zertifikat",
        "fr": "Atelier : des vannes pour l’hydrogène, du croquis au certificat",
    },
    "fibres": {
        "en": "Workshop: what becomes of old fibres",
        "de": "Workshop: was aus alten Fasern wird",
        "fr": "Atelier : que deviennent les vieilles fibres",
    },
    "policy": {
        "en": "What did ten years of cluster policy change?",
        "de": "Was haben zehn Jahre Clusterpolitik verändert?",
        "fr": "Qu’ont changé dix ans de politique des clusters ?",
    },
    "groups": {
        "en": "Working groups in closed rooms",
        "de": "Arbeitsgruppen in geschlossenen Räumen",
        "fr": "Groupes de travail à huis clos",
    },
    "votes": {
        "en": "Recommendations and votes",
        "de": "Empfehlungen und Abstimmungen",
        "fr": "Recommandations et votes",
    },
    "chains": {
        "en": "Where value chains break, and who mends them",
        "de": "Wo Wertschöpfungsketten reißen und wer sie flickt",
        "fr": "Où les chaînes de valeur se rompent, et qui les répare",
    },
}


@dataclass(frozen=True)
class Planned:
    """An item of the demo programme."""

    what: str
    day: int
    starts: str
    ends: str
    room: str = ""
    kind: str = "session"
    speakers: tuple[str, ...] = ()
    seats: int | None = None
    visibility: str = "public"
    mode: str = "on_site"
    languages: tuple[str, ...] = ("en",)


MATCHMAKING: Sequence[Planned] = (
    Planned("doors", 0, "09:00", "09:30", kind="break"),
    Planned(
        "needs", 0, "09:30", "10:00", "Hall",
        speakers=("Ilze Krastiņa", "Jonas Feddersen", "Ελένη Μαρκάτου"), mode="hybrid",
    ),
    Planned("first", 0, "10:00", "12:30", "Hall", kind="meetings"),
    Planned(
        "second_life", 0, "10:00", "11:30", "Loft", kind="workshop", seats=30,
        speakers=("Dr. Ute Hallmann",), languages=("en", "de"),
    ),
    Planned("lunch", 0, "12:30", "14:00", kind="break"),
    Planned("second", 0, "14:00", "16:30", "Hall", kind="meetings"),
    Planned(
        "valves", 0, "14:00", "15:30", "Loft", kind="workshop", seats=30,
        speakers=("Kenji Mori", "Sven Åkerblom"), mode="hybrid",
    ),
    Planned("open", 0, "16:30", "18:00", "Hall", kind="social"),
    Planned("doors", 1, "09:00", "09:30", kind="break"),
    Planned("offers", 1, "09:30", "10:00", "Hall", speakers=("Iñaki Zubeldia", "Nikola Jurić")),
    Planned("first", 1, "10:00", "12:30", "Hall", kind="meetings"),
    Planned(
        "fibres", 1, "10:00", "11:30", "Loft", kind="workshop", seats=24,
        speakers=("Maëlle Vanhoutte",), languages=("fr", "en"),
    ),
    Planned("lunch", 1, "12:30", "14:00", kind="break"),
    Planned("second", 1, "14:00", "16:30", "Hall", kind="meetings"),
)  # fmt: skip
FORUM: Sequence[Planned] = (
    Planned("policy", 0, "09:30", "11:30", "Council Room", visibility="guests"),
    Planned("groups", 0, "11:30", "13:30", "Council Room", visibility="guests"),
    Planned("votes", 0, "14:00", "16:00", "Council Room", visibility="guests"),
)
CHAINS: Sequence[Planned] = (
    Planned("chains", 0, "13:30", "15:00", "Gallery", mode="hybrid", speakers=("Aino Kerttula",)),
)
WORKED_BY: Mapping[str, str] = {
    "Ilze Krastiņa": "Balta Metals",
    "Jonas Feddersen": "Feddersen Feinguss",
    "Ελένη Μαρκάτου": "Συστάδα Κυκλικής Ενέργειας Αττικής",
    "Dr. Ute Hallmann": "Zweites Leben e. V.",
    "Kenji Mori": "Kansai hydrogen valves",
    "Sven Åkerblom": "Kärnan Battery Partnership",
    "Iñaki Zubeldia": "Cadena Circular de Navarra",
    "Nikola Jurić": "Adriatic Packaging Forum",
    "Maëlle Vanhoutte": "Trame de l’Espierre",
    "Aino Kerttula": "Regional Council of North Karelia",
}


def week_begins(today: date) -> date:
    """The Tuesday six weeks on."""
    later = today + timedelta(days=42)
    return later + timedelta(days=(1 - later.weekday()) % 7)


def load_events(today: date | None = None) -> Series:
    """Make the week where it is missing; running it again changes nothing."""
    held = Series.objects.filter(slug=SLUG).first()
    if held is not None:
        return held
    first = week_begins(today or timezone.localdate())
    luca = Person.objects.filter(email="luca@example.org").first()
    series = make_series(_written(first), by=luca)
    _rooms(series)
    events = {event.slug: event for event in series.events.all()}
    for slug, planned in (
        ("matchmaking", MATCHMAKING),
        ("policy-forum", FORUM),
        ("value-chains", CHAINS),
    ):
        _programme(events[slug], planned, luca)
    return series


def call_for(series: Series, call: Call) -> None:
    """Whoever would like to come to the partnering day applies to the call for interest."""
    series.events.filter(slug="go-international", call=None).update(call=call)


def _programme(event: Event, planned: Sequence[Planned], by: Any) -> None:
    names = dict.fromkeys(name for one in planned for name in one.speakers)
    speakers = {
        name: Speaker.objects.create(
            event=event,
            name=name,
            says=WORKED_BY[name],
            organisation=Organisation.objects.filter(name=WORKED_BY[name]).first(),
        )
        for name in names
    }
    rooms = dict(Room.objects.filter(place__events=event).values_list("name", "pk"))
    days = [one.day for one in event.days.all()]
    for number, one in enumerate(planned):
        item = Item(
            key=str(uuid5(NAMESPACE_URL, f"{event.series.slug}/{event.slug}/{number}")),
            starts=_at(days[one.day], one.starts),
            ends=_at(days[one.day], one.ends),
            room=rooms[one.room] if one.room else None,
            kind=one.kind,
            title=TITLES[one.what],
            languages=one.languages if one.kind in ("session", "workshop") else (),
            visibility=one.visibility,
            mode=one.mode,
            needs_booking=one.seats is not None,
            parts=tuple((speakers[name].pk, "speaker") for name in one.speakers),
        )
        save_item(event, item, revision=0, by=by, seats=one.seats)
    publish_programme(event, by=by)


def _at(day: date, clock: str) -> datetime:
    return moment(datetime.combine(day, time.fromisoformat(clock)), ZONE)


def _rooms(series: Series) -> None:
    customs, store = (
        series.events.get(slug="matchmaking").places.get(name=name)
        for name in ("Old Customs House", "Salt Store")
    )
    for order, (place, name, seats) in enumerate(
        (
            (customs, "Hall", 300),
            (customs, "Council Room", 40),
            (customs, "Gallery", 250),
            (store, "Loft", 60),
        )
    ):
        Room.objects.create(place=place, name=name, capacity=seats, order=order)
    set_walk(customs, store, 8, by=None)
    Pool.objects.filter(event__series=series, event__slug="matchmaking").update(capacity=SEATS)


def _written(first: date) -> Mapping[str, Any]:
    """The week as a record, as shipped weeks are written down."""

    def day(number: int, opens: str = "", closes: str = "", **said: Any) -> Mapping[str, Any]:
        on = (first + timedelta(days=number)).isoformat()
        return {"day": on, "opens": opens or None, "closes": closes or None, **said}

    return {
        "slug": SLUG,
        "title": {
            "en": "Cluster week in Lübeck",
            "de": "Clusterwoche in Lübeck",
            "fr": "Semaine des clusters à Lübeck",
        },
        "lead": {
            "en": "Two days of planned meetings, a forum and a partnering day by invitation, "
            "one evening. Invented, as everything in the demo world.",
            "de": "Zwei Tage geplante Gespräche, ein Forum und ein Partnertag auf Einladung, "
            "ein Abend. Erfunden, wie alles in der Demowelt.",
            "fr": "Deux jours de rencontres planifiées, un forum et une journée de partenariat "
            "sur invitation, une soirée. Inventée, comme tout le monde de démonstration.",
        },
        "city": "Lübeck",
        "country": "DE",
        "zone": ZONE,
        "first_day": first.isoformat(),
        "last_day": (first + timedelta(days=3)).isoformat(),
        "hashtags": ["#ClusterWeekLübeck"],
        "places": [
            {
                "name": "Old Customs House",
                "city": "Lübeck",
                "country": "DE",
                "address": "An der Untertrave 1",
                "access": {
                    "en": "Ramp at the quay side, lift to the gallery, induction loop in the hall.",
                    "de": "Rampe an der Kaiseite, Aufzug zur Galerie, Induktionsschleife im Saal.",
                    "fr": "Rampe côté quai, ascenseur vers la galerie, boucle magnétique.",
                },
            },
            {
                "name": "Salt Store",
                "city": "Lübeck",
                "country": "DE",
                "address": "Wallstraße 12",
                "access": {"en": "Lift from the yard.", "de": "Aufzug vom Hof."},
            },
        ],
        "events": [
            {
                "slug": "resource-efficiency",
                "title": {
                    "en": "Less material, same product: ten firms tell",
                    "de": "Weniger Material, gleiches Produkt: zehn Firmen erzählen",
                    "fr": "Moins de matière, même produit : dix entreprises racontent",
                },
                "entry": "registration",
                "places": ["Salt Store"],
                "capacity": 60,
                "days": [day(0, "13:30", "15:00")],
            },
            {
                "slug": "go-international",
                "title": {
                    "en": "Partnering day: clusters go abroad",
                    "de": "Partnertag: Cluster gehen ins Ausland",
                    "fr": "Journée de partenariat : les clusters à l’international",
                },
                "entry": "invitation",
                "places": ["Old Customs House"],
                "capacity": 80,
                "days": [day(1, "10:00", "18:00")],
            },
            {
                "slug": "matchmaking",
                "title": {
                    "en": "Cluster matchmaking",
                    "de": "Cluster-Kontaktbörse",
                    "fr": "Mise en relation des clusters",
                },
                "lead": {
                    "en": "Twenty tables, twenty-four slots of 25 minutes, and three workshops.",
                    "de": "Zwanzig Tische, vierundzwanzig Termine von 25 Minuten, drei Workshops.",
                    "fr": "Vingt tables, vingt-quatre créneaux de 25 minutes, trois ateliers.",
                },
                "mode": "hybrid",
                "entry": "registration",
                "places": ["Old Customs House", "Salt Store"],
                "capacity": SEATS,
                "days": [day(2, "09:00", "18:00"), day(3, "09:00", "16:30")],
            },
            {
                "slug": "policy-forum",
                "title": {
                    "en": "Cluster policy forum",
                    "de": "Forum Clusterpolitik",
                    "fr": "Forum de politique des clusters",
                },
                "entry": "invitation",
                "places": ["Old Customs House"],
                "capacity": 40,
                "days": [day(2, "09:30", "16:30")],
            },
            {
                "slug": "evening",
                "title": {
                    "en": "Evening at the quay",
                    "de": "Abend am Kai",
                    "fr": "Soirée sur le quai",
                },
                "entry": "registration",
                "follows": "matchmaking",
                "places": ["Old Customs House"],
                "capacity": 250,
                "co_host": {
                    "en": "City of Lübeck",
                    "de": "Stadt Lübeck",
                    "fr": "ville de Lübeck",
                },
                "days": [day(2, "18:30", "21:30")],
            },
            {
                "slug": "value-chains",
                "title": {
                    "en": "Clusters in value chains",
                    "de": "Cluster in Wertschöpfungsketten",
                    "fr": "Les clusters dans les chaînes de valeur",
                },
                "entry": "registration",
                "mode": "hybrid",
                "places": ["Old Customs House"],
                "capacity": 200,
                "days": [day(3, "13:30", "15:00")],
            },
        ],
    }
