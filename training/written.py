"""Reads dialogues of our own, written for training: ``python -m training.written check FILE…``.

A file is ``written/NAME.txt``: a head, then dialogues with an empty line between, a line each
for an utterance: who speaks, the codes of the annotation codebook (or ``-``), the words::

    # written dialogues, codebook 1

    C<TAB>empathic_opportunity=stated:hurt_loneliness response=met<TAB>Everyone else had somebody.
    T<TAB>reflection_of_feelings<TAB>You felt left out.

They are invented; no corpus is in them. They teach codes that demonstrations hardly hold, and
nothing is judged on them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.annotation.labels import Codes, LabelsError, SessionLabels, parse_codes
from training.annotation.scheme import scheme
from training.corpora import Example, Labelled
from training.layer import annotated

FOLDER = Path(__file__).parent / "written"
ROLES = {"T": "therapist", "C": "client"}


def written(folder: Path = FOLDER) -> list[Example]:
    """Return all dialogues with their targets."""
    return [one for path in sorted(folder.glob("*.txt")) for one in dialogues(path)]


def dialogues(path: Path) -> list[Example]:
    """Read one file, or say everything that is wrong with it.

    Raises
    ------
    LabelsError
        With the lines that can't be used and why.
    """
    head = f"# written dialogues, codebook {scheme().codebook.version}"
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0].strip() != head:
        raise LabelsError(f"{path}:1: the first line must be: {head}")
    wrong: list[str] = []
    found: list[Example] = []
    for first, block in blocks(lines[1:]):
        said, codes = [], {}
        for place, line in enumerate(block):
            role, problem, utterance, given = parse(line, block[place + 1 :])
            wrong += [f"{path}:{first + place}: {one}" for one in problem]
            said.append(Labelled(role, utterance, {}))
            codes[place] = given
        name = f"{path.stem}-{first}"
        labels = SessionLabels(name, path.stem, scheme().codebook.version, codes)
        found.append(annotated(Example(name, tuple(said)), labels))
    if wrong:
        raise LabelsError("\n".join(wrong))
    return found


def blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each dialogue's first line, and its lines."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=2):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def parse(line: str, following: Sequence[str]) -> tuple[str, list[str], str, Codes]:
    """Return a line's role, what is wrong with it, its words and its codes."""
    parts = line.split("\t")
    if len(parts) != 3 or parts[0] not in ROLES or not parts[2].strip():
        problem = ["write: T or C, a tab, codes with spaces between or -, a tab, words"]
        return "client", problem, "", frozenset()
    role, written_codes, words = parts
    answered = any(later.startswith("T\t") for later in following)
    given = [] if written_codes.strip() == "-" else written_codes.split()
    codes, problem = parse_codes(given, ROLES[role], scheme(), answered=answered)
    return ROLES[role], problem, words.strip(), codes


def check(paths: Sequence[Path]) -> Iterator[str]:
    """Yield what is wrong with files, or else how often each code was given in them."""
    counts: Counter[str] = Counter()
    for path in paths:
        try:
            for example in dialogues(path):
                counts["(dialogues)"] += 1
                counts["(lines)"] += len(example.utterances)
        except LabelsError as error:
            yield str(error)
            continue
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            counts.update(
                token.split(":")[0] for token in line.split("\t")[1:2] for token in token.split()
            )
    for code, count in sorted(counts.items()):
        yield f"{count:6} {code}"


def main() -> None:
    """Check files."""
    options = argparse.ArgumentParser(prog="python -m training.written")
    options.add_argument("what", choices=["check"])
    options.add_argument("files", nargs="+", type=Path)
    sys.stdout.writelines(f"{line}\n" for line in check(options.parse_args().files))


if __name__ == "__main__":
    main()
