"""How the practice began: its owner, its people, its clauses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from django.utils import timezone

from holdfast_web.accounts.actions import accept_invitation, invite
from holdfast_web.accounts.models import Person, Role
from holdfast_web.agreements.actions import rewrite_clause
from holdfast_web.agreements.clauses import practice_clauses
from holdfast_web.care.actions import change_practice
from holdfast_web.care.models import Practice
from holdfast_web.care.practice import set_up_practice
from holdfast_web.demo.cast import Cast, Member
from holdfast_web.demo.past.stage import Beat, Stage

PASSWORD = "tern street, first floor"  # noqa: S105 - it opens an invented practice, and is shown
"""Everybody's in the demo, and shown there."""


def founded(cast: Cast, at: dt.datetime) -> Iterator[Beat]:
    """Tell how the practice was set up, and who came in."""
    owner = cast.owner
    told = cast.practice

    def set_up(stage: Stage) -> None:
        link = set_up_practice(
            practice=told["name"], name=owner.name, email=owner.email, country=told["country"]
        )
        token = link.rstrip("/").rsplit("/", 1)[-1]
        stage.people[owner.key] = accept_invitation(token=token, password=None)
        _describe(stage.people[owner.key], owner)

    yield Beat(at, set_up)
    roles = [
        (cast.supervisor, Role.SUPERVISOR),
        *((one, Role.THERAPIST) for one in cast.therapists),
    ]
    for days, (member, role) in enumerate(roles, start=1):
        yield Beat(at + dt.timedelta(days=days), _joins(member, role, owner.key))
    yield Beat(at + dt.timedelta(days=len(roles) + 1), lambda stage: _fill_in(stage, cast))


def _joins(member: Member, role: Role, owner: str) -> Callable[[Stage], None]:
    def join(stage: Stage) -> None:
        _, token = invite(by=stage.people[owner], email=member.email, name=member.name, role=role)
        stage.people[member.key] = accept_invitation(token=token, password=None)
        _describe(stage.people[member.key], member)

    return join


def _describe(person: Person, member: Member) -> None:
    person.about = member.about
    person.save(update_fields=("about",))


def _fill_in(stage: Stage, cast: Cast) -> None:
    """Let the owner fill in what only a practice knows."""
    told, owner = cast.practice, stage.people[cast.owner.key]
    practice = Practice.objects.get()
    values = {
        "phone": told["phone"],
        "email": told["email"],
        "time_zone": told["time_zone"],
        "deputy": stage.people[told["deputy"]],
        "crisis_confirmed_on": timezone.localdate(),
        "is_demo": True,
    }
    change_practice(by=owner, practice=practice, values=values)
    for clause in practice_clauses():
        if clause.key in told["terms"]:
            rewrite_clause(
                by=owner,
                clause=clause.key,
                title=clause.title,
                words=clause.words,
                terms=told["terms"][clause.key],
                in_use=True,
                edition=clause.edition,
            )
