"""Do clients feel better understood after sessions with more reflections?

``python mixed_model.py DIR RATINGS.csv``, where the ratings have the columns session_id, client and
score. Each client has a level of their own (a random intercept), and the reflections of a session
are measured against that client's usual ones, so that differences between clients don't pass for
an effect. An association, not a cause.
"""

from __future__ import annotations

import sys
from typing import Any

import pandas as pd
import statsmodels.formula.api as smf


def together(folder: str, ratings: pd.DataFrame) -> pd.DataFrame:
    """Return ratings beside the reflections of their sessions, within and between clients."""
    sessions = pd.read_parquet(f"{folder}/sessions", columns=["session_id", SKILL])
    both = ratings.merge(sessions, on="session_id").dropna(subset=[SKILL, "score"])
    both["usual"] = both.groupby("client")[SKILL].transform("mean")
    both["more_than_usual"] = both[SKILL] - both["usual"]
    return both


SKILL = "reflections_per_1000_words"


def fitted(both: pd.DataFrame) -> Any:
    """Return the mixed model: score on reflections, clients with their own level."""
    return smf.mixedlm("score ~ more_than_usual + usual", both, groups=both["client"]).fit()


if __name__ == "__main__":
    print(fitted(together(sys.argv[1], pd.read_csv(sys.argv[2]))).summary())
