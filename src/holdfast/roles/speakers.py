"""Who speaks in a session and how much: what a person needs to see to say who is who."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from holdfast.session import Session, words_by_speaker

MOST_SHOWN = 12
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Speaker:
    """One speaker of a session.

    Attributes
    ----------
    name
        As the transcript has it, or ``None`` for utterances that name nobody.
    words
        How many words they said.
    share
        Of all words of the session, between 0 and 1; ``None`` where nobody said a word.
    utterances
        How many utterances they have.
    line
        Line of the source on which they first speak.
    """

    name: str | None
    words: int
    share: float | None
    utterances: int
    line: int


def speakers_of(session: Session) -> tuple[Speaker, ...]:
    """Return the speakers of a session, in order of appearance.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> session = Session((Utterance(0, "Dana", "How was it?", 1), Utterance(1, "Lee", "Hard.", 2)))
    >>> [(speaker.name, speaker.words, speaker.share) for speaker in speakers_of(session)]
    [('Dana', 3, 0.75), ('Lee', 1, 0.25)]
    """
    words = words_by_speaker(session.utterances)
    all_words = sum(words.values())
    utterances = dict.fromkeys(words, 0)
    first = dict[str | None, int]()
    for utterance in session.utterances:
        utterances[utterance.speaker] += 1
        first.setdefault(utterance.speaker, utterance.line)
    return tuple(
        Speaker(
            name=name,
            words=count,
            share=count / all_words if all_words else None,
            utterances=utterances[name],
            line=first[name],
        )
        for name, count in words.items()
    )


def speakers_table(session: Session) -> str:
    """Return the speakers as lines of text, aligned, the first dozen of many.

    Examples
    --------
    >>> from holdfast.session import Utterance
    >>> session = Session((Utterance(0, "Dana", "How was it?", 1), Utterance(1, None, "Hard.", 2)))
    >>> print(speakers_table(session))
      Dana            3 words  75 %   1 utterance, from line 1
      (nobody named)  1 word   25 %   1 utterance, from line 2
    """
    speakers = speakers_of(session)
    rows = [
        (
            shown(speaker.name) if speaker.name is not None else "(nobody named)",
            _counted(speaker.words, "word"),
            "" if speaker.share is None else f"{speaker.share:.0%}".replace("%", " %"),
            f"{_counted(speaker.utterances, 'utterance')}, from line {speaker.line}",
        )
        for speaker in speakers[:MOST_SHOWN]
    ]
    wide = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines = [
        f"  {name:<{wide[0]}}  {words:<{wide[1]}}  {share:>{wide[2]}}   {rest}"
        for name, words, share, rest in rows
    ]
    if len(speakers) > MOST_SHOWN:
        lines.append(f"  and {len(speakers) - MOST_SHOWN} more")
    return "\n".join(lines)


def option(flag: str, name: str) -> str:
    r"""Return a command line option with a name as its value, whole and quoted for the shell.

    Examples
    --------
    >>> option("--client", "Lee"), option("--client", "Lee O'Hara")
    ('--client Lee', '--client "Lee O\'Hara"')
    >>> option("--client", "-Lee")
    '--client=-Lee'
    """
    name = printable(name)
    between = "=" if name.startswith("-") else " "
    quoted = shlex.quote(name)
    if quoted != name and not set(name) & set('"$`\\!'):
        quoted = f'"{name}"'
    return f"{flag}{between}{quoted}"


def shown(name: str) -> str:
    """Return a name fit for a message: nothing that a terminal would obey, and not too long."""
    plain = printable(name)
    return plain if len(plain) <= LONGEST_SHOWN else plain[: LONGEST_SHOWN - 1] + "…"


def printable(name: str) -> str:
    """Return a name with plain spaces, and nothing in it that a terminal would obey."""
    return "".join(
        " " if character.isspace() else character if character.isprintable() else "�"
        for character in name
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
