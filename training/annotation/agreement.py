"""Agreement of the two passes: ``python -m training.annotation.agreement --data PATH``.

Prints a table; with ``--page FILE`` writes it as a page, too. Only sessions that both passes hold
are compared, every utterance of the right role counts, also where neither gave the code.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from holdfast.codebooks import CodeDefinition
from training.annotation.expert import against_experts
from training.annotation.kappa import Agreement, agreement, tables
from training.annotation.labels import SessionLabels, read
from training.annotation.scheme import FEELING, RESPONSE, is_bare, is_level, scheme
from training.annotation.sessions import LABELS, corpus

GIVEN_BOTH = (FEELING, RESPONSE)
"""Codes of an opening: compared where both passes heard one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One session read twice."""

    roles: tuple[str, ...]
    first: SessionLabels
    second: SessionLabels


@dataclass(frozen=True, slots=True)
class Line:
    """One code, or one value of it, with its agreement."""

    code: str
    value: str
    found: Agreement


def lines(pairs: Sequence[Pair], *, draws: int = 2000) -> Iterator[Line]:
    """Yield the agreement on every code, and on every value where a code has several."""
    for code in scheme().codebook.codes:
        names = [value.name for value in code.values]
        if code.name in GIVEN_BOTH:
            yield Line(code.name, "which", which(pairs, code, draws))
        elif is_level(code):
            yield Line(code.name, "0–2, weighted", levels(pairs, code, draws))
        if code.name in GIVEN_BOTH:
            continue
        yield Line(code.name, "", present(pairs, code, frozenset(names), draws))
        if not is_bare(code) and not is_level(code):
            for name in names:
                yield Line(code.name, name, present(pairs, code, frozenset({name}), draws))


def present(
    pairs: Sequence[Pair], code: CodeDefinition, values: frozenset[str], draws: int
) -> Agreement:
    """Compare whether any of some values was given."""
    rows = [
        (int(bool(a & values)), int(bool(b & values)), session)
        for a, b, session in both(pairs, code)
    ]
    return compared(rows, 2, draws)


def levels(pairs: Sequence[Pair], code: CodeDefinition, draws: int) -> Agreement:
    """Compare levels, 0 where a code was not written."""
    rows = [(level(a), level(b), session) for a, b, session in both(pairs, code)]
    return compared(rows, len(code.values) + 1, draws, weighted=True)


def which(pairs: Sequence[Pair], code: CodeDefinition, draws: int) -> Agreement:
    """Compare which value was given, over the utterances to which both gave one."""
    names = [value.name for value in code.values]
    rows = [
        (names.index(min(a)), names.index(min(b)), session)
        for a, b, session in both(pairs, code)
        if a and b
    ]
    return compared(rows, len(names), draws)


def level(values: frozenset[str]) -> int:
    """Return the highest level given."""
    return max((int(value) for value in values), default=0)


def both(
    pairs: Sequence[Pair], code: CodeDefinition
) -> Iterator[tuple[frozenset[str], frozenset[str], int]]:
    """Yield what each pass gave to each utterance of the code's role, with the session."""
    for place, pair in enumerate(pairs):
        for utterance, role in enumerate(pair.roles):
            if role == code.role.value:
                yield (
                    pair.first.of(utterance, code.name),
                    pair.second.of(utterance, code.name),
                    place,
                )


def compared(
    rows: Sequence[tuple[int, int, int]], values: int, draws: int, *, weighted: bool = False
) -> Agreement:
    """Return the agreement of rows of first value, second value, session."""
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return agreement(tables(*columns, values), weighted=weighted, draws=draws)


def readings(folder: Path, data: Path) -> dict[str, SessionLabels]:
    """Read every file of one pass, by transcript."""
    sessions = corpus(data)
    return {
        path.stem: read(path, [said.role for said in sessions[path.stem].utterances])
        for path in sorted(folder.glob("*.txt"), key=lambda path: int(path.stem))
    }


