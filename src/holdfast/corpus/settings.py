"""What a run was asked for: everything that decides which rows come out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """How sessions are to be coded; the same settings give the same rows, wherever they run.

    Attributes
    ----------
    therapist, client, other
        Names of speakers; in each session those count that speak in it.
    accept_roles
        Where a session doesn't say who is who, go by the model's suggestion.
    words
        Keep the words of the sessions in the table of utterances.

    Examples
    --------
    >>> Settings.from_text(Settings(therapist=("Dana",)).as_text()).therapist
    ('Dana',)
    """

    therapist: tuple[str, ...] = ()
    client: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    accept_roles: bool = False
    words: bool = True

    def as_text(self) -> str:
        """Return the settings as one line of JSON."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Settings:
        """Return the settings that :meth:`as_text` wrote."""
        kept: dict[str, Any] = json.loads(text)
        therapist, client, other = (tuple(kept[key]) for key in ("therapist", "client", "other"))
        return cls(therapist, client, other, kept["accept_roles"], kept["words"])
