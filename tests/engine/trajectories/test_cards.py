"""Cards accuse nobody, invent nothing, and tell a therapist what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from holdfast.errors import HoldfastError
from holdfast.instruments import Checked
from holdfast.trajectories.cards import Card, CardError, card, load_cards, read_cards

CARDS = tuple(load_cards().values())
ALLIANCE = {
    "dip", "strong-dip", "slide", "low", "below-limits", "lower-level", "ceiling", "skipped",
    "gap", "guessed-lower", "open-rupture", "repaired",
}  # fmt: skip
OUTCOME = {"worse", "not-improving", "discuss", "off-course"}
SHOWN_TO_NO_CLIENT = {"guessed-lower", "repaired"}

BLAMES = re.compile(
    r"\b(resist\w*|non-?complian\w*|compliance|fail\w*|manipulat\w*|attention[- ]seeking|"
    r"unmotivated|uncooperative|difficult client|refus\w+|poor insight|dropouts?|"
    r"your fault|deteriorat\w*)\b",
    re.IGNORECASE,
)
DIAGNOSES = re.compile(
    r"\b(diagnos\w*|disorder\w*|depress\w*|borderline|narciss\w*|patholog\w*|symptoms?|"
    r"transference|attachment style|personality)\b",
    re.IGNORECASE,
)
NOT_FOR_CLIENTS = re.compile(
    r"\b(signals?|scores?|alerts?|flags?|warnings?|ratings?|marks?|points?|numbers?|fault|blame|"
    r"wrong|worse|lower|low|drop\w*|dip|decline\w*|rupture|repair|alliance|outcome|measure\w*|"
    r"should|must|problem\w*|reliabl\w*|therapist guessed|\d+)\b",
    re.IGNORECASE,
)
HARMLESS = {
    "dip": "A check-in done on a phone, in a hurry",
    "strong-dip": "A slip of the finger",
    "slide": "The client has grown used to the check-in",
    "low": "This client uses the middle of the slider",
    "below-limits": "A very bad day",
    "lower-level": "It is an estimate",
    "ceiling": "It is going well",
    "skipped": "Forgotten, no time, an empty battery",
    "gap": "The two of you use the slider differently",
    "guessed-lower": "You were harder on yourself",
    "open-rupture": "Life has stayed hard",
    "repaired": "It passed by itself",
    "worse": "A bad week, or answers given in a hurry",
    "not-improving": "It takes longer",
    "discuss": "Therapy helps with things that the questionnaire doesn't ask about",
    "off-course": "A bad week, or answers given in a hurry",
}
"""Of each card, a possibility that is nobody's doing."""
OWN_PART = {
    "dip": "something I missed",
    "strong-dip": "I may have got something wrong",
    "slide": "I've lost sight of something",
    "low": "Some of that is mine to change",
    "below-limits": "I'm not sure that I noticed everything",
    "lower-level": "I may have added to it",
    "ceiling": "I still miss things",
    "skipped": "I haven't explained it well",
    "gap": "I must have missed something",
    "guessed-lower": "I may have overlooked what helped",
    "open-rupture": "I had a part in it",
    "repaired": "what I did differently",
    "worse": "what I do isn't helping enough",
    "not-improving": "a reason for me to do something differently",
    "discuss": "I may have held on to something for too long",
    "off-course": "If I've been on the wrong track",
}
"""Of each card, the words with which the therapist owns a part."""
A_PLACE_TO_READ = re.compile(r"https://(doi\.org/10\.|[\w.-]+/)")


def words(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+", text)


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.?!])\s+", text) if one]


def for_the_therapist(card: Card) -> Iterator[str]:
    """Yield every text that a therapist reads, evidence left out."""
    yield from (card.title, card.supervision, card.safety)
    yield from (*card.may_mean, *card.consider, *card.say, *card.avoid)


def names(cards: tuple[Card, ...]) -> list[str]:
    return [one.name for one in cards]


def everyone(*cards: Card) -> pytest.MarkDecorator:
    chosen = cards or CARDS
    return pytest.mark.parametrize("card", chosen, ids=names(chosen))


WITH_CLIENT = tuple(one for one in CARDS if one.client)


def test_there_is_a_card_for_each_signal_and_no_other() -> None:
    assert {one.name for one in CARDS if one.about == "alliance"} == ALLIANCE
    assert {one.name for one in CARDS if one.about == "outcome"} == OUTCOME


