"""On a real Ray cluster, a worker that Ray ends for want of memory is retried smaller.

``make test-cluster`` installs Ray and runs these; without it they are skipped.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from holdfast.corpus import cluster
from holdfast.corpus.cluster import Remote
from holdfast.corpus.run import analyze_corpus
from holdfast.testing import write_sessions

ray = pytest.importorskip(
    "ray", reason="Ray is not installed, so no cluster can be tried: make test-cluster does both"
)
pytestmark = [pytest.mark.filterwarnings("ignore")]  # Ray leaves files and sockets to the collector
ROOM, EATEN = 3_000_000_000, 1_600_000_000


@pytest.fixture
def tight() -> Iterator[Any]:
    """Start a node of one core, whose monitor allows three gigabytes beyond what is used now."""
    from ray._private.utils import get_system_memory, get_used_memory
    from ray.cluster_utils import Cluster

    total, used = get_system_memory(), get_used_memory()
    if total - used < 2 * ROOM:
        pytest.skip("too little memory is free for this")
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    env = {
        "RAY_memory_usage_threshold": f"{(used + ROOM) / total:.3f}",
        "RAY_memory_monitor_refresh_ms": "100",
    }
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "env_vars": env})
    yield made
    ray.shutdown()
    made.shutdown()


def hungry() -> type[Remote]:
    """Return a worker that takes 1.6 GB for each session of a batch beyond the first."""
    piece, pieces = 100_000_000, EATEN // 100_000_000

    class Hungry(Remote):
        def work(self, data: bytes) -> bytes:
            held = []
            for _ in range(data.count(b"\n") * pieces):
                held.append(b"x" * piece)
                time.sleep(0.02)
            return super().work(data)

    return Hungry


def test_a_worker_that_ray_ends_for_want_of_memory_is_retried_smaller(
    tight: Any,
    tmp_path: Path,
    rows_of: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "in").mkdir()
    write_sessions(tmp_path / "in", 4, seed=9, minutes=(0.5, 1))
    monkeypatch.setattr(cluster, "Remote", hungry())
    with caplog.at_level(logging.INFO, "holdfast"):
        done = analyze_corpus(
            [tmp_path / "in"], tmp_path / "out", engine="ray", address=tight.address
        )
    assert (done.sessions, done.failures) == (4, 0)
    assert caplog.messages[0] == (
        "A worker was lost (OutOfMemoryError); its 4 sessions are done again."
    )
    analyze_corpus([tmp_path / "in"], tmp_path / "truth", workers=1)
    assert rows_of(tmp_path / "out", "sessions") == rows_of(tmp_path / "truth", "sessions")
