"""Many sessions: read from anywhere, coded on one core or a cluster, written as tidy Parquet.

One function does the work on a batch of sessions (:class:`holdfast.corpus.work.Worker`); where it
runs is another question, answered by :mod:`holdfast.corpus.inline`,
:mod:`holdfast.corpus.processes` and :mod:`holdfast.corpus.cluster`, which give the same rows.
"""

from holdfast.corpus.deidentify import Masked, Masker
from holdfast.corpus.run import Outcome, analyze_corpus
from holdfast.corpus.settings import Settings

__all__ = ["Masked", "Masker", "Outcome", "Settings", "analyze_corpus"]
