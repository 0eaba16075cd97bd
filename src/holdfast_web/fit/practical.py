"""Practical matters, in the words and keys that intakes and profiles share.

An intake's ``said["practical"]`` is ``{"languages", "times", "places", "access"}`` (lists of these
keys), ``"only"`` (``"woman"``, ``"man"`` or ``""``: with whom alone they could work) and
``"limits"`` (whom else they couldn't work with, in their own words).
"""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "cy": "Welsh",
    "bsl": "British Sign Language",
    "ar": "Arabic",
    "bn": "Bengali",
    "zh": "Chinese",
    "prs": "Dari",
    "nl": "Dutch",
    "fr": "French",
    "de": "German",
    "el": "Greek",
    "gu": "Gujarati",
    "hi": "Hindi",
    "it": "Italian",
    "ku": "Kurdish",
    "ps": "Pashto",
    "fa": "Persian",
    "pl": "Polish",
    "pt": "Portuguese",
    "pa": "Punjabi",
    "ro": "Romanian",
    "ru": "Russian",
    "so": "Somali",
    "es": "Spanish",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
}
DAYS: Mapping[str, str] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
}
PARTS: Mapping[str, str] = {"morning": "morning", "afternoon": "afternoon", "evening": "evening"}
TIMES: Mapping[str, str] = {
    f"{day}-{part}": f"{name} {said}" for day, name in DAYS.items() for part, said in PARTS.items()
}
PLACES: Mapping[str, str] = {
    "room": "In person, at the practice",
    "online": "Online, by video",
    "phone": "By phone",
}
ACCESS: Mapping[str, str] = {
    "step_free": "A way in without steps",
    "hearing": "A hearing loop, or captions",
    "quiet": "A quiet room with soft light",
    "companion": "Somebody with me, such as an interpreter or a carer",
    "assistance_dog": "My assistance dog",
}
ONLY: Mapping[str, str] = {"woman": "Only with a woman", "man": "Only with a man"}


def in_words(keys: object, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of keys, in the order in which they are offered.

    Examples
    --------
    >>> in_words(["online", "gone"], PLACES)
    ('Online, by video',)
    """
    told = keys if isinstance(keys, list | tuple) else ()
    return tuple(words for key, words in known.items() if key in told)
