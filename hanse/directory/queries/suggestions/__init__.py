"""Who fits: every organisation scored by several kinds of evidence, the best with their reasons."""

from hanse.directory.queries.suggestions.asked import Seeker, seeker_of
from hanse.directory.queries.suggestions.ranking import Suggestion, Suggestions, suggest
from hanse.directory.queries.suggestions.reasons import Reason

__all__ = ["Reason", "Seeker", "Suggestion", "Suggestions", "seeker_of", "suggest"]
