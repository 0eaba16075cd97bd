"""Reflections and questions, by therapist: ``python skills_polars.py DIR``."""

from __future__ import annotations

import sys

import polars as pl


def skills(folder: str) -> pl.DataFrame:
    """Return a row for each therapist: sessions, and the middle of two indicators."""
    sessions = pl.scan_parquet(f"{folder}/sessions/*.parquet")
    return (
        sessions.filter(pl.col("english"))
        .group_by("therapist")
        .agg(
            pl.len().alias("sessions"),
            pl.col("reflection_to_question_ratio").median(),
            pl.col("open_question_share").median(),
        )
        .sort("therapist")
        .collect()
    )


def heard(folder: str) -> pl.DataFrame:
    """Return how often each behaviour was heard in each session; guesses are left out."""
    utterances = pl.scan_parquet(f"{folder}/utterances/*.parquet")
    return (
        utterances.filter(pl.col("behaviour").is_not_null() & ~pl.col("behaviour_unsure"))
        .group_by("session_id", "behaviour")
        .len()
        .sort("session_id", "behaviour")
        .collect()
    )


if __name__ == "__main__":
    print(skills(sys.argv[1]))
    print(heard(sys.argv[1]))
