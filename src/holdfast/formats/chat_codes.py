"""CHAT's codes for how something was said, and the readable words beneath them.

What was said stays: repeated and corrected words, fillers, fragments. What an annotator added
goes: ``[//]``, ``[= explanation]``, ``[: gonna]``, overlap marks, pauses, stress. What was heard
but is no word stays in square brackets: ``&=laughs`` becomes ``[laughs]``. See the CHAT manual
of TalkBank, https://talkbank.org/manuals/CHAT.html.
"""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_GROUPS = re.compile(r"[<>]")
_PAUSE = re.compile(r"\((?:\.{1,3}|[\d:]{0,8}\.\d{0,4})\)")
_ENDINGS = {
    "+...": "…",
    "+..?": "…?",
    "+!?": "?!",
    "+/.": "-",
    "+//.": "-",
    "+/?": "-?",
    "+//?": "-?",
    "+.": "",
    "„": ",",
    "‡": ",",
}
_UNHEARD = {"xxx": "[unclear]", "yyy": "[unclear]", "www": "[not transcribed]"}
_INTONATION = str.maketrans("", "", "↑↓⇗↗→↘⇘∞≈≋≡⌈⌉⌊⌋∆∇°▁▔☺♋∬Ϋ∮§ˈˌ^‹›⁎\x02\x03\x04")
_LONG_SOUND = re.compile(r"(?<=[^\W\d]):+")
_LETTER = re.compile(r"(?<=\w)[@$][\w:&+$@-]*")
_JOINED = re.compile(r"(?<=\w)[+_](?=\w)")
_BEFORE_MARK = re.compile(r" (?=[.,?!…-](?: |$)|…\?|\?!|-\?)")
_INTERPOSED = re.compile(r"&\*([^\s:]{1,40}):(\S+)")


def readable(coded: str) -> str:
    """Return the words of a CHAT main line as a person would write them.

    Examples
    --------
    >>> readable("<I want> [//] I need &-uh some rest (.) you know +...")
    'I want I need uh some rest you know…'
    >>> readable("(be)cause it's ho:me@f [= her flat] &=laughs .")
    "because it's home [laughs]."
    """
    plain = _GROUPS.sub("", _PAUSE.sub(" ", _BRACKETS.sub(" ", _INTERPOSED.sub(" ", coded))))
    words = (_word(token) for token in _without_linkers(plain).split())
    return _BEFORE_MARK.sub("", " ".join(word for word in words if word))


def interposed(coded: str) -> list[tuple[str, str]]:
    """Return what others said inside a main line: speaker's code and words, in order.

    Examples
    --------
    >>> interposed("and then &*INV:mm_hm I left .")
    [('INV', 'mm hm')]
    """
    return [(speaker, readable(words)) for speaker, words in _INTERPOSED.findall(coded)]


def _without_linkers(plain: str) -> str:
    """Drop the sign that links a line to the one before it, such as ``+^`` or ``++``."""
    plain = plain.lstrip()
    for linker in ('+"', "+^", "+≈", "+≋", "++", "+,", "+"):
        if plain.startswith(linker + " "):
            return plain[len(linker) :]
    return plain


def _word(token: str) -> str:
    if token in _ENDINGS:
        return _ENDINGS[token]
    if token.startswith('+"'):
        return token[-1] if token[-1] in ".?!" else ""
    if token in _UNHEARD:
        return _UNHEARD[token]
    if token.startswith("&"):
        return _heard(token)
    if token[0] == "0":
        return token.lstrip("0") if token.lstrip("0")[:1] in tuple(".,?!") else ""
    return _plain(token)


def _heard(token: str) -> str:
    """Read fillers, fragments and sounds; marks of long events are left out."""
    kind, rest = token[1:2], token[2:]
    if kind == "=":
        return f"[{rest.replace(':', ' ').replace('_', ' ')}]" if rest else ""
    if kind in ("{", "}"):
        return ""
    if kind == "+":
        return f"{_plain(rest)}-" if rest else ""
    return _plain(rest if kind in ("-", "~") else token[1:])


def _plain(token: str) -> str:
    token = token.translate(_INTONATION).replace("(", "").replace(")", "")
    return _LONG_SOUND.sub("", _JOINED.sub(" ", _LETTER.sub("", token)))
