from hanse.calls.models.applications import (
    Application,
    ApplicationVersion,
    Decision,
    Mark,
    Summary,
)
from hanse.calls.models.calls import Call, CallOfficer, Criterion, CutOff, Quota
from hanse.calls.models.letters import LetterText

__all__ = [
    "Application", "ApplicationVersion", "Call", "CallOfficer", "Criterion", "CutOff", "Decision",
    "LetterText", "Mark", "Quota", "Summary",
]  # fmt: skip
