"""Letters on paper: that somebody is invited, also for a consulate."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hanse.commons.places.words import country_name
from hanse.events.models import Event, Registration
from hanse.kit.numbers import day
from hanse.kit.paper import Paper, PaperTable, as_pdf
from hanse.kit.said import said


@dataclass(frozen=True)
class Passport:
    """Printed and forgotten."""

    name: str
    number: str
    nationality: str = ""


def invitation_letter(registration: Registration) -> bytes:
    event = registration.event
    lead = _(
        "%(name)s has a confirmed seat at %(event)s, %(days)s, as %(kind)s. The organisers look "
        "forward to the visit and ask everybody concerned to let it take place."
    ) % _facts(registration, registration.name)
    title = _("Invitation to %(event)s") % {"event": said(event.title)}
    return _letter(registration, title, lead, _rows(registration))


def visa_letter(registration: Registration, passport: Passport) -> bytes:
    event = registration.event
    lead = _(
        "To whom it may concern. %(name)s has a confirmed seat at %(event)s, %(days)s, as %(kind)s."
        " The organisers ask for the visa to be granted for these days. Whether travel and stay "
        "are paid for is agreed elsewhere; this letter promises neither."
    ) % _facts(registration, passport.name)
    rows = [
        (_("Name in the passport"), passport.name),
        (_("Number of the passport"), passport.number),
        *([(_("Nationality"), passport.nationality)] if passport.nationality else []),
        *_rows(registration),
    ]
    title = _("Letter for a visa: %(event)s") % {"event": said(event.title)}
    return _letter(registration, title, lead, rows)


def _facts(registration: Registration, name: str) -> dict[str, str]:
    return {
        "name": name,
        "event": said(registration.event.title),
        "days": days_of(registration.event),
        "kind": said(registration.kind.name) or registration.kind.code,
    }


def days_of(event: Event) -> str:
    if event.first_day == event.last_day:
        return day(event.first_day)
    return _("%(first)s to %(last)s") % {"first": day(event.first_day), "last": day(event.last_day)}


def _rows(registration: Registration) -> list[tuple[str, str]]:
    event = registration.event
    places = [", ".join(part for part in (one.name, one.address, one.city) if part)
              for one in event.places.all()]  # fmt: skip
    country = event.series.country
    said_rows = [
        (_("Participant"), registration.name),
        (_("Position"), registration.position),
        (_("Organisation"), registration.organisation_name),
        (_("Event"), f"{said(event.title)} ({said(event.series.title)})"),
        (_("Days"), days_of(event)),
        (_("Place"), "; ".join(places) or event.series.city),
        (_("Country"), country_name(country) if country else ""),
        (_("Organiser"), event.host.name if event.host else ""),
        (_("Number of the registration"), str(registration.number)),
    ]
    return [row for row in said_rows if row[1]]


def _letter(
    registration: Registration, title: str, lead: str, rows: list[tuple[str, str]]
) -> bytes:
    issued = _("Issued on %(day)s from the registration; valid while the registration stands.")
    return as_pdf(
        Paper(
            language=get_language() or "en",
            title=title,
            lead=lead,
            kicker=said(registration.event.series.title),
            parts=(
                PaperTable(
                    title=_("What is known"),
                    heads=(_("Fact"), _("Value")),
                    rows=tuple(rows),
                    widths=(1, 2),
                ),
            ),
            notes=(issued % {"day": day(timezone.localdate())},),
        )
    )
