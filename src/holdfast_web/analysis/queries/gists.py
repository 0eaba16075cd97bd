"""Reads the gists of many sessions at once: as many queries for sixty clients as for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.models import Analysis
from holdfast_web.audit.witness import not_clinical
from holdfast_web.engine.gist import gist_of
from holdfast_web.vault.fields import sealed_field
from holdfast_web.vault.keys import open_keys

FIELDS = ("pk", "client_id", "transcript__session_id", "model", "codebook", "gist")


@dataclass(frozen=True, slots=True)
class Read:
    """The latest reading of a session.

    Attributes
    ----------
    made_by
        Model and codebook: what two sessions must share to be joined.
    gist
        As ``engine.gist`` made it.
    """

    made_by: str
    gist: Mapping[str, Any]


@not_clinical("a step of the queries that show them, which witness")
def gists_of(rows: Any, *, viewer: Person) -> dict[UUID, Read]:
    """Return the latest reading of each session by the session's id.

    Parameters
    ----------
    rows
        Analyses, with their scope said.
    viewer
        Who looks.
    """
    done = rows.filter(state=Analysis.State.DONE).order_by("ended_at")
    latest = {one[2]: one for one in done.values_list(*FIELDS)}
    open_keys(one[1] for one in latest.values())
    older = _of_older([one[0] for one in latest.values() if one[5] is None], viewer)
    field = sealed_field(Analysis, "gist")
    return {
        session_id: Read(
            f"{model}, {codebook}",
            older[pk] if sealed is None else field.open_value(sealed, client_id, pk),
        )
        for pk, client_id, session_id, model, codebook, sealed in latest.values()
    }


def _of_older(pks: Iterable[UUID], viewer: Person) -> dict[UUID, dict[str, Any]]:
    """Make the gists of readings that were kept without one."""
    missing = [*pks]
    if not missing:
        return {}
    rows = Analysis.objects.seen_by(viewer).filter(pk__in=missing)
    return {one.pk: gist_of(one.findings or {}) for one in rows}
