"""An utterance as a line of words, and the way back to its characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_TOKEN = re.compile(r"[^\W_]++(?:'[^\W_]++)*+|[.?!;…]++")
_ENDS = ".?!;…"


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of an utterance: lower case, without punctuation but the ends of sentences.

    Attributes
    ----------
    text
        The utterance's own text.
    line
        ``"| word word | word | "``: every word followed by one space; ``|`` where a sentence
        begins or ends.

    Examples
    --------
    >>> listen("Mm-hm. I DON’T know").line
    "| mm hm | i don't know | "
    """

    text: str
    line: str
    tokens: tuple[str, ...] = field(repr=False)

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.tokens) - self.tokens.count("|")

    def places(self) -> Iterator[tuple[str, int]]:
        """Yield each word with the place in the line where it begins."""
        place = 2
        for token in self.tokens:
            yield token, place
            place += len(token) + 1

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters of the text for a stretch of the line.

        Examples
        --------
        >>> heard = listen("Well ... I’m sad.")
        >>> start, end = heard.characters(heard.line.index("i'm"), heard.line.index("sad") + 4)
        >>> heard.text[start:end]
        'I’m sad'
        """
        first = self.line.count(" ", 0, start) - 1
        last = self.line.count(" ", 0, end) - 2
        begins = ends = 0
        for index, token in enumerate(_TOKEN.finditer(_plain(self.text))):
            if index == first:
                begins = token.start()
            if index == last:
                ends = token.end()
                break
        return begins, ends


def listen(text: str) -> Heard:
    """Return the words of a text, ready for patterns."""
    tokens = tuple("|" if token[0] in _ENDS else token for token in _TOKEN.findall(_plain(text)))
    return Heard(text, "| " + "".join(f"{token} " for token in tokens) + "| ", tokens)


def _plain(text: str) -> str:
    """Return the text in lower case with straight apostrophes, every character in its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_STRAIGHT)
