from hanse.directory.models.duplicates import Duplicate, Merge
from hanse.directory.models.facts import Fact
from hanse.directory.models.imports import Import, Origin
from hanse.directory.models.organisations import FormerAddress, Membership, Organisation
from hanse.directory.models.ownership import Administrator, JoinRequest
from hanse.directory.models.projects import JointProject, Participation
from hanse.directory.models.review import Submission, Waiver
from hanse.directory.models.search import SavedSearch, SearchRow, Tick
from hanse.directory.models.suggestions import Correction
from hanse.directory.models.tokens import ApiToken

__all__ = [
    "Administrator", "ApiToken", "Correction", "Duplicate", "Fact", "FormerAddress", "Import",
    "JoinRequest", "JointProject", "Membership", "Merge", "Organisation", "Origin",
    "Participation", "SavedSearch", "SearchRow", "Submission", "Tick", "Waiver",
]  # fmt: skip
