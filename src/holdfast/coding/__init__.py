"""Utterances in, codes out."""
