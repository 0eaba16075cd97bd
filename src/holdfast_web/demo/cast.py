"""Who there is in the invented practice, and what happened to them: read from its files."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

Told = Mapping[str, Any]

DAYS = ("mon", "tue", "wed", "thu", "fri")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the practice; ``about_them`` is what they write of themselves in agreements."""

    key: str
    name: str
    email: str
    about: str
    about_them: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Patient:
    """A client, and all that is written about them.

    Attributes
    ----------
    key, name, email, brings, therapist, sessions, seed, course
        As in ``people.toml``.
    told
        The rest of ``people.toml`` about them.
    story
        What ``story.toml`` adds.
    said
        The sessions of which there is a transcript, as in ``said.toml``.
    refused
        The session to which they said no; empty where there is none.
    """

    key: str
    name: str
    email: str
    brings: str
    therapist: str
    sessions: int
    seed: int
    course: str
    told: Told
    story: Told
    said: tuple[Told, ...] = ()
    refused: Told = field(default_factory=dict)

    @property
    def slot(self) -> tuple[int, dt.time]:
        """The day of the week, from Monday as 0, and the time at which they come."""
        day, at = str(self.story["slot"]).split()
        return DAYS.index(day), dt.time.fromisoformat(at)

    def words_of(self, what: str) -> dict[int, str]:
        """Return what was written by session: "notes_of_client", "session_notes" and so on."""
        return {one["session"]: one["words"] for one in self.told.get(what, ())}


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody.

    Attributes
    ----------
    practice
        Name, address and what it has filled in.
    patterns
        What the simulator is told for each course.
    words
        What therapists wrote about signals: by the client's key, or "any", and the signal's name.
    look
        What there is to look at, by the key of a person.
    asking
        Who asked for help, and what therapists say of themselves: ``asking.toml``.
    between
        What the two wrote to each other, looked back at, and changed: ``between.toml``.
    """

    practice: Told
    owner: Member
    supervisor: Member
    therapists: tuple[Member, ...]
    patients: tuple[Patient, ...]
    patterns: Mapping[str, Mapping[str, float]]
    words: Mapping[str, Told]
    look: Mapping[str, str]
    asking: Told
    between: Told

    @property
    def staff(self) -> tuple[Member, ...]:
        """Everybody of the practice."""
        return (self.owner, self.supervisor, *self.therapists)

    def of(self, therapist: str) -> tuple[Patient, ...]:
        """Return a therapist's clients."""
        return tuple(one for one in self.patients if one.therapist == therapist)


@cache
def the_cast() -> Cast:
    """Read who there is."""
    people, story, said = _read("people.toml"), _read("story.toml"), _read("said.toml")
    return Cast(
        practice=people["practice"],
        owner=_member(people["owner"]),
        supervisor=_member(people["supervisor"]),
        therapists=tuple(_member(one) for one in people["therapist"]),
        patients=tuple(
            _patient(one, story["client"].get(one["key"], {}), said) for one in people["client"]
        ),
        patterns=story["pattern"],
        words=story["signal"],
        look=story["look"],
        asking=_read("asking.toml"),
        between=_read("between.toml"),
    )


def transcript_of(client: str, session: int) -> tuple[str, bytes]:
    """Return the name and the bytes of what was said in a session."""
    name = f"{client}-{session}.vtt"
    return name, (files("holdfast_web.demo") / "transcripts" / name).read_bytes()


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("holdfast_web.demo") / name).read_text(encoding="utf-8"))


def _member(told: Told) -> Member:
    own = {name: told[name] for name in ("qualifications", "registered_with") if name in told}
    return Member(told["key"], told["name"], told["email"], told["about"], own)


def _patient(told: Told, story: Told, said: Told) -> Patient:
    return Patient(
        key=told["key"],
        name=told["name"],
        email=told["email"],
        brings=told["brings"],
        therapist=told["therapist"],
        sessions=told["sessions"],
        seed=told["seed"],
        course=told["course"],
        told=told,
        story=story,
        said=tuple(one for one in said["session"] if one["client"] == told["key"]),
        refused=said["refused"].get(told["key"], {}),
    )
