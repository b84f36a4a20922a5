"""Reads of the observatory. Pages, API, CLI and documents ask here and get one frozen answer."""
