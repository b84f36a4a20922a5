"""`hanse events …`: each command lives in its own file."""

from hanse.events.cli import flyers  # noqa: F401  hangs its command on the group
from hanse.events.cli.group import events

__all__ = ["events"]