@everyone()
def test_a_card_says_enough_and_not_too_much(card: Card) -> None:
    assert 2 <= len(card.may_mean) <= 5
    assert 3 <= len(card.consider) <= 7
    assert 2 <= len(card.say) <= 4
    assert 2 <= len(card.avoid) <= 4
    assert card.sources


@everyone()
def test_the_texts_are_sentences(card: Card) -> None:
    assert card.title[0].isupper()
    assert not card.title.endswith(".")
    for text in (*card.may_mean, *card.consider, *card.say, *card.avoid, card.supervision):
        assert text[0].isupper(), text
        assert text[-1] in '.?!"', text


@everyone()
def test_a_therapist_can_take_it_in_at_a_glance(card: Card) -> None:
    assert len(words(card.title)) <= 9
    for text in for_the_therapist(card):
        assert all(len(words(one)) <= 28 for one in sentences(text)), text


@everyone()
def test_one_possibility_at_least_is_harmless(card: Card) -> None:
    assert any(one.startswith(HARMLESS[card.name]) for one in card.may_mean)


@everyone()
def test_nobody_is_accused(card: Card) -> None:
    found = [text for text in for_the_therapist(card) if BLAMES.search(text)]
    assert not found


@everyone()
def test_nothing_is_diagnosed(card: Card) -> None:
    found = [text for text in (*for_the_therapist(card), card.client) if DIAGNOSES.search(text)]
    assert not found


@everyone()
def test_what_it_may_mean_is_never_a_certainty(card: Card) -> None:
    for text in card.may_mean:
        assert not re.search(r"\b(always|never|clearly|proves?|certainly|obviously)\b", text), text


@everyone()
def test_the_words_to_borrow_own_a_part_and_ask(card: Card) -> None:
    said = " ".join(card.say)
    assert OWN_PART[card.name] in said
    assert "?" in said or "I'd like" in said


@everyone()
def test_the_words_to_borrow_promise_no_cure(card: Card) -> None:
    said = " ".join(card.say)
    assert not re.search(r"\b(I promise|you will be fine|don't worry|calm down|at least)\b", said)


@everyone()
def test_nothing_is_claimed_but_what_was_checked(card: Card) -> None:
    for source in card.sources:
        assert source.checked is Checked.YES
        assert A_PLACE_TO_READ.match(source.url)
        assert source.cite
        assert re.search(r"\(\d{4}\)", source.cite), source.cite
        assert source.claim.endswith(".")


@everyone()
def test_an_effect_comes_with_the_number_it_was_found_in(card: Card) -> None:
    for source in card.sources:
        if re.search(r"\b[rd] = |odds ratio| %", source.claim):
            assert re.search(r"\b\d[\d,]* (studies|therapies|samples|patients|people|cognitive)",
                             source.claim), source.claim  # fmt: skip


@everyone()
def test_no_number_is_named_outside_the_evidence(card: Card) -> None:
    found = [text for text in for_the_therapist(card) if re.search(r"\d", text)]
    assert not found


@everyone(*(one for one in CARDS if one.about == "outcome"))
def test_where_things_get_worse_safety_comes_first(card: Card) -> None:
    assert card.safety.startswith("Safety comes first")
    assert "ask directly about thoughts of suicide" in card.safety
    assert "follow your practice's plan" in card.safety


@everyone(*(one for one in CARDS if one.about == "alliance"))
def test_a_change_in_the_relationship_is_not_treated_as_a_danger(card: Card) -> None:
    assert card.safety == ""


def test_the_card_about_getting_worse_has_the_direct_question_and_the_same_day() -> None:
    worse = card("worse")
    assert any("ending your life" in one and one.endswith("?") for one in worse.say)
    assert "same day" in worse.supervision


def test_high_answers_are_never_called_proof_that_all_is_well() -> None:
    assert any("Don't read it as proof" in one for one in card("ceiling").consider)


def test_ideas_for_a_repair_are_called_ideas() -> None:
    assert any("These are ideas, not proven steps" in one for one in card("open-rupture").consider)


@everyone()
def test_the_first_idea_is_a_thing_to_do_as_a_terminal_shows_no_other(card: Card) -> None:
    assert not re.match(r"(These|This|It|There|Don't|Leave|Nothing)\b", card.consider[0])


def test_only_what_a_client_gains_nothing_from_is_kept_from_them() -> None:
    assert {one.name for one in CARDS if not one.client} == SHOWN_TO_NO_CLIENT


