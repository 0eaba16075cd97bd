"""What a reader notices while it reads: gathered by line, told as notes of the session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from holdfast.formats.document import Said
from holdfast.formats.mending import name_lines

SILENT = "Without words, so left out"


class Noticed(defaultdict[str, list[int]]):
    """Lines of the source by what was noticed there.

    Examples
    --------
    >>> noticed = Noticed()
    >>> [one.line for one in noticed.leave_out_silent([Said("Lee", "Hm.", 1), Said("Lee", "", 2)])]
    [1]
    >>> noticed.notes()
    ('Without words, so left out: line 2.',)
    """

    def __init__(self) -> None:
        super().__init__(list)

    def leave_out_silent(self, said: Iterable[Said]) -> Iterator[Said]:
        """Yield what has words, and notice what has none."""
        for one in said:
            if one.text:
                yield one
            else:
                self[SILENT].append(one.line)

    def notes(self) -> tuple[str, ...]:
        """Return one note for each thing noticed, with its lines."""
        return tuple(f"{what}: {name_lines(lines)}." for what, lines in self.items() if lines)
