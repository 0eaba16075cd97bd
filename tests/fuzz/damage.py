"""Ways in which a file gets damaged."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

PIECES = tuple(
    piece.encode()
    for piece in (
        "-->", "00:00:01.000 --> 00:00:00.500\n", "00:xx", "99:99:99", "-5", "1e309", "NaN",
        "<v ", "</v>",
        "<v Dana>", "<", "&", "&#0;", "&#xD800;", "{", "}", "[", "]", '"', "'", ",", ";", "\t",
        "|", ":",
        ": ", "\n\n", "\r", "\r\n", "\0", "\x15", "\x1a", "\ufeff", "\u2028", "\u0085", "[[[[[[[[",
        '{"a":' * 40, "NOTE ", "STYLE\n", "WEBVTT", "@Begin\n", "*PAR:\t", "%mor:\t", "]]>", "<!--",
        '<!DOCTYPE a [<!ENTITY b "c">]>', "\\ud800", "\\u0000", "null", "true", "[]", "{}",
        "9" * 400, "-", ">> ", "(00:xx)", "[1:2:3:4]", "Dana: ", "Dana  0:12\n", "text,speaker\n",
        '"segments"', '"speaker"', "<ANNOTATION_DOCUMENT>", "PK\x03\x04", "𝟙", "٣", "²",
    )
)  # fmt: skip


def damaged(data: bytes, other: bytes, random: Random) -> bytes:
    """Return the data with one to four damages; ``other`` is a piece of some other file."""
    for _ in range(random.randint(1, 4)):
        data = random.choice(DAMAGES)(data, other, random)
    return data[:20_000]


def _flip(data: bytes, _other: bytes, random: Random) -> bytes:
    if not data:
        return data
    out = bytearray(data)
    for _ in range(random.randint(1, 5)):
        out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def _insert(data: bytes, _other: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(PIECES) * random.choice((1, 1, 1, 2, 50)) + data[at:]


def _remove(data: bytes, _other: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + data[at + random.randint(1, 30) :]


def _cut(data: bytes, _other: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _repeat(data: bytes, _other: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    piece = data[at : at + random.randint(1, 80)]
    return data[:at] + piece * random.randint(2, 20) + data[at:]


def _splice(data: bytes, other: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))] + other[random.randint(0, len(other)) :]


def _shuffle_lines(data: bytes, _other: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    random.shuffle(lines)
    return b"\n".join(lines)


def _drop_line(data: bytes, _other: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    del lines[random.randrange(len(lines))]
    return b"\n".join(lines)


def _one_line(data: bytes, _other: bytes, _random: Random) -> bytes:
    return data.replace(b"\n", b" ")


def _noise(_data: bytes, _other: bytes, random: Random) -> bytes:
    return random.randbytes(random.randint(0, 200))


DAMAGES: tuple[Callable[[bytes, bytes, Random], bytes], ...] = (
    *(_flip, _insert, _insert, _insert, _remove, _cut, _repeat, _splice),
    *(_shuffle_lines, _drop_line, _drop_line, _one_line, _noise),
)
