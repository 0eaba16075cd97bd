"""A run: what is not done yet is read, packed, coded and committed, batch by batch."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from holdfast.codebooks import load_codebook
from holdfast.corpus.alone import alone
from holdfast.corpus.batch import TOKENS, Item, pack
from holdfast.corpus.executor import Executor
from holdfast.corpus.inline import Inline
from holdfast.corpus.processes import Processes
from holdfast.corpus.reading import Reading, look
from holdfast.corpus.settings import Settings
from holdfast.corpus.store import Store
from holdfast.corpus.tables import make_tables
from holdfast.errors import HoldfastError
from holdfast.runtime import SHIPPED
from holdfast.runtime.card import read_card
from holdfast.runtime.folder import CARD, GRAPH, checksum

ENGINES = ("local", "ray")
SAME = ("holdfast", "model", "model_sha256", "codebook", "settings")
"""What two runs into one folder must share, for their rows to belong together."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a run has come: sessions coded now, coded before, failed, and all there are."""

    sessions: int = 0
    utterances: int = 0
    skipped: int = 0
    failures: int = 0
    total: int = 0


Progress = Callable[[Outcome], None]


@dataclass(slots=True)
class _Run:
    store: Store
    reading: Reading
    facts: dict[str, Any]
    done: dict[str, tuple[str, str | None]]
    outcome: Outcome
    changed: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)

    def items(self) -> Iterator[Item]:
        """Yield what is not done; notice sessions whose source has changed since."""
        before: dict[tuple[str, str | None], set[str]] = {}
        for session, place in self.done.items():
            before.setdefault(place, set()).add(session)
        for item in self.reading.items():
            self.present.add(item.session_id)
            self.changed |= before.get((item.source, item.conversation), set())
            if item.session_id in self.done:
                self.outcome = replace(self.outcome, skipped=self.outcome.skipped + 1)
            else:
                yield item

    def write(self, *, finished: bool) -> None:
        """Write the run's row, and the failures of reading."""
        tables = make_tables(failures=self.reading.failures)
        self.store.commit(f"{self.facts['run_id']}-reading", tables)
        counts = {
            "sessions": self.outcome.sessions,
            "utterances": self.outcome.utterances,
            "skipped": self.outcome.skipped,
            "failures": self.outcome.failures + len(self.reading.failures),
            "ignored": self.reading.ignored,
        }
        now = datetime.now(UTC)
        self.store.write_run({**self.facts, **counts, "ended": now, "finished": finished})


def analyze_corpus(
    paths: Sequence[str | Path],
    out: Path,
    *,
    settings: Settings | None = None,
    resume: bool = False,
    engine: str = "local",
    address: str | None = None,
    workers: int | None = None,
    batch_tokens: int = TOKENS,
    progress: Progress | None = None,
) -> Outcome:
    """Code many sessions and write them as tables.

    Parameters
    ----------
    paths
        Files, folders, globs, archives, tables of utterances, addresses.
    out
        The folder of the tables.
    settings
        Names, roles, whether words are kept.
    resume
        Go on in a folder that holds tables already; what is done is not done again.
    engine, address
        ``"local"``, or ``"ray"`` on a cluster.
    workers
        How many sessions are coded at once; 1 stays in this process. By default one for each core.
    batch_tokens
        Tokens of a batch: what a kill loses at most for each worker.
    progress
        Told after each batch.

    Returns
    -------
    Outcome
        How many were coded, skipped and failed.

    Raises
    ------
    HoldfastError
        If the folder holds another corpus, another run writes there, or a package is missing.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from holdfast.examples import FIRST_SESSION
    >>> with TemporaryDirectory() as folder:
    ...     named = Settings(therapist=("Dana",), client=("Lee",))
    ...     done = analyze_corpus([FIRST_SESSION], Path(folder), settings=named, workers=1)
    >>> done.sessions, done.failures
    (1, 0)
    """
    settings = settings or Settings()
    store = Store(out)
    store.create()
    with alone(out):
        facts = _facts(settings)
        done = _begin(store, facts, resume=resume)
        reading = look([str(path) for path in paths])
        executor = _executor(settings, engine, address, workers)
        facts |= {"engine": executor.name, "workers": executor.workers}
        run = _Run(store, reading, facts, done, Outcome(total=reading.sessions))
        _finish(run, executor, batch_tokens, progress)
        store.forget(run.changed - run.present)
    return replace(run.outcome, failures=run.outcome.failures + len(reading.failures))


def _finish(run: _Run, executor: Executor, batch_tokens: int, progress: Progress | None) -> None:
    """Do the work between two writings of the run's row; the second says whether it was all."""
    run.write(finished=False)
    finished = False
    try:
        _work(run, executor, batch_tokens, progress)
        finished = True
    finally:
        run.write(finished=finished)


def _work(run: _Run, executor: Executor, batch_tokens: int, progress: Progress | None) -> None:
    for number, tables in enumerate(executor.run(pack(run.items(), batch_tokens)), start=1):
        run.store.commit(f"{run.facts['run_id']}-{number:06d}", tables)
        run.outcome = replace(
            run.outcome,
            sessions=run.outcome.sessions + tables.sessions.num_rows,
            utterances=run.outcome.utterances + tables.utterances.num_rows,
            failures=run.outcome.failures + tables.failures.num_rows,
        )
        if progress is not None:
            failed = run.outcome.failures + len(run.reading.failures)
            progress(replace(run.outcome, failures=failed))


def _executor(
    settings: Settings, engine: str, address: str | None, workers: int | None
) -> Executor:
    if engine == "ray":
        from holdfast.corpus.cluster import Cluster

        return Cluster(settings, address=address, workers=workers)
    if engine != "local":
        raise HoldfastError(f"There is no engine {engine!r}; it may be {' or '.join(ENGINES)}.")
    workers = workers or _cores()
    return Inline(settings) if workers == 1 else Processes(settings, workers)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin(
    store: Store, facts: dict[str, Any], *, resume: bool
) -> dict[str, tuple[str, str | None]]:
    """Make the folder ready and return what is done there."""
    if store.exists() and not resume:
        raise HoldfastError(
            f"{store.folder} holds a corpus already. Add --resume to go on with it, or give "
            "another folder with --out."
        )
    store.mend()
    for other in store.read("run", SAME).to_pylist():
        unlike = [name for name in SAME if other[name] != facts[name]]
        if unlike:
            raise HoldfastError(
                f"{store.folder} was made with another {unlike[0].replace('_', ' ')}, and rows of "
                "both would not belong together. Give another folder with --out."
            )
    return store.done()


def _facts(settings: Settings) -> dict[str, Any]:
    begun = datetime.now(UTC)
    return {
        "run_id": f"{begun:%Y%m%dT%H%M%S}-{os.getpid()}",
        "begun": begun,
        "holdfast": version("holdfast"),
        "model": read_card(SHIPPED / CARD).title,
        "model_sha256": checksum(SHIPPED / GRAPH),
        "codebook": load_codebook().label,
        "python": platform.python_version(),
        "settings": settings.as_text(),
    }
