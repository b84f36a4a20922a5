"""What the two calls of the invented world say, and what is written to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hanse.calls.actions.calls import Called, Points
from hanse.calls.models.calls import BRUSSELS
from hanse.calls.rules.eligibility import put_together
from hanse.calls.rules.quotas import Limit
from hanse.calls.words import CallKind

INTEREST, WORKSHOPS = "cluster-week", "industry-day-workshops"
MOST_OF_A_COUNTRY = 4
WHYS = (
    "Our members ask for partners abroad who take part in a pilot within a year.",
    "Two of our firms need suppliers whom they can visit; we want to meet their clusters first.",
    "We finish a regional project this spring and look for a consortium that carries it on.",
    "A new member brings a process that we cannot test at home.",
    "We were at a forum before as listeners; now we have something to offer.",
    "Our region has chosen this field for its strategy, and we know nobody in the north yet.",
    "We prepare a joint application and lack a partner with a test site.",
)
REASONS = (
    "The places went to applications that name what they bring more exactly.",
    "The aim lies outside the themes of this week; the autumn forum suits it better.",
)
WORKSHOP_TITLES = (
    "Skills for the second life of cells", "What a small firm needs before it exports",
    "Shared test sites across borders", "From a strategy of a region to a project of two",
    "Repair as an industry", "Data that members share, and data that they do not",
    "Ports as places of industry", "Who trains the trainers", "Hydrogen for mid-sized plants",
    "Buying together: six clusters compare", "When a large firm leaves", "Design for taking apart",
)  # fmt: skip
THEMES = (
    {"code": "territory", "says": {"en": "Territory", "de": "Raum", "fr": "Territoire"}},
    {"code": "people", "says": {"en": "People", "de": "Menschen", "fr": "Personnes"}},
    {"code": "technologies", "says": {"en": "Technologies", "de": "Technologien",
                                      "fr": "Technologies"}},
)  # fmt: skip


@dataclass(frozen=True)
class Days:
    """Everything is dated from the day on which the world is made, and the first event's day."""

    today: date
    event: date

    @property
    def second_cut_off(self) -> date:
        return max(self.event - timedelta(days=25), self.today + timedelta(days=6))

    def before(self, days: int, hour: int = 10) -> datetime:
        day = self.today - timedelta(days=days)
        return datetime.combine(day, time(hour), ZoneInfo(BRUSSELS))


def interest(days: Days) -> Called:
    return Called(
        slug=INTEREST,
        title={
            "en": "European cluster week: matchmaking across borders",
            "de": "Europäische Clusterwoche: Kontakte über Grenzen",
            "fr": "Semaine européenne des clusters : rencontres au-delà des frontières",
        },
        lead={
            "en": "Two days of meetings planned from what everybody wants, for 40 organisations.",
            "de": "Zwei Tage mit Gesprächen nach den Wünschen aller, für 40 Organisationen.",
            "fr": "Deux jours de rencontres selon les souhaits de chacun, pour 40 organisations.",
        },
        text={
            "en": "Cluster and network organisations say why they want to come, what they bring "
            "and whom they want to meet.\n\nWhoever is selected gets an invitation for two, a "
            "timetable of meetings made from their wishes, and the programme of both days. After "
            "each cut-off there is an answer within two weeks, after the last within one."
        },
        opens_at=days.before(52, 9),
        cut_offs=[days.today - timedelta(days=21), days.second_cut_off],
        places=40,
        late_until=days.second_cut_off + timedelta(days=10),
        late_places=5,
        rejected_may_return=False,
        held_on=max(days.event, days.second_cut_off),
        eligibility=put_together(
            "1",
            days.before(52).date().isoformat(),
            kinds=["cluster", "network", "association", "partnership"],
            groups=["member", "associated"],
            profile="requested",
            criteria=["members"],
        ),
        quotas=[
            Limit("country", "*", "most", MOST_OF_A_COUNTRY),
            Limit("kind", "cluster", "least", 25),
            Limit("newcomer", "", "least", 15),
        ],
        criteria=[
            Points("offer", {"en": "What it brings", "de": "Was es einbringt",
                             "fr": "Ce qu’elle apporte"}, 5),
            Points("fit", {"en": "Partners for it are among those who come",
                           "de": "Partner dafür sind unter denen, die kommen",
                           "fr": "Des partenaires sont parmi les participants"}, 5),
        ],
    )  # fmt: skip


def industry_day(days: Days) -> Called:
    return Called(
        slug=WORKSHOPS,
        kind=CallKind.WORKSHOP,
        title={
            "en": "Industry day: hold a workshop",
            "de": "Industrietag: einen Workshop halten",
            "fr": "Journée de l’industrie : organiser un atelier",
        },
        lead={
            "en": "Fifteen slots of 90 minutes under three themes. You choose the format.",
            "de": "Fünfzehn Plätze von 90 Minuten unter drei Themen. Das Format wählen Sie.",
            "fr": "Quinze créneaux de 90 minutes sous trois thèmes. Vous choisissez le format.",
        },
        text={
            "en": "You get a slot in the programme, a room for up to 100 people, catering and "
            "promotion; travel is paid for at most two speakers. Afterwards you owe a short "
            "summary, which the office may edit."
        },
        opens_at=days.before(29, 9),
        cut_offs=[days.today - timedelta(days=4)],
        places=15,
        held_on=days.event + timedelta(days=1),
        eligibility=put_together(
            "1", days.before(29).date().isoformat(), groups=["member", "associated"]
        ),
        quotas=[Limit("country", "*", "most", 2), Limit("newcomer", "", "least", 5)],
        criteria=[
            Points("attractive", {"en": "Attractiveness", "de": "Anziehungskraft",
                                  "fr": "Attrait"}, 5),
            Points("european", {"en": "European relevance", "de": "Bedeutung für Europa",
                                "fr": "Intérêt européen"}, 5),
        ],
        themes=THEMES,
    )  # fmt: skip
