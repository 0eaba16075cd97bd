"""The work itself: a batch of sessions in, rows out. The same function wherever it runs."""

from __future__ import annotations

from dataclasses import replace

from holdfast.corpus.batch import Batch, Item
from holdfast.corpus.rows import session_row, utterance_rows
from holdfast.corpus.settings import Settings
from holdfast.corpus.tables import Row, Tables, failure, make_tables
from holdfast.errors import HoldfastError, RoleError
from holdfast.pipeline import code, suggest
from holdfast.roles import assign_roles
from holdfast.runtime import Model, load_model
from holdfast.session import Session

ONE_CORE = {
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""What keeps the libraries of a worker from taking the cores of the others."""


class Worker:
    """Loads the model once and codes batch after batch.

    Examples
    --------
    >>> from holdfast.testing import synthetic_session
    >>> batch = Batch((Item("made up", None, synthetic_session(minutes=1)),))
    >>> Worker(Settings(), threads=1)(batch).sessions.num_rows
    1
    """

    def __init__(self, settings: Settings, *, threads: int | None = None) -> None:
        self.settings = settings
        self.model: Model = load_model(threads=threads)

    def __call__(self, batch: Batch) -> Tables:
        """Code a batch; a session that can't be coded becomes a failure and stops nothing."""
        utterances: list[Row] = []
        sessions: list[Row] = []
        failures: list[Row] = []
        for item in batch.items:
            try:
                coded = code(self._with_roles(item.session), model=self.model)
                said = list(utterance_rows(item, coded, words=self.settings.words))
                sessions.append(session_row(item, coded))
                utterances.extend(said)
            except RoleError as error:
                failures.append(_failed(item, "roles", _first_line(error)))
            except HoldfastError as error:
                failures.append(_failed(item, "coder", _first_line(error)))
            except MemoryError:
                raise  # the batch is tried again, smaller
            except Exception as error:  # noqa: BLE001 - one session must not stop the others
                failures.append(_failed(item, "coder", f"{type(error).__name__} in the coder."))
        return make_tables(utterances, sessions, failures)

    def _with_roles(self, session: Session) -> Session:
        given = self.settings
        speaking = set(session.speakers)
        named = {
            "therapist": [name for name in given.therapist if name in speaking],
            "client": [name for name in given.client if name in speaking],
            "other": [name for name in given.other if name in speaking],
        }
        try:
            return assign_roles(session, **named)
        except RoleError:
            if not given.accept_roles:
                raise
            found = suggest(session, neither=named["other"], model=self.model)
            if found is None:
                raise
        known = assign_roles(
            session, therapist=found.therapist, client=found.client, other=named["other"]
        )
        told = f"Roles as the model suggested them ({found.confidence:.0%} sure) and you accepted."
        return replace(known, notes=(*known.notes, told))


def _failed(item: Item, kind: str, reason: str) -> Row:
    return failure(item.source, item.conversation, kind, reason)


def _first_line(error: Exception) -> str:
    """Return what an error says, without the table of speakers below it."""
    return str(error).partition("\n")[0].removesuffix(" Its speakers:")
