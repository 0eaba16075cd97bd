"""What in a sentence may tell who somebody is: patterns, a kind each, tried in this order."""

from __future__ import annotations

import re

MONTHS = (
    "January|February|April|June|July|August|September|October|November|December|"
    "Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
ANY_MONTH = f"{MONTHS}|March|May|Mar"
ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    "thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|"
    "twenty[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|"
    "thirty[- ]first"
)
DIGIT = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|place|pl|square|terrace|close|way|"
    "boulevard|blvd|crescent|gardens|grove|hill|row|mews|parade|highway"
)
TOP = "com|org|net|edu|gov|info|io|co|uk|de|ca|au|eu|us"
WORD = r"[^\W\d_][\w'’-]*"
DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{ORDINALS})"

KINDS = ("name", "email", "link", "phone", "address", "date", "number")
"""Kinds of identifiers, as placeholders and reports name them."""

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]+)+")),
    (
        "email",
        re.compile(
            rf"\b[\w.+-]{{1,64}}(?: (?:dot|underscore|dash) [\w+-]{{1,64}}){{0,8}}"
            rf" at [\w-]{{1,63}}(?: dot [\w-]{{1,63}}){{0,8}} dot "
            rf"(?:{TOP})\b",
            re.IGNORECASE,
        ),
    ),
    ("link", re.compile(r"\b(?:https?://|www\.)[^\s<>\"]+[\w/]", re.IGNORECASE)),
    (
        "link",
        re.compile(
            rf"(?<![\w@.])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,8}}\.(?:{TOP})\b(?:/\S*)?",
            re.IGNORECASE,
        ),
    ),
    ("link", re.compile(r"(?<![\w@])@\w{3,}")),
    (
        "address",
        re.compile(
            rf"\b(?:(?:flat|apartment|apt\.?|unit|suite) \w+,? )?\d{{1,5}}[a-z]?,? "
            rf"(?:{WORD} ){{1,3}}(?:{STREETS})\b\.?",
            re.IGNORECASE,
        ),
    ),
    (
        "address",
        re.compile(
            rf"\b[A-Z][\w'’-]{{1,40}} (?:[A-Z][\w'’-]{{1,40}} )?"
            rf"(?:{STREETS.title().replace('|St|', '|')})\b"
        ),
    ),
    ("address", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),
    ("address", re.compile(r"\b(?:P\.?O\.? Box|post box) \w+", re.IGNORECASE)),
    (
        "date",
        re.compile(
            rf"\b(?:the )?{DAY}(?: of)? (?:{ANY_MONTH})\b(?:,? (?:19|20)\d\d)?", re.IGNORECASE
        ),
    ),
    (
        "date",
        re.compile(rf"\b(?:{ANY_MONTH})\b\.? (?:the )?{DAY}\b(?:,? (?:19|20)\d\d)?", re.IGNORECASE),
    ),
    ("date", re.compile(rf"\b(?:{ANY_MONTH})\.?,? (?:of )?(?:19|20)\d\d\b", re.IGNORECASE)),
    ("date", re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b\d{4}-\d\d-\d\d\b")),
    ("date", re.compile(rf"\b(?:{MONTHS})\b")),
    ("date", re.compile(r"(?:(?<=in )|(?<=of )|(?<=last )|(?<=next )|(?<=since ))(?:March|May)\b")),
    ("date", re.compile(r"\b(?:19[2-9]|20[0-4])\d\b(?![-/.]?\d)")),
    ("phone", re.compile(r"(?<![\w.])(?:\+|00)?\(?\d[\d ()./-]{6,16}\d(?![\w])")),
    (
        "phone",
        re.compile(rf"\b(?:{DIGIT})(?:[ ,-]+(?:{DIGIT})){{5,}}\b", re.IGNORECASE),
    ),
    ("number", re.compile(rf"\b(?:{DIGIT})(?:[ ,-]+(?:{DIGIT})){{2,}}\b", re.IGNORECASE)),
    (
        "number",
        re.compile(
            r"\b(?=[A-Z\d-]{0,40}\d)(?=[A-Z\d-]{0,40}[A-Z])[A-Z\d]+(?:-[A-Z\d]+)*\b(?<=.{4})"
        ),
    ),
    ("number", re.compile(r"(?<![\w.])\d[\d,-]{0,40}\d{2,}\b")),
    ("number", re.compile(r"\b9\d\b(?= (?:years|now|and)|[,.]? ?(?:years old|next))")),
)
"""Kind and pattern. What an earlier one took, a later one doesn't see.

No part repeats without an end where a search could begin anew at each of its letters: a line of
many thousand letters without a space would take minutes.
"""

TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Nurse|Father|Sister|Uncle|Aunt|Auntie)\.? "
    r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
)
CALLED = re.compile(
    r"\b(?:[Mm]y name is|[Mm]y name's|name was|[Cc]all me|named|is called|was called) "
    r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
)
"""Names that say of themselves that they are some."""
