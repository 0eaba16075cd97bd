from __future__ import annotations

import pytest

from holdfast.errors import TranscriptError
from holdfast.formats import chat, open_document
from holdfast.formats.chat_codes import readable
from holdfast.session import Role, Session

HEAD = "@UTF8\n@Begin\n@Participants:\tINV Ana Clinician, PAR Participant\n"


def read(*lines: str, head: str = HEAD) -> Session:
    text = head + "\n".join(lines) + "\n@End\n"
    return chat.FORMAT.parse(open_document(text.encode(), "lee.cha"))


@pytest.mark.parametrize(
    ("coded", "words"),
    [
        ("I'm [/] I'm fine .", "I'm I'm fine."),
        ("<I went> [//] I walked home .", "I went I walked home."),
        ("I &-uh don't &-um know .", "I uh don't um know."),
        ("I was &+fr afraid .", "I was fr- afraid."),
        ("well (.) no (..) yes (1.5) .", "well no yes."),
        ("xxx and then yyy .", "[unclear] and then [unclear]."),
        ("I thought +...", "I thought…"),
        ("but I +/.", "but I-"),
        ("why did you +//?", "why did you-?"),
        ('she said +"/.', "she said."),
        ('+" go home .', "go home."),
        ("+^ and so on .", "and so on."),
        ("the b@l in hola@s:spa .", "the b in hola."),
        ("(be)cause it's no:: joke .", "because it's no joke."),
        ("gonna [: going to] sleep [* m] .", "gonna sleep."),
        ("stop [!] it [= the noise] [>] .", "stop it."),
        ("&=laughs yes &=sighs:deeply .", "[laughs] yes [sighs deeply]."),
        ("New_York ice+cream , please .", "New York ice cream, please."),
        ("Mum „ are you there ?", "Mum, are you there?"),
        ("0is he home ?", "he home?"),
        ("↑really⌈ ⌉ ?", "really?"),
        ("[- spa] estoy bien .", "estoy bien."),
        ("no [x 3] !", "no!"),
    ],
)
def test_codes_become_readable_words(coded: str, words: str) -> None:
    assert readable(coded) == words


def test_the_source_stays_in_raw() -> None:
    said = read("*PAR:\tI'm [/] I'm fine . \x151500_2300\x15").utterances[0]
    assert said.raw == "I'm [/] I'm fine . \x151500_2300\x15"
    assert (said.text, said.start, said.end) == ("I'm I'm fine.", 1.5, 2.3)


def test_a_line_goes_on_after_a_tab() -> None:
    session = read("*PAR:\tI slept", "\tso well . \x151500_2300\x15", "*INV:\tgood .")
    assert [said.text for said in session.utterances] == ["I slept so well.", "good."]
    assert [said.line for said in session.utterances] == [4, 6]


def test_several_bullets_give_the_first_start_and_the_last_end() -> None:
    said = read("*PAR:\tI slept \x15100_900\x15 well . \x15950_2300\x15").utterances[0]
    assert (said.start, said.end) == (0.1, 2.3)


def test_an_older_bullet_names_its_file() -> None:
    said = read('*PAR:\tyes . \x15%snd:"a_b"_100_900\x15').utterances[0]
    assert (said.text, said.start, said.end) == ("yes.", 0.1, 0.9)


def test_a_broken_bullet_leaves_the_words() -> None:
    said = read(f"*PAR:\tyes . \x15100_{'9' * 5000}\x15").utterances[0]
    assert (said.text, said.start, said.end) == ("yes.", None, None)


def test_dependent_tiers_are_left_aside_and_named() -> None:
    session = read("*PAR:\tyes .", "%mor:\tco|yes .", "%gra:\t1|0|ROOT", "*INV:\tgood .")
    assert [said.text for said in session.utterances] == ["yes.", "good."]
    assert "Dependent tiers left aside: %mor, %gra." in session.notes


def test_what_another_puts_in_is_an_utterance_of_its_own() -> None:
    session = read("*PAR:\tand then &*INV:mm_hm I left .")
    assert [(said.speaker, said.text) for said in session.utterances] == [
        ("PAR", "and then I left."),
        ("INV", "mm hm"),
    ]


def test_the_speaker_is_the_code_and_a_note_says_who_that_is() -> None:
    session = read("*PAR:\tyes .")
    assert session.speakers == ("PAR",)
    assert session.notes == (
        "The file introduces its participants: INV is Ana, Clinician; PAR is Participant.",
    )


def test_a_role_that_the_header_states_is_kept_and_no_other_is_assumed() -> None:
    session = read("*INV:\tgood ?", "*PAR:\tyes .")
    assert [said.role for said in session.utterances] == [Role.THERAPIST, None]


def test_a_line_without_words_is_left_out_and_said_so() -> None:
    session = read("*PAR:\t0 .", "*PAR:\t&=cries .")
    assert [said.text for said in session.utterances] == ["[cries]."]
    assert session.notes[-1] == "Without words, so left out: line 4."


def test_a_line_of_no_kind_is_an_error_with_its_number() -> None:
    with pytest.raises(TranscriptError, match=r"lee\.cha, line 5: a line begins with none of"):
        read("*PAR:\tyes .", "and no mark at all")


def test_a_main_line_without_colon_is_an_error_with_its_number() -> None:
    with pytest.raises(TranscriptError, match=r"line 4: a main line has no speaker"):
        read("*PAR yes .")


def test_short_lines_full_of_bullets_are_no_binary_file() -> None:
    lines = [f"*PAR:\tmm . \x15{n}0_{n}5\x15" for n in range(1, 90)]
    assert len(read(*lines)) == 89


def test_a_line_of_nothing_but_signs_is_read_in_no_time() -> None:
    signs = "".join(sign * 7_000 for sign in "[<(&\x15+:^_@ .")
    assert read(f"*PAR:\thm {signs}").utterances[0].text.startswith("hm")


def test_a_line_of_ten_megabytes_is_refused_unread() -> None:
    with pytest.raises(TranscriptError, match=r"line 4: a main line has 10,000,006 characters"):
        read("*PAR:\t" + "&*[ " * 2_500_000)
