"""Reliability by other people's code: pingouin and factor_analyzer on small fixed data.

Neither is a dependency. Run it with a Python that has both, and hold its numbers against the
constants in ``test_reliability.py``::

    pip install pingouin factor_analyzer "scikit-learn<1.8"
    python tests/engine/instruments/second_opinion/reliability.py
"""

from __future__ import annotations

import json
import sys

ANSWERS = [
    [2, 3, 2, 4, 1],
    [1, 1, 0, 2, 1],
    [3, 3, 4, 4, 2],
    [0, 1, 1, 0, 0],
    [4, 3, 4, 4, 3],
    [2, 2, 1, 3, 2],
    [1, 0, 1, 1, 2],
    [3, 4, 3, 2, 3],
    [2, 1, 2, 3, 1],
    [0, 0, 1, 1, 0],
    [4, 4, 3, 4, 4],
    [1, 2, 2, 1, 1],
    [3, 2, 3, 3, 1],
    [2, 3, 3, 2, 2],
    [0, 2, 0, 1, 1],
]
"""People × items."""

PAIRS = [[1, 2], [2, 2], [3, 4], [4, 3], [5, 5], [2, 1], [3, 3], [4, 5], [1, 1], [5, 4]]
"""People × items, as in the docstring of ``cronbach_alpha``."""

FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
SECOND = [2, 2, 3, 5, 5, 6, 8, 8, 9, 9]
"""Two occasions, as in the docstring of ``retest``."""

BEFORE = [14, 9, 21, 5, 17, 12, 8, 19, 11, 15, 6, 13]
AFTER = [10, 8, 15, 6, 14, 7, 8, 13, 9, 13, 4, 8]
"""Two occasions between which people got better: agreement is lower than correlation."""


def numbers() -> dict[str, float]:
    """Return every coefficient by its name."""
    import numpy as np
    import pandas as pd
    import pingouin as pg
    from factor_analyzer import FactorAnalyzer

    def agreement(first: list[int], second: list[int]) -> float:
        people = list(range(len(first)))
        table = pd.DataFrame(
            {
                "person": people * 2,
                "occasion": ["first"] * len(first) + ["second"] * len(second),
                "value": first + second,
            }
        )
        found = pg.intraclass_corr(table, targets="person", raters="occasion", ratings="value")
        single = found[found["Type"].isin(["ICC2", "ICC(A,1)"])]
        return float(single["ICC"].iloc[0])

    def omega(answers: list[list[int]]) -> float:
        fitted = FactorAnalyzer(n_factors=1, rotation=None, method="ml")
        fitted.fit(np.asarray(answers, dtype=float))
        common = float(fitted.loadings_.sum()) ** 2
        return common / (common + float(fitted.get_uniquenesses().sum()))

    return {
        "alpha": float(pg.cronbach_alpha(pd.DataFrame(ANSWERS))[0]),
        "alpha of pairs": float(pg.cronbach_alpha(pd.DataFrame(PAIRS))[0]),
        "retest of the example": agreement(FIRST, SECOND),
        "retest after change": agreement(BEFORE, AFTER),
        "omega": omega(ANSWERS),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(numbers(), indent=2) + "\n")
