"""Registering, deciding, changing, cancelling. Each locks the event's seats first."""

from hanse.events.actions.registration.cancelling import (
    RegistrationCancelled,
    cancel,
    forget_needs,
    forget_person,
)
from hanse.events.actions.registration.changing import change
from hanse.events.actions.registration.deciding import (
    RegistrationDecided,
    approve,
    refuse,
    set_capacity,
)
from hanse.events.actions.registration.filling import Filled, Guest
from hanse.events.actions.registration.registering import (
    Registered,
    register,
    register_team,
)
from hanse.events.actions.seats import MovedUp, fill_seats

__all__ = [
    "Filled", "Guest", "MovedUp", "Registered", "RegistrationCancelled", "RegistrationDecided",
    "approve", "cancel", "change", "fill_seats", "forget_needs", "forget_person", "refuse",
    "register", "register_team", "set_capacity",
]  # fmt: skip
