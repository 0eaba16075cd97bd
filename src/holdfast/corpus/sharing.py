"""A folder of sessions fit for sharing, with a report of what was masked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from holdfast.corpus.deidentify import Masker
from holdfast.corpus.identifiers import KINDS
from holdfast.corpus.reading import look
from holdfast.errors import HoldfastError
from holdfast.formats import write_jsonl

REPORT = "report.json"
LIMITS = (
    "Names that nobody gave and that follow no title are not found.",
    "Towns, employers, schools, rare illnesses and stories that a friend would know are not found.",
    "Numbers below three digits stay, and so do weekdays and words such as 'last year'.",
    "How many are found was measured on made-up sentences: docs/validity/deidentification.md.",
    "So a person has to read what is to be shared. Masked words are not anonymous by law.",
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What was written: sessions, placeholders by kind, files that could not be read."""

    sessions: int
    counts: Counter[str]
    failures: int


def deidentify_corpus(paths: Sequence[str | Path], out: Path, names: Iterable[str] = ()) -> Shared:
    """Write each session with placeholders as a file of JSON lines, and a report.

    Parameters
    ----------
    paths
        As for :func:`holdfast.corpus.analyze_corpus`.
    out
        An empty or new folder. Its files are numbered: a file's name may hold a person's.
    names
        To be masked, besides those of the speakers.

    Raises
    ------
    HoldfastError
        If the folder isn't empty.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from holdfast.examples import FIRST_SESSION
    >>> with TemporaryDirectory() as folder:
    ...     deidentify_corpus([FIRST_SESSION], Path(folder)).sessions
    1
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise HoldfastError(f"{out} is not an empty folder. Give another with --out.")
    out.mkdir(parents=True, exist_ok=True)
    masker, reading = Masker(names), look([str(path) for path in paths])
    written: list[dict[str, object]] = []
    for number, item in enumerate(reading.items(), start=1):
        masked = masker.session(item.session)
        name = f"session-{number:06d}.jsonl"
        (out / name).write_text(write_jsonl(masked.session), encoding="utf-8")
        written.append({"file": name, **{kind: masked.counts[kind] for kind in KINDS}})
    report = {
        "sessions": len(written),
        "masked": {kind: masker.counts[kind] for kind in KINDS},
        "failures": [row["reason"] for row in reading.failures],
        "limits": LIMITS,
        "by_session": written,
    }
    (out / REPORT).write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    return Shared(len(written), masker.counts, len(reading.failures))
