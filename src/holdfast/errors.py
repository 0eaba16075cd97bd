"""The few exceptions that Holdfast raises on purpose.

Each message says what came, what was expected and what to do. None of them carries the
words of a session: an error may end in a log that other people read.
"""

from __future__ import annotations


class HoldfastError(Exception):
    """Anything that Holdfast refuses, with a message made for the reader."""


class TranscriptError(HoldfastError):
    """A transcript that cannot be read.

    Parameters
    ----------
    problem
        What came and what was expected, in one sentence.
    source
        Name of the file, or ``None`` for text that came without one.
    line
        Line (or row, or paragraph) of the source, counted from 1, if the problem has one.
    remedy
        What the reader can do about it.

    Examples
    --------
    >>> raise TranscriptError("the file is empty", source="a.vtt", remedy="Export it again.")
    Traceback (most recent call last):
    ...
    holdfast.errors.TranscriptError: a.vtt: the file is empty. Export it again.
    """

    def __init__(
        self,
        problem: str,
        *,
        source: str | None = None,
        line: int | None = None,
        remedy: str = "",
    ) -> None:
        self.problem = problem
        self.source = source
        self.line = line
        self.remedy = remedy
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        place = self.source or "transcript"
        if self.line is not None:
            place = f"{place}, line {self.line}"
        return f"{place}: {self.problem}. {self.remedy}".strip()

    def located(self, source: str) -> TranscriptError:
        """Return the same error with the name of its file, if it had none."""
        return TranscriptError(
            self.problem, source=self.source or source, line=self.line, remedy=self.remedy
        )


class RoleError(HoldfastError):
    """The speakers' roles are unknown or contradict each other, so nothing can be coded."""


class ModelError(HoldfastError):
    """A model folder is missing, incomplete or not what its checksums say."""
