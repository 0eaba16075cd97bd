"""Reads the corpora into one shape: sessions of utterances with what is known of each."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.tasks import EMOTIONS, SAID

Target = tuple[float, ...]
"""A distribution over a task's labels, or a probability for each where several may hold."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One utterance of a corpus: its role, its words, and its targets by task."""

    role: str
    text: str
    targets: dict[str, Target]


@dataclass(frozen=True, slots=True)
class Example:
    """One session of a corpus, or a single comment, with its fold (-1 where it has none)."""

    name: str
    utterances: tuple[Labelled, ...]
    fold: int = -1
    quality: str = ""


def one_hot(label: str, labels: tuple[str, ...]) -> Target:
    """Return 1 at ``label`` and 0 elsewhere."""
    return tuple(float(label == other) for other in labels)


BEHAVIOURS = ("reflection", "question", "therapist_input", "other")
TALK = ("change", "neutral", "sustain")
INPUTS = ("information", "advice", "options", "negotiation")


def annomi(folder: Path, *, subtypes: bool = True) -> list[Example]:
    """Read AnnoMI: main behaviour and talk type, with ``subtypes`` also what -full adds."""
    splits = {row["transcript_id"]: row for row in rows(folder / "sessions.csv")}
    file = "AnnoMI-full.csv" if subtypes else "AnnoMI-simple.csv"
    found: dict[str, dict[int, Labelled]] = {}
    for row in rows(folder / file):
        session = found.setdefault(row["transcript_id"], {})
        session[int(row["utterance_id"])] = Labelled(
            row["interlocutor"],
            row["utterance_text"],
            therapist_targets(row, subtypes)
            if row["interlocutor"] == "therapist"
            else {"talk": one_hot(row["client_talk_type"], TALK)},
        )
    return [
        Example(
            name,
            tuple(session[index] for index in sorted(session)),
            int(splits[name]["fold5"]),
            splits[name]["mi_quality"],
        )
        for name, session in found.items()
    ]


def therapist_targets(row: dict[str, str], subtypes: bool) -> dict[str, Target]:
    """Return the targets of one therapist row."""
    targets = {"behaviour": one_hot(row["main_therapist_behaviour"], BEHAVIOURS)}
    if not subtypes:
        return targets
    exists = ("reflection_exists", "question_exists", "therapist_input_exists")
    targets["present"] = tuple(float(row[column] == "True") for column in exists)
    kinds = (
        ("reflection", "reflection_subtype", ("simple", "complex")),
        ("question", "question_subtype", ("open", "closed")),
        ("input", "therapist_input_subtype", INPUTS),
    )
    for task, column, labels in kinds:
        if row[column] in labels:
            targets[task] = one_hot(row[column], labels)
    return targets


def goemotions(folder: Path, split: str) -> list[Example]:
    """Read one official split of GoEmotions: single comments with one or more emotions."""
    examples = []
    with (folder / f"{split}.tsv").open(encoding="utf-8", newline="") as file:
        for text, numbers, name in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            chosen = {int(number) for number in numbers.split(",")}
            target = tuple(float(index in chosen) for index in range(len(EMOTIONS)))
            examples.append(Example(name, (Labelled("client", text, {"emotions": target}),)))
    return examples


REFLECTED = {
    "Normalizing": "validation=normalising",
    "Reflections on Emotions": "reflection_of_feelings",
    "Reflections on Strengths": "validation=affirming",
}
"""Those of BOLT's behaviours that say the same as a code of ours."""


def bolt(folder: Path, unlike: Sequence[Example]) -> list[Example]:
    """Read BOLT's therapist utterances that carry a code of ours; of the others nothing is known.

    Utterances that share eight words in a row with a session of ``unlike`` are left out: both
    corpora hold public demonstrations, and one must not be learned and then judged on.
    """
    seen = {run for one in unlike for said in one.utterances for run in runs(said.text)}
    examples = []
    for part in ("train", "valid"):
        for row in rows(folder / f"finetune_therapist_combined_{part}.csv"):
            code, text = REFLECTED.get(row["completion"]), row["prompt"]
            if code is not None and not seen & set(runs(text)):
                target = tuple(1.0 if label == code else math.nan for label in SAID)
                examples.append(
                    Example(
                        f"bolt-{len(examples)}", (Labelled("therapist", text, {"said": target}),)
                    )
                )
    return examples


def runs(text: str, length: int = 8) -> Iterator[tuple[str, ...]]:
    """Yield every run of words, without punctuation or case.

    Examples
    --------
    >>> list(runs("Well, you did it.", length=3))
    [('well', 'you', 'did'), ('you', 'did', 'it')]
    """
    words = re.findall(r"[a-z']+", text.lower())
    for first in range(len(words) - length + 1):
        yield tuple(words[first : first + length])


def uptake(folder: Path) -> tuple[list[Example], list[Example]]:
    """Read classroom exchanges: how far the teacher takes up what the student said, 0 to 1.

    Returns those to learn from and, of every fifth lesson, those to judge on.
    """
    examples: tuple[list[Example], list[Example]] = ([], [])
    for row in rows(folder / "uptake_data.csv"):
        if row["uptake"]:
            taken = {"uptake": (float(row["uptake"]) / 2,)}
            said = (
                Labelled("client", row["student_text"], {}),
                Labelled("therapist", row["teacher_text"], taken),
            )
            name = f"uptake-{row['obs_id']}-{row['exchange_idx']}"
            examples[int(row["obs_id"]) % 5 == 0].append(Example(name, said))
    return examples


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
