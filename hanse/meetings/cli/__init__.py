"""`hanse meetings …`: each command lives in its own file."""

from hanse.meetings.cli import asking, planning, repairing  # noqa: F401  hang their commands on the group
from hanse.meetings.cli.group import meetings

__all__ = ["meetings"]
