"""A change of therapist, brought as far as a test needs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import CareRelationship
from holdfast_web.handover.actions.asking import (
    agree_to_change,
    ask_for_change,
    choose_next,
    choose_passes,
    choose_told,
)
from holdfast_web.handover.actions.ending import propose_ending, write_after, write_words
from holdfast_web.handover.actions.settling import write_letter
from holdfast_web.handover.models import Ending, HandOver
from holdfast_web.handover.passing import Passes
from holdfast_web.handover.told import Choices, Knows
from tests.web.conftest import Cast


def asked(cast: Cast, to: Person | None = None, **told: Any) -> HandOver:
    """Return a change that the cast's client asked for, with what they told."""
    by = cast.client_person
    change = ask_for_change(by=by, client=cast.client)
    goodbye = told.pop("goodbye", None)
    choices = Choices(**{"therapist": Knows.THAT, "next": Knows.THAT, **told})
    change = choose_told(
        by=by, change=change, choices=choices, goodbye=goodbye, edition=change.edition
    )
    return choose_next(by=by, change=change, to=to, edition=change.edition)


def agreed(cast: Cast, passes: Passes | None = None, **told: Any) -> HandOver:
    """Return a change to the other therapist that the client has agreed to."""
    by = cast.client_person
    change = asked(cast, told.pop("to", cast.other_therapist), **told)
    change = choose_passes(by=by, change=change, passes=passes or Passes(), edition=change.edition)
    return agree_to_change(by=by, change=change, edition=change.edition)


@dataclass(frozen=True)
class Parting:
    """Fills a record's places about changing and ending, with words for each."""

    care: CareRelationship
    person: Person
    to: Person
    say: Callable[[str], str]

    def changes(self) -> HandOver:
        """Return a change that the client has agreed to, with a letter; nobody has settled it."""
        told: dict[str, Any] = {"by": self.person}
        change = ask_for_change(**told, client=self.care.client)
        choices = Choices(Knows.THAT, Knows.THAT, words=self.say("why a change"))
        change = choose_told(
            **told, change=change, choices=choices, goodbye=None, edition=change.edition
        )
        change = choose_next(**told, change=change, to=self.to, edition=change.edition)
        change = write_letter(
            by=self.care.therapist,
            change=change,
            words=self.say("a letter to the next"),
            edition=change.edition,
        )
        change = choose_passes(
            **told,
            change=change,
            passes=Passes(),
            letter_asked=self.say("other words in a letter"),
            edition=change.edition,
        )
        return agree_to_change(**told, change=change, edition=change.edition)

    def ends(self) -> Ending:
        """Return an ending in which both have written."""
        row = propose_ending(
            by=self.person,
            client=self.care.client,
            last_on=timezone.localdate() + timedelta(days=30),
        )
        for by, place in ((self.person, "the client"), (self.care.therapist, "the therapist")):
            words = {"gained": self.say(f"an ending of {place}")}
            row = write_words(by=by, ending=row, words=words, shows=False, edition=row.edition)
        return write_after(
            by=self.person,
            ending=row,
            words=self.say("the time after"),
            open_until=None,
            edition=row.edition,
        )
