"""One client's sessions in order: ``python over_time_pandas.py DIR CLIENT``.

A session has a date where its source says one: a column, ConvoKit's metadata, CHAT's header. A
session without a date is left out here, since nothing says when it was. Where the names of your
files say it, take it from there, knowingly::

    sessions["date"] = pd.to_datetime(sessions["source"].str.extract(r"(\\d{4}-\\d{2}-\\d{2})")[0])
"""

from __future__ import annotations

import sys

import pandas as pd

SHOWN = ["date", "talk_share", "reflections_per_1000_words", "openings_met_share"]


def over_time(folder: str, client: str) -> pd.DataFrame:
    """Return a row for each dated session of a client, the earliest first."""
    sessions = pd.read_parquet(f"{folder}/sessions")
    dated = sessions[(sessions["client"] == client) & sessions["date"].notna()]
    return dated.sort_values(["date", "session_id"])[SHOWN].reset_index(drop=True)


if __name__ == "__main__":
    print(over_time(sys.argv[1], sys.argv[2]))
