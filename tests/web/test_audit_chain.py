"""Whoever edits, removes, adds or moves an event past the program is found out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from holdfast_web.audit import chain
from holdfast_web.audit.chain import verify
from holdfast_web.audit.models import Event, Head
from holdfast_web.audit.witness import witness
from holdfast_web.lib.refusals import PracticeError
from tests.web.conftest import Cast


def sql(statement: str, *told: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)


def edit(_: Any) -> None:
    sql("UPDATE audit_event SET what = 'care.ended' WHERE place = 2")


def edit_the_facts(_: Any) -> None:
    sql("UPDATE audit_event SET facts = %s WHERE place = 2", '{"clients": 9}')


def remove(_: Any) -> None:
    sql("DELETE FROM audit_event WHERE place = 2")


def swap(_: Any) -> None:
    for before, after in ((2, 900), (3, 2), (900, 3)):
        sql("UPDATE audit_event SET place = %s WHERE place = %s", after, before)


def add(last: Event) -> None:
    Event.objects.bulk_create(
        [Event(place=last.place + 1, at=last.at, what="care.began", seal="f" * 64)]
    )


def cut_off(last: Event) -> None:
    sql("DELETE FROM audit_event WHERE place = %s", last.place)


def cut_off_with_its_head(last: Event) -> None:
    cut_off(last)
    kept = Event.objects.get(place=last.place - 1)
    Head.objects.update(length=kept.place, seal=kept.seal)


def remove_all(_: Any) -> None:
    sql("DELETE FROM audit_event")


def remove_the_head(_: Any) -> None:
    sql("DELETE FROM audit_head")


TAMPERED: dict[Callable[[Any], None], str] = {
    edit: "Event 2 was changed",
    edit_the_facts: "Event 2 was changed",
    remove: "Between event 1 and 3, events are missing",
    swap: "Event 2 was changed, or stands where it did not stand before",
    add: "was changed",
    cut_off: "should end at event",
    cut_off_with_its_head: "head was changed",
    remove_all: "should end at event",
    remove_the_head: "head was removed",
}


def test_an_untouched_chain_holds(cast: Cast) -> None:
    found = verify()
    assert (found.events, found.problems) == (Event.objects.count(), ())
    assert verify(found.seal).problems == ()


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda one: one.__name__)
def test_whatever_is_done_to_it_is_found(cast: Cast, tamper: Callable[[Any], None]) -> None:
    tamper(Event.objects.latest("place"))
    problems = verify().problems
    assert any(TAMPERED[tamper] in one for one in problems), problems


def test_a_seal_that_was_written_down_proves_that_nothing_was_cut_off(cast: Cast) -> None:
    before = verify().seal
    witness("audit.viewed", by=cast.owner)
    assert verify(before).problems == ()
    assert "events were cut off" in verify("a" * 64).problems[0]


def test_even_with_the_programs_own_head_a_cut_is_found_by_its_seal(cast: Cast) -> None:
    """Somebody who has the keys, too, cuts the chain and seals its head anew."""
    known, last = verify().seal, Event.objects.latest("place")
    cut_off_with_its_head(last)
    head = Head.objects.get()
    head.own_seal = chain._seal_of_head(head)
    head.save()
    assert verify().problems == ()
    assert verify(known).problems == (
        "The seal that you gave is not in the chain: events were cut off.",
    )


def test_events_are_neither_changed_nor_removed_by_the_program(cast: Cast) -> None:
    event = Event.objects.latest("place")
    with pytest.raises(PracticeError):
        event.save()
    with pytest.raises(PracticeError):
        event.delete()


@pytest.mark.django_db(transaction=True)
def test_a_chain_is_checked_while_others_add_to_it(cast: Cast) -> None:
    done = threading.Event()

    def add_more() -> None:
        try:
            while not done.is_set():
                witness("audit.viewed", by=cast.owner)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=add_more) for _ in range(2)]
    for one in writers:
        one.start()
    try:
        problems = [verify().problems for _ in range(20)]
    finally:
        done.set()
        for one in writers:
            one.join()
    assert problems == [()] * 20
    assert verify().problems == ()
