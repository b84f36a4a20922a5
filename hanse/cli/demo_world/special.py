"""What some organisations say for themselves: it stands in place of what the tables would say."""

from collections.abc import Mapping

from hanse.cli.demo_world.invented import InventedFact

STATES = {
    "anoichta-nisia": "draft",
    "kongu-weave": "draft",
    "koroski-les": "submitted",
    "fabrique-des-images": "refused",
    "islas-abiertas": "dormant",
    "spizarnia-mazowsza": "dormant",
}
# How many members of their own some have, so that the pages have something to show.
OWN_MEMBERS = {
    "dolina-ogniw": 14, "zweites-leben": 10, "cadena-circular-navarra": 10,
    "systada-attikis": 9, "osaka-valve-ring": 8, "valvole-del-sebino": 10,
}  # fmt: skip
CONFIRMED_DAYS_AGO = {
    "dolina-ogniw": 46,
    "zweites-leben": 120,
    "cadena-circular-navarra": 570,
    "systada-attikis": 21,
    "osaka-valve-ring": 30,
    "karnan-battery-partnership": 9,
    "islas-abiertas": 1190,
    "spizarnia-mazowsza": 1420,
}


def said(field: str, language: str, *lines: str) -> tuple[InventedFact, ...]:
    return tuple(InventedFact(field, line, language) for line in lines)


def counted(**members: int) -> Mapping[str, tuple[InventedFact, ...]]:
    return {
        field: (InventedFact(field, count, as_of_days_ago=50),) for field, count in members.items()
    }


