from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.formats import open_document, read_document, read_text, write_jsonl
from holdfast.session import Role, Session, Utterance

from .readers import differs, report, run
from .talk import CASTS, PLAIN_WORDS, ROUGH_WORDS, Line
from .writers import WRITERS, Writer

WRITTEN = st.text(st.characters(categories=("L", "N", "P", "Sc")), min_size=1, max_size=8)
ROUGH = st.sampled_from(ROUGH_WORDS) | WRITTEN.filter(lambda word: not set(word) & set("<>&{}"))


@st.composite
def talks(draw: st.DrawFn, *, rough: bool, cast: tuple[str, ...] | None) -> list[Line]:
    """Utterances of two or three people by turns; the first word is one that opens no heading."""
    people = cast or draw(st.sampled_from(CASTS))
    words = st.lists(ROUGH if rough else st.sampled_from(PLAIN_WORDS), min_size=1, max_size=6)
    lines, now = [], 0
    for turn in range(draw(st.integers(4, 9))):
        start = now + draw(st.integers(0, 5_000))
        now = start + draw(st.integers(1, 60_000))
        said = ("Hm", *draw(words))
        lines.append(Line(people[turn % len(people)], said, start / 1000, now / 1000))
    return lines


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.write.__name__)
def test_what_is_written_comes_back_word_for_word(writer: Writer) -> None:
    @settings(max_examples=60, deadline=None)
    @given(talks(rough=writer.rough, cast=writer.cast))
    def comes_back(lines: Sequence[Line]) -> None:
        written = writer.write(lines)
        data = written if isinstance(written, bytes) else written.encode()
        session = read_document(open_document(data, f"session{writer.suffix}"))
        assert differs(session, writer, lines) is None

    comes_back()


MOMENTS = st.floats(0, 20_000, allow_nan=False) | st.none()
UTTERANCES = st.tuples(
    st.sampled_from(["Dana", "Lee", None]),
    st.lists(WRITTEN, min_size=1, max_size=6).map(" ".join),
    st.sampled_from([None, *Role]),
    MOMENTS,
    st.floats(0, 60),
)


@given(st.lists(UTTERANCES, min_size=1, max_size=9))
def test_a_session_written_as_json_lines_is_read_back_the_same(
    drawn: list[tuple[str | None, str, Role | None, float | None, float]],
) -> None:
    written = Session(
        tuple(
            Utterance(
                index=index,
                speaker=speaker,
                text=text,
                line=index + 1,
                start=start,
                end=None if start is None else start + long,
                raw=text,
                role=role,
            )
            for index, (speaker, text, role, start, long) in enumerate(drawn)
        ),
        format="jsonl",
    )
    assert read_text(write_jsonl(written)).utterances == written.utterances


def test_a_short_fuzzing_run_finds_nothing() -> None:
    tally = run(inputs=4_000, seed=20)
    assert tally.inputs == 4_000
    assert tally.read > 1_000
    assert tally.refused > 1_000
    assert not tally.faults, report(tally, 20, 1.0)


def test_every_format_takes_part_in_the_fuzzing_run() -> None:
    assert set(run(inputs=1_500, seed=4).by_format) >= {writer.format for writer in WRITERS}