def paired(
    first: dict[str, SessionLabels], second: dict[str, SessionLabels], data: Path
) -> list[Pair]:
    """Return the sessions that both passes hold."""
    sessions = corpus(data)
    return [
        Pair(tuple(said.role for said in sessions[name].utterances), first[name], second[name])
        for name in first
        if name in second
    ]


HEADER = (
    "| Code | Value | κ [95 %] | First pass | Second pass | Same | Positive agreement | |\n"
    "|---|---|---|---|---|---|---|---|"
)
KEPT = 0.4
RARE = 10


def row(line: Line) -> str:
    """Return one line of the table."""
    found = line.found
    cells = (
        f"`{line.code}`",
        line.value,
        interval(found),
        f"{found.first:.1%}" if line.value != "which" else "",
        f"{found.second:.1%}" if line.value != "which" else "",
        f"{found.raw:.2f}",
        "n/a" if found.positive is None or line.value == "which" else f"{found.positive:.2f}",
        verdict(line),
    )
    return f"| {' | '.join(cells)} |"


def interval(found: Agreement) -> str:
    """Return κ with its interval."""
    if found.kappa is None:
        return "n/a"
    if found.interval is None:
        return f"{found.kappa:.2f}"
    return "{:.2f} [{:.2f}, {:.2f}]".format(found.kappa, *found.interval)


def verdict(line: Line) -> str:
    """Return whether a code may be used as it is."""
    found = line.found
    heard = found.utterances * (found.first + found.second) / 2
    if line.value != "which" and heard < RARE:
        return f"too rare to say ({heard:.0f})"
    if found.kappa is None:
        return "n/a"
    return "" if found.kappa >= KEPT else "below 0.4: revise or drop"


PAGE = """\
# Annotation layer: how two readings agree

Our own codes on AnnoMI's demonstrations (Wu et al. 2023, Future Internet 15(3):110), by the
written codebook (`training/annotation/codebook.toml`, {codebook}). **The annotation is
machine-assisted**: a language model read every session in its context by the codebook, in two
passes that did not see each other. So κ says how far the codebook settles what to write, not how
two clinicians would agree; a model's two passes may share its mistakes. Where experts labelled the
same thing, the second table compares.

{read} sessions were read, {sessions} of them twice ({utterances} utterances). κ is Cohen's, for
levels with quadratic weights; intervals by bootstrap over sessions. A line with a code alone asks
whether it was given at all. `feeling` and `response` are compared where both passes heard an
opening. A code with κ below 0.4 is revised or dropped. "Too rare": given to fewer than {rare}
utterances on average, so that κ says little.

{table}

## Beside the experts' labels

First pass against AnnoMI's labels, over all sessions read. The experts' labels were hidden from
the annotators.

{experts}

Written by `python -m training.annotation.agreement --page`.
"""


def main() -> None:
    """Compare the passes, print the tables, and write the page if asked."""
    options = argparse.ArgumentParser(prog="python -m training.annotation.agreement")
    options.add_argument("--data", type=Path, required=True, help="folder with annomi/")
    options.add_argument("--labels", type=Path, default=LABELS)
    options.add_argument("--page", type=Path, help="write docs/validity/annotation.md")
    options.add_argument("--draws", type=int, default=2000)
    given = options.parse_args()
    first, second = (readings(given.labels / one, given.data) for one in ("a", "b"))
    pairs = paired(first, second, given.data)
    if not pairs:
        raise SystemExit(f"No session stands in both {given.labels / 'a'} and b.")
    table = "\n".join([HEADER, *(row(line) for line in lines(pairs, draws=given.draws))])
    experts = against_experts(first, corpus(given.data), draws=given.draws)
    sys.stdout.write(f"{len(pairs)} sessions read twice\n\n{table}\n\n{experts}\n")
    if given.page:
        text = PAGE.format(
            codebook=scheme().codebook.label,
            read=len(first),
            sessions=len(pairs),
            utterances=sum(len(pair.roles) for pair in pairs),
            rare=RARE,
            table=table,
            experts=experts,
        )
        given.page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
