"""Progress: how far a long piece of work has come, told to whoever wants to show it."""

from collections.abc import Callable

from hanse.observatory.words import Step

# Told with the step, how much of it is done, and how much there is.
Progress = Callable[[Step, int, int], None]


def silent(_step: Step, _done: int, _total: int) -> None:
    """Tell nobody."""