@everyone(*WITH_CLIENT)
def test_a_client_reads_an_invitation(card: Card) -> None:
    assert len(sentences(card.client)) <= 2
    assert re.search(r"\byou\b|\byours\b", card.client)
    assert re.search(r"\b(can|yours|would like|good question|say in|don't have to)\b", card.client)


@everyone(*WITH_CLIENT)
def test_a_client_reads_of_no_signal_no_score_and_no_fault(card: Card) -> None:
    for pattern in (NOT_FOR_CLIENTS, BLAMES, DIAGNOSES):
        found = pattern.search(card.client)
        assert found is None, found


@everyone(*WITH_CLIENT)
def test_a_client_can_read_it_when_tired(card: Card) -> None:
    """Short sentences of short words: a stand-in for a reading age, which no formula measures."""
    for one in sentences(card.client):
        assert len(words(one)) <= 20, one
    assert len(words(card.client)) <= 32
    long = [word for word in words(card.client) if len(word) > 9]
    assert len(long) <= 1, long
    letters = sum(len(word) for word in words(card.client)) / len(words(card.client))
    assert letters < 4.8


def test_a_client_can_ask_for_someone_else_without_a_reason() -> None:
    assert "you don't need a reason" in card("open-rupture").client


def test_a_card_is_found_by_the_name_of_its_signal() -> None:
    assert card("dip").name == "dip"
    assert load_cards() is load_cards()


def test_an_unknown_name_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(CardError, match=r"no card 'dips'\. Known: dip, strong-dip, .*off-course"):
        card("dips")
    assert issubclass(CardError, HoldfastError)


def test_the_cards_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        load_cards()["dip"] = card("gap")  # type: ignore[index]
    with pytest.raises(AttributeError):
        card("dip").title = "Something else"  # type: ignore[misc]


def test_every_piece_of_evidence_is_used() -> None:
    text = files("holdfast.trajectories").joinpath("cards.toml").read_text(encoding="utf-8")
    used = {source.claim for one in CARDS for source in one.sources}
    assert len(used) == len(re.findall(r"^\[evidence\.", text, re.MULTILINE))


EVIDENCE = {
    "claim": "So it is.",
    "cite": "Someone (2020)",
    "url": "https://x.org",
    "checked": "yes",
}
A_CARD = {
    "name": "dip", "about": "alliance", "title": "A dip", "safety": "", "client": "",
    "may_mean": ["This."], "consider": ["That."], "say": ["So."], "avoid": ["Not so."],
    "supervision": "Soon.", "sources": ["study"],
}  # fmt: skip


def table(**changed: Any) -> dict[str, Any]:
    return {"evidence": {"study": EVIDENCE}, "card": [A_CARD | changed]}


def test_a_whole_card_is_read() -> None:
    assert read_cards(table())["dip"].sources[0].claim == "So it is."


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title": " "}, "card dip: title is ' '. Write some words."),
        ({"client": None}, "card dip: client is None"),
        ({"say": []}, r"card dip: say is \[\]. Write a list"),
        ({"avoid": "Not so."}, "card dip: avoid is 'Not so.'"),
        ({"consider": ["That.", ""]}, "card dip: consider is"),
        ({"about": "mood"}, "card dip: about is 'mood'. Write one of alliance, outcome."),
        ({"sources": ["rumour"]}, r"card dip: there is no \[evidence.rumour\]"),
        ({"colour": "red"}, "card dip: unknown colour. Known: about"),
    ],
)
def test_a_card_that_lacks_something_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(CardError, match=message):
        read_cards(table(**changed))


def test_a_card_that_stands_there_twice_is_refused() -> None:
    with pytest.raises(CardError, match="card dip: it stands there twice"):
        read_cards(table() | {"card": [A_CARD, A_CARD]})


@pytest.mark.parametrize("checked", ["no", "second hand", "choice", "computed"])
def test_a_claim_that_nobody_checked_is_refused(checked: str) -> None:
    with pytest.raises(CardError, match=f"evidence study: checked is '{checked}'"):
        read_cards(table() | {"evidence": {"study": EVIDENCE | {"checked": checked}}})


def test_a_claim_without_a_place_to_read_it_is_refused() -> None:
    with pytest.raises(CardError, match="evidence study: url is ''"):
        read_cards(table() | {"evidence": {"study": EVIDENCE | {"url": ""}}})
