"""What a person says of the coder's codes, beside them: which counts, and how often they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from holdfast_web.engine.codes import KINDS_OF, OPEN, Heard, Uttered, Value, all_choices

Own = Mapping[tuple[int, str], Value]
"""A person's codes: by utterance and code, without those that were taken back."""

Tallied = dict[str, Counter[tuple[Value, Value]]]


def own_codes(rows: Iterable[tuple[int, str, Any, bool]]) -> Own:
    """Return what counts of corrections: of each utterance and code the latest.

    Parameters
    ----------
    rows
        Utterance, code, value and whether it was taken back; the oldest first.

    Examples
    --------
    >>> own_codes([(0, "talk", "change", False), (0, "talk", None, True), (1, "talk", None, False)])
    {(1, 'talk'): None}
    """
    found: dict[tuple[int, str], Value] = {}
    for utterance, code, value, taken_back in rows:
        found.pop((utterance, code), None)
        if not taken_back:
            found[utterance, code] = as_value(value)
    return found


def as_value(kept: Any) -> Value:
    """Return a code's value from what was kept of it: a list is no key of a dictionary."""
    return tuple(sorted(kept)) if isinstance(kept, list | tuple) else kept


def stretches(lines: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return lines as stretches, each from its first to its last.

    Examples
    --------
    >>> stretches([4, 0, 1, 2])
    ((0, 2), (4, 4))
    """
    found: list[tuple[int, int]] = []
    for line in sorted(set(lines)):
        if found and found[-1][1] == line - 1:
            found[-1] = (found[-1][0], line)
        else:
            found.append((line, line))
    return tuple(found)


def read_lines(rows: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return which lines were read, of stretches with their first and last."""
    return frozenset(line for first, last in rows for line in range(first, last + 1))


def counted_codes(own: Iterable[tuple[int, str]]) -> frozenset[str]:
    """Return the codes that count in a session of which a person said so much.

    One of the finer codes that are still experimental counts once they said something of it
    anywhere in the session: before, nobody knows that they looked for it.

    Examples
    --------
    >>> told = [(3, "paraphrase")]
    >>> [one in counted_codes(told) for one in ("reflection", "paraphrase", "summary")]
    [True, True, False]
    """
    said = {code for _, code in own}
    return frozenset(
        name for name, choice in all_choices().items() if not choice.further or name in said
    )


def persons_value(line: Uttered, code: str, heard: Heard, own: Own) -> Value:
    """Return what a person who has read a line says of a code; ``OPEN`` where that isn't known.

    What they left unchanged stands as right. Two things do not: a guess that the coder itself left
    open, and the kind of a main behaviour that they changed without saying the kind.
    """
    if (line.index, code) in own:
        return own[line.index, code]
    main = line.heard.get(KINDS_OF)
    if main is not None and (line.index, KINDS_OF) in own:
        now = own[line.index, KINDS_OF]
        if now != main.value and code in (now, main.value):
            return OPEN
    return OPEN if heard.unsure else heard.value


def blind_value(line: Uttered, code: str, own: Own) -> Value:
    """Return what a person says of a code who had not seen the coder's.

    What they didn't give isn't there. Two things are not known instead: a main behaviour that they
    didn't say, and its kind.
    """
    if (line.index, code) in own:
        return own[line.index, code]
    choice = all_choices()[code]
    if choice.always or code == own.get((line.index, KINDS_OF)):
        return OPEN
    return () if choice.many else None


def tally_blind(lines: Sequence[Uttered], read: Mapping[int, Own]) -> Tallied:
    """Count the same of lines that were coded blind.

    Parameters
    ----------
    read
        By line, the codes that the person had given when they said so.
    """
    counted = counted_codes(key for own in read.values() for key in own)
    return _counted(
        (code, heard, blind_value(lines[index], code, own))
        for index, own in read.items()
        for code, heard in lines[index].heard.items()
        if code in counted
    )


def tally(lines: Sequence[Uttered], read: Iterable[int], own: Own) -> Tallied:
    """Count by code what the coder and the person said of the lines that were read."""
    counted = counted_codes(own)
    return _counted(
        (code, heard, persons_value(lines[index], code, heard, own))
        for index in sorted(read)
        if index < len(lines)
        for code, heard in lines[index].heard.items()
        if code in counted
    )


def _counted(told: Iterable[tuple[str, Heard, Value]]) -> Tallied:
    """Count codes, each with what the coder heard and what the person says."""
    found: Tallied = {}
    for code, heard, person in told:
        said = OPEN if heard.unsure else heard.value
        found.setdefault(code, Counter())[said, person] += 1
    return found


def to_keep(tallied: Tallied) -> dict[str, list[list[Any]]]:
    """Return counts as they are kept."""
    return {
        code: [[*pair, count] for pair, count in pairs.items()] for code, pairs in tallied.items()
    }


def from_kept(kept: Mapping[str, Iterable[Sequence[Any]]]) -> Tallied:
    """Return counts from what was kept of them.

    Examples
    --------
    >>> from_kept(to_keep({"talk": Counter({(None, "change"): 2})}))
    {'talk': Counter({(None, 'change'): 2})}
    """
    return {
        code: Counter({(as_value(one), as_value(other)): count for one, other, count in pairs})
        for code, pairs in kept.items()
    }
