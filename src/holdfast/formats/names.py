"""Which words before a colon are a speaker: judged over the whole file.

A colon in ordinary talk ("I told her: enough") names nobody. So a reader first collects what
stands before the first colon of each cue or line, and only then decides:

1. A *candidate* has at most 40 characters and four words and no punctuation of a sentence. It is
   a role word or a numbered speaker ("Therapist", "T", "Speaker 2", "SPEAKER_00"), or each of
   its words is capitalised (particles such as "van" apart), or it is one word in lower case.
   Words that open a sentence ("So", "Well", "Remember") are never candidates.
2. Role words and numbered speakers are speakers wherever they stand.
3. Where at least half of the cues or lines begin with a candidate, every capitalised one is a
   speaker, and so is one in lower case that comes twice.
4. Where at least one in twenty does, the capitalised ones that come twice are speakers, if they
   are at least two.
5. Everything else is talk, and stays in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

LONGEST_NAME = 40


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROLE_WORDS = _words(
    """
    therapist counsellor counselor psychologist psychotherapist clinician doctor interviewer
    provider coach helper listener supporter client patient interviewee seeker caller
    participant supervisor supervisee interpreter observer moderator unknown speaker
    therapeut therapeutin klient klientin patientin thérapeute terapeuta paciente cliente
    t c p th cl pt ther dr q a i r co
    """
)

OPENERS = _words(
    """
    so well and but or anyway like remember listen look note okay ok yes no yeah because first
    second third then now also plus still again example question answer question, answer,
    maybe honestly basically actually right sure true today tomorrow yesterday what why how
    when where who i you he she we they it this that there here
    http https subject date time re fwd cc from to duration recorded
    """
)

SOUNDS = _words(
    """
    laughs laughing laughter chuckles music applause sighs sigh sighing crying cries sobs sobbing
    pause pauses silence silent inaudible unintelligible unclear crosstalk noise cough coughs
    coughing sniffles sniffling breathes exhales inhales gasps clears throat door phone rings
    ringing beep static background overlapping whispers whispering nods redacted indiscernible
    """
)

_PARTICLES = _words("von van de der den del della da di la le el al bin ibn ten ter y of")
_NUMBERED = re.compile(
    r"(?:speaker|spk|spkr|voice|person|participant|user|p|s|t|c)[ _#-]{0,2}\d{1,3}", re.I
)
_SENTENCE = re.compile(
    r"[?!;:\"“”«»<>{}()\[\]=|\\/@*…\n\t~^%$+`†‡•‹›‚„‰ˆ˜™€\x7f-\xbf]"
    r"|\. (?=[a-z])|,(?! \w)|, (?=[a-z])|\.\."
)
_BRACKET = re.compile(r"[ \t]*(?:\[([^\[\]]{1,40})\]|\(([^()]{1,40})\))[ \t]*:?")
_ASIDE = re.compile(r"\s*\([^()]{1,20}\)$")


def kind(name: str) -> str | None:
    """Return how a candidate reads: ``"role"``, ``"name"``, ``"word"``, or ``None`` for talk.

    Examples
    --------
    >>> kind("Speaker 2"), kind("Dr. Ana van Dam"), kind("lee"), kind("I told her")
    ('role', 'name', 'word', None)
    """
    plain = _ASIDE.sub("", name.strip())
    if not plain or len(name) > LONGEST_NAME or _SENTENCE.search(plain):
        return None
    lower = plain.lower().rstrip(".")
    if lower in ROLE_WORDS or _NUMBERED.fullmatch(plain):
        return "role"
    words = plain.split()
    if not 0 < len(words) <= 4 or lower in OPENERS or words[0].lower() in OPENERS:
        return None
    if all(_named(word) or word.lower() in _PARTICLES for word in words) and _lettered(words[0]):
        return "name"
    return "word" if len(words) == 1 and plain[0].isalpha() else None


def _named(word: str) -> bool:
    """Whether a word begins as a name does; a script without capitals counts."""
    first = word.lstrip("([‘'")[:1]
    return first.isdigit() or (first.isalpha() and not first.islower())


def _lettered(word: str) -> bool:
    return any(character.isalpha() for character in word)


def speakers_among(candidates: Iterable[str], blocks: int) -> frozenset[str]:
    """Return the candidates that are speakers, given how many cues or lines there were.

    Examples
    --------
    >>> sorted(speakers_among(["Dana", "Lee", "Dana"], blocks=4))
    ['Dana', 'Lee']
    >>> speakers_among(["Mom", "Mom"], blocks=300)
    frozenset()
    """
    counts = Counter(candidate.strip() for candidate in candidates)
    kinds = {name: kind(name) for name in counts}
    named = sum(counts[name] for name, how in kinds.items() if how is not None)
    recurring = sum(counts[name] > 1 for name, how in kinds.items() if how in {"name", "role"})
    mostly, partly = named * 2 >= blocks, named * 20 >= blocks and recurring > 1

    def speaks(name: str) -> bool:
        how, twice = kinds[name], counts[name] > 1
        if how == "name":
            return mostly or (partly and twice)
        return how == "role" or (how == "word" and mostly and twice)

    return frozenset(name for name in counts if speaks(name))


def before_colon(line: str) -> tuple[str, str] | None:
    """Split a line at its first colon into a candidate and the rest, or return ``None``.

    Examples
    --------
    >>> before_colon("Dana: How was it?")
    ('Dana', 'How was it?')
    >>> before_colon("At 10:30 we left") is None
    True
    """
    opening = line[: LONGEST_NAME + 2]
    at = min((place for place in (opening.find(":"), opening.find("：")) if place > 0), default=0)
    if not at:
        return None
    name, rest = line[:at].strip(), line[at + 1 :]
    if rest[:1].isdigit() or rest.startswith("//") or kind(name) is None:
        return None
    return name, rest.strip()


def before_bracket(line: str) -> tuple[str, str] | None:
    """Split ``[Name] talk`` or ``(Name): talk`` into a candidate and the rest, or return ``None``.

    A sound is no candidate.

    Examples
    --------
    >>> before_bracket("[Lee] Not really.")
    ('Lee', 'Not really.')
    >>> before_bracket("[Laughs] Not really.") is None
    True
    """
    found = _BRACKET.match(line)
    if found is None:
        return None
    name = (found[1] or found[2]).strip()
    rest = line[found.end() :].strip()
    if not rest or kind(name) not in {"role", "name"} or SOUNDS & set(name.lower().split()):
        return None
    return name, rest
