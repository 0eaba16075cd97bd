"""Builds, judges and exports the model that ships with Holdfast. Never part of the wheel."""
