"""What a policy changed: comparisons over time, each with its placebos."""

from hanse.engines.evaluation.difference_in_differences import (
    Difference,
    difference_in_differences,
)
from hanse.engines.evaluation.synthetic_control import SyntheticControl, synthetic_control

__all__ = ["Difference", "SyntheticControl", "difference_in_differences", "synthetic_control"]
