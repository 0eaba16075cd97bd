"""Holdfast reads a psychotherapy session on your own machine."""
