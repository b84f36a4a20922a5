"""A registration as whoever made it sees it: where it stands and what would change that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hanse.events.models import Booking, Registration, Session
from hanse.events.queries.questions import answers_in_words, open_questions
from hanse.events.queries.seats import line_of, line_of_sessions, pools_of, rule_of
from hanse.events.rules.seats import position_of
from hanse.events.words import LIVE, RegistrationState, State


@dataclass(frozen=True)
class Seat:
    """A session that was chosen, and where one stands for it."""

    session: Session
    state: str
    word: str
    position: int | None


@dataclass(frozen=True)
class Standing:
    registration: Registration
    position: int | None
    waiting: int
    rule: str
    answers: Sequence[tuple[str, str]]
    needs: Sequence[tuple[str, str]]
    seats: Sequence[Seat]
    team: Sequence[Registration]
    must_answer: bool

    @property
    def is_live(self) -> bool:
        return self.registration.state in LIVE

    @property
    def may_change(self) -> bool:
        event = self.registration.event
        return self.is_live and not event.is_over and event.state != State.CLOSED

    @property
    def is_confirmed(self) -> bool:
        return self.registration.state == RegistrationState.CONFIRMED

    @property
    def badge(self) -> str:
        state = self.registration.state
        if state == RegistrationState.CONFIRMED:
            return "met"
        return "unknown" if state in LIVE else "unmet"

    @property
    def next_step(self) -> str:
        """What would change it."""
        if self.registration.event.is_over:
            return _("The event is over.")
        return {
            RegistrationState.ASKED: _(
                "The organisers’ word changes it: with a yes you get a seat, or your place on the "
                "waiting list by your number. You get a letter either way."
            ),
            RegistrationState.WAITING: _(
                "A seat that somebody gives back changes it, or more seats. You get a letter at "
                "once."
            ),
            RegistrationState.CONFIRMED: _("Only you or the organisers can give this seat back."),
            RegistrationState.REFUSED: _("The organisers have decided; write to them."),
            RegistrationState.CANCELLED: _(
                "It has ended. While registration is open, you can register anew and get a new "
                "number."
            ),
        }[RegistrationState(self.registration.state)]


def standing_of(one: Registration) -> Standing:
    pools = pools_of(one.event)
    line = line_of(one.event, pools)
    questions = list(one.event.questions.all())
    need = getattr(one, "need", None)
    team = list(one.team.registrations.order_by("number")) if one.team else []
    live = one.state in LIVE
    return Standing(
        registration=one,
        position=position_of(one.pk, line) if one.state == RegistrationState.WAITING else None,
        waiting=len(line),
        rule=rule_of(one.event),
        answers=answers_in_words(questions, one.answers),
        needs=answers_in_words(questions, need.answers if need else {}),
        seats=seats_of(one),
        team=team,
        must_answer=live and open_questions(one),
    )


def seats_of(one: Registration) -> list[Seat]:
    bookings = one.bookings.filter(state__in=LIVE).select_related("session__event", "session__room")
    pools = pools_of(one.event)
    line = line_of_sessions(one.event, pools)
    found = []
    for booking in bookings.order_by("session__starts_at"):
        own = {pool.pk for pool in pools.of_session(booking.session_id)}
        among = [other for other in line if own & set(other.pools)]
        place = position_of(booking.pk, among)
        found.append(Seat(booking.session, booking.state, _word(booking), place))
    return found


def _word(booking: Booking) -> str:
    if booking.state == RegistrationState.ASKED:
        return _("chosen; asked for once you have a seat in the event")
    if booking.state == RegistrationState.WAITING:
        return _("on its waiting list")
    return _("seat taken for you")
