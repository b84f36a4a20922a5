"""Reference cases replayed: what other programs computed, computed by our engines."""
