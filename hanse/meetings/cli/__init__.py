"""`hanse meetings …`: each command lives in its own file."""

from hanse.meetings.cli import planning  # noqa: F401  hangs its commands on the group
from hanse.meetings.cli.group import meetings

__all__ = ["meetings"]
