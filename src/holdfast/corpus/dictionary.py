"""The data dictionary: every column of every table, as a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.corpus.columns import TABLES, Column, blank, columns

KINDS = {
    "text": "text",
    "whole": "whole number",
    "number": "number",
    "yes": "yes or no",
    "texts": "list of texts",
    "numbers": "list of numbers",
    "day": "date",
    "time": "time, UTC",
}
ABOUT = {
    "utterances": "A row for each utterance, with its codes beside it: what `holdfast code` gives.",
    "sessions": "A row for each session, with its indicators: what `holdfast analyze` measures.",
    "failures": "A row for each file or conversation that could not be read or coded.",
    "run": "A row for each run that wrote into the folder.",
}
HEAD = """\
# The tables of a corpus

`holdfast corpus analyze` writes a folder with four tables, each in parts of Parquet. This page is
made from the code by `make docs`; it is not edited by hand. How to use them:
[code many sessions](../how-to/code-many-sessions.md).

- Rows come in no promised order: sort by `session_id` and `index`. Their content is the same on one
  core and on a cluster.
- What does not apply is null, never 0. A share of nothing is null; a count that was heard nought
  times is 0.
- A code with `_unsure` true is the coder's guess: leave it out, as the reports do.
- Each indicator has four columns: its value, what it stands on (`_n`), and the ends of its 95 %
  interval for the coder's error (`_low`, `_high`).
- Names of speakers and, unless `--without-words` is given, the words themselves are in the tables.
  Keep them as you keep your notes.
"""


def dictionary_page() -> str:
    """Return the whole page.

    Examples
    --------
    >>> dictionary_page().splitlines()[0]
    '# The tables of a corpus'
    """
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield HEAD
    families = {f"{one.name}{end}" for one in blank() for end in ("_n", "_low", "_high")}
    for table in TABLES:
        yield f"## {table}\n\n{ABOUT[table]}\n"
        yield "| Column | Kind | Meaning |"
        yield "|---|---|---|"
        yield from (_row(one) for one in columns(table) if one.name not in families)
        yield ""


def _row(one: Column) -> str:
    meaning = one.meaning.replace("|", "\\|")
    return f"| `{one.name}` | {KINDS[one.kind]} | {meaning} |"
