from hanse.directory.models.documents import Document
from hanse.directory.models.duplicates import Duplicate, Merge
from hanse.directory.models.facts import Fact
from hanse.directory.models.imports import Import, Origin
from hanse.directory.models.messages import (
    Attachment,
    Block,
    Introduction,
    Message,
    Report,
    Thread,
    ThreadRead,
)
from hanse.directory.models.notices import Digest, News, OpenCall, OrganisationEvent
from hanse.directory.models.organisations import FormerAddress, Membership, Organisation
from hanse.directory.models.ownership import Administrator, JoinRequest
from hanse.directory.models.projects import JointProject, Participation, PartnerModel
from hanse.directory.models.requests import Comment, Follow, Interest, PartnerRequest
from hanse.directory.models.review import Submission, Waiver
from hanse.directory.models.search import SavedSearch, SearchRow, Tick
from hanse.directory.models.suggestions import Correction
from hanse.directory.models.tokens import ApiToken

__all__ = [
    "Administrator", "ApiToken", "Attachment", "Block", "Comment", "Correction", "Digest",
    "Document", "Duplicate", "Fact", "Follow", "FormerAddress", "Import", "Interest",
    "Introduction", "JoinRequest", "JointProject", "Membership", "Merge", "Message", "News",
    "OpenCall", "Organisation", "OrganisationEvent", "Origin", "Participation", "PartnerModel",
    "PartnerRequest", "Report", "SavedSearch", "SearchRow", "Submission", "Thread", "ThreadRead",
    "Tick", "Waiver",
]  # fmt: skip
