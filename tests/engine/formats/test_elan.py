from __future__ import annotations

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import elan, open_document
from holdfast.session import Session


def read(body: str, head: str = "") -> Session:
    whole = f"{head}<ANNOTATION_DOCUMENT>{body}</ANNOTATION_DOCUMENT>"
    text = f"<?xml version='1.0' encoding='UTF-8'?>{whole}"
    return elan.FORMAT.parse(open_document(text.encode(), "lee.eaf"))


def slots(*times: int | str | None) -> str:
    return (
        "<TIME_ORDER>"
        + "".join(
            f'<TIME_SLOT TIME_SLOT_ID="t{number}"'
            + (f' TIME_VALUE="{time}"/>' if time is not None else "/>")
            for number, time in enumerate(times)
        )
        + "</TIME_ORDER>"
    )


def tier(
    name: str, *annotations: tuple[str, int, int], participant: str = "", above: str = ""
) -> str:
    more = (f' PARTICIPANT="{participant}"' if participant else "") + (
        f' PARENT_REF="{above}"' if above else ""
    )
    return (
        f'<TIER TIER_ID="{name}"{more}>'
        + "".join(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{name}{begin}"'
            f' TIME_SLOT_REF1="t{begin}" TIME_SLOT_REF2="t{end}">'
            f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>\n"
            for text, begin, end in annotations
        )
        + "</TIER>"
    )


def reference(name: str, above: str, **texts: str) -> str:
    return (
        f'<TIER TIER_ID="{name}" PARENT_REF="{above}">'
        + "".join(
            f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{name}{to}" ANNOTATION_REF="{to}">'
            f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
            for to, text in texts.items()
        )
        + "</TIER>"
    )


def told(session: Session) -> list[tuple[str | None, str, float | None, float | None]]:
    return [(one.speaker, one.text, one.start, one.end) for one in session.utterances]


def test_tiers_are_put_in_order_of_time() -> None:
    session = read(
        slots(0, 900, 1000, 2000, 2100, 2500)
        + tier("A", ("Hm?", 0, 1), ("Good.", 4, 5))
        + tier("B", ("I slept.", 2, 3))
    )
    assert told(session) == [
        ("A", "Hm?", 0.0, 0.9),
        ("B", "I slept.", 1.0, 2.0),
        ("A", "Good.", 2.1, 2.5),
    ]


def test_the_participant_names_the_speaker_and_else_the_tier() -> None:
    body = slots(0, 900) + tier("A", ("Hm?", 0, 1), participant="Dana") + tier("B", ("Yes.", 0, 1))
    assert read(body).speakers == ("Dana", "B")


def test_a_slot_without_time_gives_no_time_and_keeps_the_place() -> None:
    session = read(
        slots(0, None, 2000, 3000)
        + tier("A", ("I", 0, 1), ("slept.", 1, 2))
        + tier("B", ("Good.", 2, 3))
    )
    assert told(session) == [
        ("A", "I", 0.0, None),
        ("A", "slept.", None, 2.0),
        ("B", "Good.", 2.0, 3.0),
    ]


def test_dependent_tiers_do_not_say_it_twice() -> None:
    session = read(
        slots(0, 900) + tier("A", ("I slept.", 0, 1)) + reference("words", "A", A0="I slept")
    )
    assert told(session) == [("A", "I slept.", 0.0, 0.9)]
    assert session.notes == ("Tiers that depend on another, left aside: words.",)


def test_a_tier_without_words_yields_to_the_one_below_it() -> None:
    session = read(
        slots(0, 900)
        + tier("A", ("", 0, 1))
        + reference("A-text", "A", A0="I slept.")
        + reference("A-gloss", "A-text", **{"A-textA0": "sleep-PST"})
    )
    assert told(session) == [("A-text", "I slept.", 0.0, 0.9)]


def test_an_empty_annotation_is_left_out_and_said_so() -> None:
    session = read(slots(0, 900) + tier("A", ("Hm.", 0, 1), ("", 0, 1)))
    assert len(session) == 1
    assert session.notes == ("Without words, so left out: line 2.",)


def test_tiers_that_refer_to_each_other_end() -> None:
    body = slots(0, 9) + reference("A", "B", B0="x") + reference("B", "A", A0="y")
    with pytest.raises(TranscriptError, match="nobody says anything"):
        read(body)


def test_a_chain_of_references_without_end_is_refused() -> None:
    links = "".join(
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="r{place + 1}" ANNOTATION_REF="r{place}">'
        "<ANNOTATION_VALUE>Hm.</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        for place in range(60)
    )
    with pytest.raises(TranscriptError, match="refers to one that is not there"):
        read(slots(0) + tier("A", ("", 0, 0)).replace("A0", "r0") + f"<TIER>{links}</TIER>")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (slots("soon", 9) + tier("A", ("a", 0, 1)), "a TIME_VALUE is no whole number"),
        (slots("9" * 5000) + tier("A", ("a", 0, 0)), "a TIME_VALUE is no whole number"),
        (slots(0) + tier("A", ("a", 0, 7)), "an annotation's TIME_SLOT_REF2 names no slot"),
        (
            slots(0) + reference("A", "", nobody="x"),
            "an annotation refers to one that is not there",
        ),
        ("<TIER>", "it is no well-formed XML (mismatched tag)"),
    ],
)
def test_an_error_names_file_and_line(body: str, problem: str) -> None:
    with pytest.raises(TranscriptError) as refusal:
        read(body)
    assert str(refusal.value).startswith(f"lee.eaf, line 1: {problem}")


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE ANNOTATION_DOCUMENT>",
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    ],
)
def test_a_document_type_is_refused_before_it_is_read(head: str) -> None:
    with pytest.raises(TranscriptError, match="DOCTYPE"):
        read(slots(0, 9) + tier("A", ("&b;", 0, 1)), head=head)


def test_xml_nested_without_end_is_refused() -> None:
    with pytest.raises(TranscriptError, match="nested more deeply"):
        read("<a>" * 5000)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_are_told_by_the_bytes(encoding: str) -> None:
    text = f"<ANNOTATION_DOCUMENT>{slots(0, 9)}{tier('A', ('Schön.', 0, 1))}</ANNOTATION_DOCUMENT>"
    document = open_document(text.encode(encoding))
    assert elan.FORMAT.recognise(document)
    assert elan.FORMAT.parse(document).utterances[0].text == "Schön."
