"""The independent checker. It shares no code with the search and believes nothing a plan says.

`ground` lays an event and a plan side by side, `rules` and `values` count everything anew, `claims`
follows bounds from their certificates, `reasons` looks whether a reason is true of the plan,
`clashes` whether meetings cannot all be held where no plan is said to be possible.
"""

from hanse.engines.meetings.checking.check import Verdict, check

__all__ = ["Verdict", "check"]
