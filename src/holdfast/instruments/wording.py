"""The words of an instrument in one language, apart from its scoring: they have their own owner."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of some options: one label for each value, or only those of the two ends."""

    each: tuple[str, ...] = ()
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person reads.

    Attributes
    ----------
    instrument
        Name of the instrument.
    language
        BCP 47 tag: ``"en"``, ``"de"``.
    respondent
        Who answers: ``"client"``, or ``"therapist"`` where they guess the client's answers.
    title, stem, closing
        Above, before and after the items; ``""`` where there is nothing to say.
    items
        Of each item, its text; several texts take turns (see :meth:`text`).
    options
        Labels by the name of the options.
    sides
        Of items that lie between two statements, the left and the right one.
    licence, attribution, source, url
        Whose words these are, on what terms, and where they were taken from.

    Examples
    --------
    >>> from holdfast.instruments import load_wording
    >>> load_wording("phq-9").text("q1")
    'Little interest or pleasure in doing things'
    """

    instrument: str
    language: str
    respondent: str
    title: str
    stem: str
    items: tuple[tuple[str, tuple[str, ...]], ...]
    options: tuple[tuple[str, Labels], ...]
    licence: str
    attribution: str
    source: str
    url: str = ""
    closing: str = ""
    sides: tuple[tuple[str, tuple[str, str]], ...] = ()

    def text(self, item: str, turn: int = 0) -> str:
        """Return an item's text; where it has several, ``turn`` (say, the session) picks one.

        Raises
        ------
        KeyError
            If the wording has no such item.
        """
        texts = dict(self.items)[item]
        return texts[turn % len(texts)]

    def labels(self, options: str) -> Labels:
        """Return the labels of some options, empty ones where it has none."""
        return dict(self.options).get(options, Labels())

    def label(self, options: str, place: int) -> str:
        """Return the label of one option by its place, ``""`` where it has none."""
        labels = self.labels(options)
        return labels.each[place] if labels.each else ""
