"""Transcripts in: one module per format, and the reading of any of them."""
