"""One client's sessions in order: ``python over_time_pandas.py DIR CLIENT``.

Dates are not in a transcript. Here they come from the names of the files, which sort by date.
"""

from __future__ import annotations

import sys

import pandas as pd

SHOWN = ["source", "talk_share", "reflections_per_1000_words", "openings_met_share"]


def over_time(folder: str, client: str) -> pd.DataFrame:
    """Return a row for each session of a client, in the order of the files' names."""
    sessions = pd.read_parquet(f"{folder}/sessions")
    of_client = sessions[sessions["client"] == client]
    return of_client[SHOWN].sort_values("source").reset_index(drop=True)


if __name__ == "__main__":
    print(over_time(sys.argv[1], sys.argv[2]))
