"""Reads and checks what annotators wrote: ``python -m training.annotation.labels check FILE…``.

A file is ``labels/PASS/TRANSCRIPT.txt``::

    # transcript 12 pass a codebook 1
    12<TAB>paraphrase emotional_reaction=1
    13<TAB>empathic_opportunity=stated:sadness response=explored

No message repeats what stands in a file, in case words of a session got there.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from training.annotation.scheme import FEELING, OPENING, RESPONSE, Scheme, is_bare, is_level, scheme
from training.annotation.sessions import corpus

HEAD = re.compile(r"# transcript (\d+) pass ([a-z]+) codebook (\S+)")
TOKEN = re.compile(r"(?P<code>[a-z_]+)(?:=(?P<value>[a-z0-9_]+)(?::(?P<feeling>[a-z_]+))?)?")
Codes = frozenset[tuple[str, str]]


class LabelsError(Exception):
    """A file of labels that cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class SessionLabels:
    """One pass over one session: codes with their values, by utterance."""

    transcript: str
    reader: str
    codebook: str
    codes: dict[int, Codes]

    def of(self, utterance: int, code: str) -> frozenset[str]:
        """Return the values of a code on an utterance; none where it was not written."""
        return frozenset(value for name, value in self.codes.get(utterance, ()) if name == code)


def read(path: Path, roles: Sequence[str], rules: Scheme | None = None) -> SessionLabels:
    """Read one file, or say everything that is wrong with it.

    Parameters
    ----------
    path
        ``labels/PASS/TRANSCRIPT.txt``.
    roles
        ``"therapist"`` or ``"client"`` for each utterance of the session.
    rules
        The codebook; the annotation codebook if not given.
    """
    rules = rules or scheme()
    lines = path.read_text(encoding="utf-8").splitlines()
    head = HEAD.fullmatch(lines[0].strip()) if lines else None
    wanted = (path.stem, path.parent.name, rules.codebook.version)
    if head is None or head.groups() != wanted:
        asked = "# transcript {} pass {} codebook {}".format(*wanted)
        raise LabelsError(f"{path}:1: the first line must be: {asked}")
    codes: dict[int, Codes] = {}
    wrong: list[str] = []
    for place, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        problems = _line(line, codes, roles, rules)
        wrong += [f"{path}:{place}: {problem}" for problem in problems]
    if wrong:
        raise LabelsError("\n".join(wrong))
    return SessionLabels(*head.groups(), codes)


def _line(line: str, codes: dict[int, Codes], roles: Sequence[str], rules: Scheme) -> list[str]:
    """Add one line to the codes, and return what is wrong with it."""
    number, tab, rest = line.partition("\t")
    if not tab or not number.isdigit() or not rest.strip():
        return ["write: utterance_id, a tab, codes with spaces between"]
    utterance = int(number)
    if utterance >= len(roles):
        return [f"there is no utterance {utterance}; the last one is {len(roles) - 1}"]
    if codes and utterance <= max(codes):
        return [f"utterance {utterance} comes twice or out of order"]
    answered = "therapist" in roles[utterance + 1 :]
    codes[utterance], wrong = parse_codes(rest.split(), roles[utterance], rules, answered=answered)
    return wrong


def parse_codes(
    tokens: Sequence[str], role: str, rules: Scheme, *, answered: bool
) -> tuple[Codes, list[str]]:
    """Return the codes that stand on one utterance, and what is wrong with them.

    Parameters
    ----------
    tokens
        As annotators write them, such as ``"interpretation=1"``.
    role
        ``"therapist"`` or ``"client"``: who speaks.
    rules
        The codebook.
    answered
        Whether the therapist speaks afterwards, so that an opening has a response.
    """
    said: list[tuple[str, str]] = []
    wrong = []
    for place, token in enumerate(tokens, start=1):
        pairs, problem = _token(token, role, rules)
        said += pairs
        if problem:
            wrong.append(f"code {place}: {problem}")
    return frozenset(said), wrong or list(_together(said, rules, answered))


def _token(token: str, role: str, rules: Scheme) -> tuple[list[tuple[str, str]], str]:
    """Return the pairs of code and value that a word stands for, and what is wrong with it."""
    match = TOKEN.fullmatch(token)
    known = rules.codes()
    if match is None or match["code"] not in known or match["code"] == FEELING:
        near = get_close_matches(token.partition("=")[0], set(known) - {FEELING}, n=1)
        return [], "unknown code" + (f"; did you mean {near[0]}?" if near else "")
    code, value = known[match["code"]], match["value"]
    if code.role.value != role:
        return [], f"{code.name} is for the {code.role.value}, the {role} speaks here"
    if value == "0" and is_level(code):
        return [], f"{code.name}=0 is not written; leave it out"
    if is_bare(code) and value is None:
        value = "present"
    names = [one.name for one in code.values]
    if value not in names:
        written = "no value" if is_bare(code) else f"one of {', '.join(names)}"
        return [], f"unknown value of {code.name}; write {written}"
    return _with_feeling(code.name, value, match["feeling"], rules)


def _with_feeling(
    code: str, value: str, feeling: str | None, rules: Scheme
) -> tuple[list[tuple[str, str]], str]:
    if code != OPENING:
        return [(code, value)], "only an opening has a feeling" if feeling else ""
    groups = [one.name for one in rules.codes()[FEELING].values]
    if feeling not in groups:
        return [], f"write {OPENING}={value}:FEELING, one of {', '.join(groups)}"
    return [(code, value), (FEELING, feeling)], ""


def _together(said: Sequence[tuple[str, str]], rules: Scheme, answered: bool) -> Iterator[str]:
    """Yield what is wrong with codes that stand on one utterance."""
    names = [name for name, _ in said]
    if len(set(said)) < len(said):
        yield "a code stands there twice"
    for name in sorted(set(names)):
        if rules.codes()[name].choice == "one" and len({v for n, v in said if n == name}) > 1:
            yield f"{name} takes one value"
    if "encourager" in names and len(names) > 1:
        yield "encourager fills the whole utterance: no other code beside it"
    if {"summary", "paraphrase"} <= set(names):
        yield "summary, and then no paraphrase"
    if RESPONSE in names and OPENING not in names:
        yield f"{RESPONSE} without {OPENING}"
    if OPENING in names and answered is (RESPONSE not in names):
        yield "write a response" if answered else "no therapist speaks afterwards: no response"


def check(paths: Sequence[Path], data: Path) -> Iterator[str]:
    """Yield what is wrong with files of labels."""
    sessions = corpus(data, subtypes=False)
    for path in paths:
        if path.stem not in sessions:
            yield f"{path}: there is no transcript of this number"
            continue
        try:
            read(path, [said.role for said in sessions[path.stem].utterances])
        except LabelsError as error:
            yield str(error)


def main() -> None:
    """Check files and end with 1 if something is wrong."""
    options = argparse.ArgumentParser(prog="python -m training.annotation.labels")
    options.add_argument("what", choices=["check"])
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--data", type=Path, required=True, help="folder with annomi/")
    given = options.parse_args()
    wrong = list(check(given.files, given.data))
    sys.stdout.writelines(f"{line}\n" for line in wrong or [f"{len(given.files)} fine"])
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
