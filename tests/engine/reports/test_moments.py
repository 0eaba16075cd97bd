"""Which lines a report sends its reader back to."""

from __future__ import annotations

from typing import Any

from holdfast.coding.codes import Code
from holdfast.indicators.opened import Opening, Response
from holdfast.reports.heard import tags_at
from holdfast.reports.moments import APART, Moments, find_moments
from holdfast.reports.record import Record


def test_a_silent_session_gives_an_empty_finding(make: Any) -> None:
    coded = make.coded(make.conversation(("Dana", "Mm-hm."), ("Lee", "Yes.")))
    assert find_moments(coded) == Moments()


def test_a_reflection_after_a_feeling_is_kept_with_the_lines_around_it(make: Any) -> None:
    session = make.conversation(
        ("Dana", "How was the weekend?"),
        ("Lee", "I cried in the car, all the way home from hers."),
        ("Dana", "All that way, with nobody to see it."),
        ("Lee", "Nobody, no."),
    )
    coded = make.coded(
        session,
        emotions={1: Code("emotions", ("sadness",), (0.9,))},
        reflection={2: Code("reflection", "complex", 0.8)},
    )
    (moment,) = find_moments(coded).kept
    assert moment.focus == (2,)
    assert moment.lines == (1, 2, 3)
    assert moment.why == "A complex reflection, after sadness"


def test_a_reflection_without_a_feeling_before_it_is_not_kept(make: Any) -> None:
    session = make.conversation(
        ("Lee", "The bus was full."), ("Dana", "The bus was full again today.")
    )
    coded = make.coded(session, reflection={1: Code("reflection", "simple", 0.9)})
    assert find_moments(coded).kept == ()


def test_a_feeling_that_the_coder_is_unsure_of_opens_nothing(make: Any) -> None:
    session = make.conversation(("Lee", "Fine."), ("Dana", "You say fine, and you look away."))
    coded = make.coded(
        session,
        emotions={0: Code("emotions", ("sadness",), (0.2,), unsure=True)},
        reflection={1: Code("reflection", "complex", 0.9)},
    )
    assert find_moments(coded).kept == ()


def test_a_reflection_that_the_coder_is_unsure_of_is_not_kept(make: Any) -> None:
    session = make.conversation(("Lee", "I cried again."), ("Dana", "So it came back, all of it."))
    coded = make.coded(
        session,
        emotions={0: Code("emotions", ("sadness",), (0.9,))},
        behaviour={1: Code("behaviour", "reflection", 0.4, unsure=True)},
        reflection={1: Code("reflection", "complex", 0.4)},
    )
    assert find_moments(coded).kept == ()
    assert [tag.text for tag in tags_at(coded, 1)] == ["Perhaps: complex reflection"]


def test_complex_reflections_are_kept_before_likelier_simple_ones(make: Any) -> None:
    said = [("Lee", "It scares me, all of it."), ("Dana", "It scares you, the whole of it.")]
    session = make.conversation(*(said * 20))
    kinds = {i: "complex" if i in (11, 21, 31) else "simple" for i in range(1, 40, 2)}
    coded = make.coded(
        session,
        emotions={i: Code("emotions", ("fear",), (0.9,)) for i in range(0, 40, 2)},
        reflection={i: Code("reflection", kind, 0.7) for i, kind in kinds.items()},
        behaviour={
            i: Code("behaviour", "reflection", 0.7 if kind == "complex" else 0.99)
            for i, kind in kinds.items()
        },
    )
    kept = find_moments(coded).kept
    assert [moment.focus for moment in kept] == [(11,), (21,), (31,)]


def test_kept_lines_never_crowd_one_stretch_of_the_session(make: Any) -> None:
    said = [("Lee", "It scares me, all of it."), ("Dana", "It scares you, the whole of it.")]
    session = make.conversation(*(said * 4))
    coded = make.coded(
        session,
        emotions={i: Code("emotions", ("fear",), (0.9,)) for i in range(0, 8, 2)},
        reflection={i: Code("reflection", "complex", 0.9) for i in range(1, 8, 2)},
    )
    kept = find_moments(coded).kept
    assert len(kept) == 1 if APART >= 8 else len(kept) > 1


def test_stated_feelings_come_before_hinted_ones_among_missed_openings(make: Any) -> None:
    session = make.conversation(*[("Lee", "I don't know."), ("Dana", "What day is it?")] * 3)
    openings = [
        Opening(index, kind, index + 1, Response.MISSED)
        for index, kind in ((0, "hinted"), (2, "stated"), (4, "stated"))
    ]
    missed = find_moments(make.coded(session), openings).missed
    assert [moment.focus for moment in missed] == [(2,), (4,)]


def test_of_the_missed_openings_those_come_first_of_which_the_coder_is_surest(make: Any) -> None:
    session = make.conversation(*[("Lee", "I don't know."), ("Dana", "What day is it?")] * 3)
    coded = make.coded(
        session,
        empathic_opportunity={
            at: Code("empathic_opportunity", "stated", p)
            for at, p in ((0, 0.9), (2, 0.6), (4, 0.7))
        },
        response={at: Code("response", "ignored", p) for at, p in ((0, 0.5), (2, 0.9), (4, 0.9))},
    )
    openings = [Opening(at, "stated", at + 1, Response.MISSED) for at in (0, 2, 4)]
    missed = find_moments(coded, openings).missed
    assert [moment.focus for moment in missed] == [(2,), (4,)]


def test_openings_that_were_met_are_not_called_missed(make: Any) -> None:
    session = make.conversation(("Lee", "I was so lonely."), ("Dana", "Lonely, in that house."))
    openings = [Opening(0, "stated", 1, Response.MET)]
    assert find_moments(make.coded(session), openings).missed == ()


def test_marks_of_withdrawal_close_together_are_one_stretch(make: Any) -> None:
    session = make.conversation(*[("Dana", "You could ring them."), ("Lee", "I guess.")] * 8)
    marked = {i: Code("withdrawal", "deferential", by="rules") for i in (1, 3, 5, 15)}
    stretches = find_moments(make.coded(session, withdrawal=marked)).reread
    assert [moment.focus for moment in stretches] == [(1, 3, 5), (15,)]
    assert stretches[0].lines == (0, 1, 2, 3, 4, 5, 6)
    assert stretches[0].why == "3 marks of possible withdrawal, close together"


def test_the_example_keeps_its_two_missed_openings_and_its_strained_stretch(
    first_record: Record,
) -> None:
    moments = first_record.moments
    assert [moment.focus for moment in moments.missed] == [(25,), (76,)]
    assert [moment.focus for moment in moments.reread] == [(50, 52, 54, 56)]
    assert len(moments.kept) == 3
