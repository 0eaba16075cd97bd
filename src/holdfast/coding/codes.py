"""Codes: what was heard in each utterance, lying beside the session that they point at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from holdfast.session import Session, Utterance

Value = str | tuple[str, ...] | None
"""A code's value: one label, several labels, or ``None`` where nothing is present or applies."""


@dataclass(frozen=True, slots=True)
class Code:
    """A label from the codebook on one utterance.

    Attributes
    ----------
    name
        The code's name in the codebook, such as ``"behaviour"``.
    value
        The label, ``None`` where the code is not present or does not apply. For ``emotions``
        a tuple of labels, likeliest first (empty when none is heard).
    p
        Calibrated probability of ``value`` (for several labels, one each), between 0 and 1.
        ``None`` where the code does not apply or comes from a rule, which has no probability.
    by
        ``"model"`` or ``"rules"``.
    unsure
        The coder abstains: ``value`` is its likeliest guess, but below the confidence that
        validation data asked for. Reports leave it out and say so.
    words
        Characters of the text (start, end) that a rule matched.
    alternatives
        Probability of every label of the code, where a model gave it; for codes that may be
        absent, ``"none"`` among them. They add up to 1 where the labels exclude each other.

    Examples
    --------
    >>> Code("behaviour", "question", 0.93).value
    'question'
    """

    name: str
    value: Value
    p: float | tuple[float, ...] | None = None
    by: str = "model"
    unsure: bool = False
    words: tuple[int, int] | None = None
    alternatives: tuple[tuple[str, float], ...] = ()

    @property
    def heard(self) -> bool:
        """Whether the code is present and the coder stands by it."""
        return bool(self.value) and not self.unsure


@dataclass(frozen=True, slots=True)
class CodedSession:
    """A session with the codes of each utterance beside it.

    Attributes
    ----------
    session
        The session, with roles.
    codes
        ``codes[i]`` maps code names to the codes of ``session.utterances[i]``. Every code of
        the codebook that applies to the speaker's role is there, also when its value is ``None``.
    model
        Name and version of the model, such as ``"holdfast-open 0.1.0"``.
    codebook
        Name and version of the codebook.
    """

    session: Session
    codes: tuple[Mapping[str, Code], ...]
    model: str
    codebook: str

    def __iter__(self) -> Iterator[tuple[Utterance, Mapping[str, Code]]]:
        """Yield each utterance with its codes."""
        return zip(self.session.utterances, self.codes, strict=True)

    def value(self, index: int, name: str) -> Value:
        """Return a code's value at an utterance, ``None`` where it is absent or unsure."""
        code = self.codes[index].get(name)
        return code.value if code is not None and code.heard else None
