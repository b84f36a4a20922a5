"""Policy peers: which regions have the same structure, and which of them do better with it."""

from hanse.engines.peers.mix import cosine_distance, jensen_shannon_distance
from hanse.engines.peers.structure import Part, Peers, structural_peers

__all__ = ["Part", "Peers", "cosine_distance", "jensen_shannon_distance", "structural_peers"]
