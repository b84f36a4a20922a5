"""Questions that pages ask, and what people enter."""
