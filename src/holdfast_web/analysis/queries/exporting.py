"""Corrections as training data: ids and labels, and not a word of what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.corrected import (
    Own,
    counted_codes,
    own_codes,
    persons_value,
    read_lines,
)
from holdfast_web.analysis.models import Analysis, Correction, ReadThrough
from holdfast_web.analysis.queries.consents import clients_with_open_text
from holdfast_web.audit.witness import clinical_read, witness, witness_each
from holdfast_web.encounters.queries import own_clients
from holdfast_web.engine.codes import OPEN, Heard, Uttered, all_choices, uttered
from holdfast_web.vault.keys import open_keys

SCHEMA = "holdfast.corrections/1"


@clinical_read
def corrections_to_export(*, viewer: Person) -> tuple[Mapping[str, Any], ...]:
    """Return what a therapist said of lines: the session and the line by random ids, and labels.

    Only of own clients who agree now that sessions are recorded and read. No words, no names, no
    dates: whoever has only this can't tell whose line it was.
    """
    agreeing = clients_with_open_text(own_clients(viewer), viewer=viewer)
    rows = Analysis.objects.seen_by(viewer).filter(client__in=agreeing, state=Analysis.State.DONE)
    own, read = _own(viewer, agreeing), _read(viewer, agreeing)
    wanted = list(rows.filter(pk__in=own.keys() | read.keys()).order_by("-ended_at"))
    open_keys({one.client_id for one in wanted})
    latest: dict[UUID, Analysis] = {}
    for one in wanted:
        latest.setdefault(one.transcript_id, one)
    found = latest.values()
    if not found:
        witness("corrections.exported", by=viewer, lines=0)
    witness_each(
        "corrections.exported", by=viewer, client_ids=sorted({one.client_id for one in found})
    )
    return tuple(
        line for one in found for line in _lines(one, own.get(one.pk, {}), read.get(one.pk, set()))
    )


def _own(viewer: Person, clients: list[UUID]) -> dict[UUID, Own]:
    open_keys(clients)
    by_reading: dict[UUID, list[tuple[int, str, Any, bool]]] = defaultdict(list)
    for one in (
        Correction.objects.seen_by(viewer).filter(client__in=clients, by=viewer).order_by("at")
    ):
        by_reading[one.analysis_id].append(one.told)
    return {reading: own_codes(rows) for reading, rows in by_reading.items()}


def _read(viewer: Person, clients: list[UUID]) -> dict[UUID, set[int]]:
    found: dict[UUID, set[int]] = defaultdict(set)
    rows = ReadThrough.objects.seen_by(viewer).filter(client__in=clients, by=viewer, blind=False)
    for reading, first, last in rows.values_list("analysis_id", "first", "last"):
        found[reading] |= read_lines([(first, last)])
    return found


def _lines(analysis: Analysis, own: Own, read: set[int]) -> Iterator[Mapping[str, Any]]:
    corrected = {utterance for utterance, _ in own}
    counted = counted_codes(own)
    for line in uttered(analysis.findings):
        if line.index not in read | corrected:
            continue
        every = dict(_codes(line, own, was_read=line.index in read))
        codes = {code: told for code, told in every.items() if code in counted}
        yield {
            "schema": SCHEMA,
            "id": f"{analysis.transcript_id}-{line.index}",
            "transcript": str(analysis.transcript_id),
            "utterance": line.index,
            "role": line.role,
            "model": analysis.model,
            "codebook": analysis.codebook,
            "read": line.index in read,
            "codes": codes,
        }


def _codes(line: Uttered, own: Own, *, was_read: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the codes of a line, in the codebook's order; what neither heard is left out."""
    for code, choice in all_choices().items():
        key = (line.index, code)
        heard = line.heard.get(code)
        if choice.role != line.role or (heard is None and key not in own):
            continue
        if key not in own and not was_read:
            continue
        told = heard or Heard(None, None, unsure=False)
        person = own[key] if key in own else persons_value(line, code, told, own)
        if key not in own and not person and not told.value and not told.unsure:
            continue
        found = {"machine": told.value, "p": told.p, "unsure": told.unsure}
        if person != OPEN:
            found |= {"person": person, "corrected": key in own}
        yield code, found
