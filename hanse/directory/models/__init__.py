from hanse.directory.models.duplicates import Duplicate, Merge
from hanse.directory.models.facts import Fact
from hanse.directory.models.organisations import FormerAddress, Membership, Organisation
from hanse.directory.models.ownership import Administrator, JoinRequest
from hanse.directory.models.projects import JointProject, Participation
from hanse.directory.models.review import Submission, Waiver
from hanse.directory.models.search import SavedSearch, SearchRow, Tick
from hanse.directory.models.suggestions import Correction

__all__ = [
    "Administrator", "Correction", "Duplicate", "Fact", "FormerAddress", "JoinRequest",
    "JointProject", "Membership", "Merge", "Organisation", "Participation", "SavedSearch",
    "SearchRow", "Submission", "Tick", "Waiver",
]  # fmt: skip
