"""Threads: feelings that were left in an earlier session, and whose words hardly come up since."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from holdfast.indicators.opened import Opening, Response
from holdfast.session import Role, Session, Utterance
from holdfast.trajectories.threads import MOST, Told, taken_up, telling, threads

CLIENT, THERAPIST = Role.CLIENT, Role.THERAPIST
FEELING = "I was so scared of the boiler in my brother's cellar."
ELSEWHERE = ((THERAPIST, "How are you?"), (CLIENT, "The bus was late."))


def told(
    number: int,
    *talk: tuple[Role, str],
    opening: int | None = None,
    response: str | None = "missed",
) -> Told:
    utterances = tuple(
        Utterance(place, role.value, text, place + 1, role=role)
        for place, (role, text) in enumerate(talk)
    )
    answered = None if response is None else Response(response)
    openings = () if opening is None else (Opening(opening, "stated", None, answered),)
    return Told(number, Session(utterances), openings)


def raised(number: int = 1, response: str | None = "missed", *more: tuple[Role, str]) -> Told:
    return told(number, (CLIENT, FEELING), *more, opening=0, response=response)


def found(*every: Told) -> list[tuple[int, int]]:
    return [(one.number, one.index) for one in threads(every)]


def test_a_missed_feeling_that_nobody_came_back_to_is_a_thread() -> None:
    (one,) = threads([raised(), told(2, *ELSEWHERE)])
    assert one.words == ("boiler", "brother", "cellar")
    assert one.why.startswith("A feeling showed here, and the answer went past it")


def test_an_acknowledged_one_and_one_without_an_answer_are_threads_as_well() -> None:
    for response in ("acknowledged", None):
        assert found(raised(1, response), told(2, *ELSEWHERE)) == [(1, 0)]


def test_one_that_was_met_explored_or_unclear_is_none() -> None:
    for response in ("met", "explored", "unclear"):
        assert found(raised(1, response), told(2, *ELSEWHERE)) == []


def test_the_latest_session_has_no_threads_yet() -> None:
    assert found(told(1, *ELSEWHERE), raised(2)) == []


def test_two_of_its_words_in_one_later_turn_take_it_up_whoever_says_them() -> None:
    for role in (CLIENT, THERAPIST):
        again = (role, "There are boilers in other cellars.")
        assert found(raised(), told(2, *ELSEWHERE, again)) == []


def test_one_word_of_many_in_a_later_session_does_not() -> None:
    assert found(raised(), told(2, *ELSEWHERE, (CLIENT, "My brother rang."))) == [(1, 0)]


def test_half_of_its_words_scattered_over_later_talk_do() -> None:
    scattered = ((CLIENT, "My brother rang."), (THERAPIST, "Hm."), (CLIENT, "I swept the cellar."))
    assert found(raised(), told(2, *scattered)) == []


def test_a_word_of_it_from_the_therapist_in_the_same_session_takes_it_up() -> None:
    late = ((THERAPIST, "When?"), (CLIENT, "At nine."), (THERAPIST, "And that boiler?"))
    assert found(raised(1, "missed", *late), told(2, *ELSEWHERE)) == []


def test_a_feeling_without_words_of_its_own_is_none() -> None:
    plain = told(1, (CLIENT, "I feel so bad about everything."), opening=0)
    assert found(plain, told(2, *ELSEWHERE)) == []


def test_the_newest_come_first_and_there_are_at_most_five() -> None:
    nouns = ["boiler", "cellar", "garden", "letter", "window", "ladder", "pencil", "rabbit"]
    many = [
        told(n, (CLIENT, f"I am scared of the {noun} and the {noun}keeper."), opening=0)
        for n, noun in enumerate(nouns, start=1)
    ]
    every = threads([*many, told(9, *ELSEWHERE)])
    assert [one.number for one in every] == [8, 7, 6, 5, 4]
    assert len(every) == MOST


def test_words_that_everybody_says_tell_nothing() -> None:
    assert telling("I really think that it was a good day, and I felt happy on Monday.") == set()


def test_nothing_comes_of_nothing() -> None:
    assert threads([]) == ()
    assert threads([told(1), told(2)]) == ()


@given(st.lists(st.text(max_size=40), max_size=6), st.lists(st.text(max_size=40), max_size=6))
def test_any_talk_can_be_read_and_a_thread_never_shares_two_words_with_a_later_turn(
    first: list[str], then: list[str]
) -> None:
    earlier = told(1, *((CLIENT, one) for one in first), opening=0 if first else None)
    later = told(2, *((THERAPIST, one) for one in then))
    for one in threads([earlier, later]):
        assert not taken_up(frozenset(one.words), [telling(" ".join(then))])
