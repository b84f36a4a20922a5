"""Value chains: who is strong at which stage, and which regions together cover a chain."""

from hanse.engines.chains.coverage import Coverage, fewest_covering

__all__ = ["Coverage", "fewest_covering"]