OWN_FACTS: Mapping[str, Mapping[str, tuple[InventedFact, ...]]] = {
    "dolina-ogniw": {
        "short_name": (InventedFact("short_name", "DO", confirmed_days_ago=640),),
        "summary": (
            *said(
                "summary",
                "pl",
                "64 członków, którzy robią, używają i rozbierają baterie, "
                "od chemii ogniwa po złomowisko.",
            ),
            *said(
                "summary",
                "en",
                "64 members who make, use and take apart batteries, "
                "from cell chemistry to scrap yards.",
            ),
        ),
        "service": (
            *said("service", "pl", "Recykling baterii: próby na materiale członków",
                  "Pomoc przy wnioskach", "Wizyty w zakładach"),
            *said("service", "en", "Trials with members’ material",
                  "Help with applications for funding", "Company visits"),
        ),
        "offer": (
            *said("offer", "pl", "Laboratorium hydrometalurgiczne, 2 t tygodniowo",
                  "Stanowisko do badania pakietów drugiego życia",
                  "Kontakty do jedenastu zakładów recyklingu na Śląsku i Opolszczyźnie"),
            *said("offer", "en", "Hydrometallurgical laboratory, 2 t a week",
                  "Test bench for second-life packs",
                  "Contacts to eleven recyclers in Śląskie and Opolskie"),
        ),
        "seek": (
            *said("seek", "pl", "Logistyka zbiórki przez dwie granice",
                  "Zawory wodorowe na 700 bar", "Linia demontażu u producenta samochodów"),
            *said("seek", "en", "Collection logistics across two borders",
                  "Hydrogen valves for 700 bar", "A car maker’s disassembly line"),
        ),
        **counted(members_sme=51, members_large=5, members_research=4, members_public=2,
                  members_other=2),
        "staff_fte": (InventedFact("staff_fte", 2.5, confirmed_days_ago=420),),
        "support_programme": (
            InventedFact("support_programme", "Regional smart specialisation fund, "
                         "Silesian voucher round", confirmed_days_ago=780),
        ),
        "label": (InventedFact("label", {"label": "ecei-bronze", "until": "2027-05-31"}),),
        "language": tuple(InventedFact("language", code) for code in ("pl", "en", "cs")),
        "website": (InventedFact("website", "https://dolinaogniw.example"),),
        "website_language": tuple(InventedFact("website_language", code) for code in ("pl", "en")),
        "target_country": tuple(
            InventedFact("target_country", code) for code in ("CZ", "DE", "SE", "JP")
        ),
    },
    "zweites-leben": {
        "technology": (
            *said("technology", "de", "Rückgewinnung von Lithium und Kobalt",
                  "Impedanzmessung gealterter Module"),
            *said("technology", "en", "Recovery of lithium and cobalt",
                  "Impedance tests of aged modules"),
        ),
        **counted(members_sme=39, members_large=3, members_research=4, members_public=2),
    },
    "cadena-circular-navarra": {
        "service": (
            *said("service", "es", "Reciclaje de baterías: asesoría y ensayos",
                  "Formación de operarios", "Compras conjuntas"),
            *said("service", "en", "Advice and trials on old cells", "Training of operators",
                  "Joint purchasing"),
        ),
        **counted(members_sme=43, members_large=4, members_research=3, members_public=2),
    },
    "systada-attikis": {
        "service": (
            *said("service", "el", "Ανακύκλωση μπαταριών: συλλογή σε λιμάνια και νησιά",
                  "Μηνιαίο ενημερωτικό", "Κατάρτιση"),
            *said("service", "en", "Collection of old cells in ports and islands",
                  "Monthly letter", "Training"),
        ),
        "seek": (
            *said("seek", "el", "Εταίροι στα logistics της συλλογής"),
            *said("seek", "en", "Partners in collection logistics"),
        ),
        **counted(members_sme=34, members_large=2, members_research=3, members_public=2),
    },
    "osaka-valve-ring": {
        "offer": (
            *said("offer", "ja", "70MPa級水素バルブの設計と試作", "高圧継手の漏れ試験設備"),
            *said("offer", "en", "Design and prototypes of 70 MPa hydrogen valves",
                  "Leak test stand for high-pressure fittings"),
        ),
        "seek": (
            *said("seek", "ja", "欧州の実証サイト", "粉末冶金による弁座の供給者"),
            *said("seek", "en", "Demonstration sites in Europe",
                  "Suppliers of valve seats by powder metallurgy"),
        ),
        "language": tuple(InventedFact("language", code) for code in ("ja", "en")),
        "website_language": tuple(InventedFact("website_language", code) for code in ("ja", "en")),
        **counted(members_sme=47, members_large=6, members_research=3, members_public=1),
    },
    "scheldekade": {
        "offer": (
            *said("offer", "nl", "Ophaallogistiek voor gebruikte batterijen over drie grenzen",
                  "Vrije loodsruimte aan de kade"),
            *said("offer", "en", "Collection logistics for used batteries across three borders",
                  "Free warehouse space at the quay"),
        ),
    },
    "karnan-battery-partnership": {
        "offer": (
            *said("offer", "sv", "Demonteringslinje för fordonspaket, öppen för gäster"),
            *said("offer", "en", "A disassembly line for vehicle packs, open to guests"),
        ),
        "seek": (
            *said("seek", "sv", "Partner för svart massa", "Hydrometallurgi"),
            *said("seek", "en", "A partner for black mass", "Hydrometallurgy"),
        ),
    },
}  # fmt: skip
# Where the second official language of a country stands beside English.
OTHER_LANGUAGE: Mapping[str, tuple[InventedFact, ...]] = {
    "corrib-device-circle": (
        *said("other_name", "ga", "Fáinne Gléasanna na Coiribe"),
        *said("summary", "ga", "Gléasanna leighis agus diagnóisic: cuideachtaí agus ospidéil "
              "timpeall na Gaillimhe."),
    ),
    "lee-valley-food-ring": (
        *said("other_name", "ga", "Fáinne Bia Ghleann na Laoi"),
        *said("summary", "ga", "Bia agus deoch ón gceantar: táirgeoirí agus taighdeoirí i "
              "gCorcaigh."),
    ),
    "liffey-data-harbour": said("other_name", "ga", "Cuan Sonraí na Life"),
    "grand-harbour-refit": (
        *said("other_name", "mt", "Ċirku tat-Tiswija tal-Port il-Kbir"),
        *said("summary", "mt", "Bini u tiswija ta’ bastimenti u teknoloġija tal-baħar madwar "
              "il-Port il-Kbir."),
    ),
}  # fmt: skip
