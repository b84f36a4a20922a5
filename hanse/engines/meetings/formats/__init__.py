"""The files that events and plans come in; see docs/meetings.md."""
