"""``python -m benchmarks.corpus_identifiers``: how many planted identifiers are masked.

Recall: the share of planted identifiers all of whose characters are masked. Precision: the share of
masks that lie on a planted identifier, in those sentences and in made-up sessions without any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from holdfast.corpus.deidentify import Masker
from holdfast.testing import (
    given_names,
    planted_identifiers,
    synthetic_sessions,
    without_speakers,
)
from holdfast.testing.planted import Planted

SENTENCES, SESSIONS, SEED = 5_600, 200, 1


def table() -> Iterator[str]:
    """Yield the lines of a Markdown table: recall by kind and way, then precision."""
    planted: Counter[tuple[str, str]] = Counter()
    masked: Counter[tuple[str, str]] = Counter()
    right = wrong = 0
    for one in planted_identifiers(SENTENCES, SEED):
        found = Masker(given_names()).find(one.text)
        covered = {place for each in found for place in range(each.start, each.end)}
        wanted = set(telling(one))
        planted[one.kind, one.how] += 1
        masked[one.kind, one.how] += wanted <= covered
        hits = sum(each.end > one.start and each.start < one.end for each in found)
        right, wrong = right + hits, wrong + len(found) - hits
    yield "| Kind | Said | Planted | Recall |"
    yield "|---|---|---|---|"
    for (kind, how), count in planted.items():
        yield f"| {kind} | {how} | {count} | {masked[kind, how] / count:.3f} |"
    for kind in dict.fromkeys(kind for kind, _ in planted):
        those = [key for key in planted if key[0] == kind]
        whole = sum(masked[key] for key in those) / sum(planted[key] for key in those)
        yield f"| **{kind}** | all | {sum(planted[key] for key in those)} | **{whole:.3f}** |"
    everything = sum(masked.values()) / sum(planted.values())
    yield f"| **all** | | {sum(planted.values())} | **{everything:.3f}** |"
    yield ""
    words, masks = _in_sessions()
    yield (
        f"Precision in those sentences: {right / (right + wrong):.3f}. In {SESSIONS} made-up "
        f"sessions without any identifier: {masks} masks in {words:,} words."
    )


def telling(one: Planted) -> Iterator[int]:
    """Yield the places of the letters and digits that tell something: no title, no 's."""
    start, end = one.start, one.end - 2 * one.text[: one.end].endswith("'s")
    if one.how == "after a title":
        start = one.text.index(" ", start)
    yield from (place for place in range(start, end) if one.text[place].isalnum())


def _in_sessions() -> tuple[int, int]:
    words = masks = 0
    masker = Masker(given_names())
    for session in synthetic_sessions(SESSIONS, SEED):
        words += sum(one.words for one in session.utterances)
        masks += sum(masker.session(without_speakers(session)).counts.values())
    return words, masks


if __name__ == "__main__":
    print("\n".join(table()))
