"""A correlation within clients by other people's code: pingouin on small fixed data.

It is no dependency. Run it with a Python that has it, and hold its number against the constant in
``test_association.py``::

    pip install pingouin
    python tests/engine/trajectories/second_opinion/repeated_measures.py
"""

from __future__ import annotations

import sys

SESSIONS = {
    "A": [(1, 4, 6), (2, 5, 7), (3, 3, 6), (4, 6, 8), (5, 7, 7), (6, 4, 5), (7, 8, 9), (8, 5, 6)],
    "B": [(1, 9, 3), (2, 8, 2), (3, 9, 4), (4, 7, 3), (5, 9, 5), (6, 6, 2), (7, 8, 3), (8, 7, 4)],
    "C": [(1, 2, 8), (2, 1, 9), (3, 3, 8), (4, 2, 7), (5, 4, 9), (6, 3, 9), (7, 1, 7), (8, 2, 9)],
}
"""By client: session, technique, feeling. Across clients the two go against each other."""


def within_clients() -> float:
    """Return the repeated-measures correlation of technique and feeling."""
    import pandas as pd
    import pingouin as pg

    sessions = [(client, *one) for client, every in SESSIONS.items() for one in every]
    table = pd.DataFrame(sessions, columns=["client", "session", "technique", "feeling"])
    found = pg.rm_corr(table, x="technique", y="feeling", subject="client")
    return float(found["r"].iloc[0])


if __name__ == "__main__":
    sys.stdout.write(f"{within_clients()}\n")
