"""Doors of the observatory: each unwraps the question, asks queries, renders."""
