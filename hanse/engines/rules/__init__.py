"""Rules as data, answered in three values: met, not met, not yet known.

Kleene's strong logic of three values (Introduction to Metamathematics, 1952, §64): a whole is not
met as soon as one of its parts is not, and is not yet known only while an open part could decide
it. What nobody has answered is never a “no”.
"""

from hanse.engines.rules.answer import Answer, all_of, any_of, opposite
from hanse.engines.rules.assessment import Assessment, Outcome, Rule, RuleSet, assess
from hanse.engines.rules.comparison import Finding, Test, Want
from hanse.engines.rules.reading import MisreadRules, read_rules

__all__ = [
    "Answer", "Assessment", "Finding", "MisreadRules", "Outcome", "Rule", "RuleSet", "Test",
    "Want", "all_of", "any_of", "assess", "opposite", "read_rules",
]  # fmt: skip
