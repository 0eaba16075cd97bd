"""Words of others in a terminal: nothing in them is a command."""

from __future__ import annotations


def printable(words: str) -> str:
    r"""Return words that a terminal can't read as a command, on one line.

    Examples
    --------
    >>> printable("Lee\x1b[2J\nand  Kim")
    'Lee [2J and Kim'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
