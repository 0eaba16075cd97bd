"""On a real Ray cluster of several nodes: the same rows, also when a node is killed in mid-run.

``make test-cluster`` installs Ray, runs these and leaves their log in report/cluster.log.
Without Ray they are skipped.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from holdfast.corpus.run import Outcome, analyze_corpus
from holdfast.testing import write_sessions

ray = pytest.importorskip(
    "ray", reason="Ray is not installed, so no cluster can be tried: make test-cluster does both"
)

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # Ray leaves files and sockets to the collector
]
TABLES = ("utterances", "sessions", "failures")
log = logging.getLogger("holdfast.tests.cluster")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Start a head and two more nodes, a core each, on this machine."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    made.nodes_added = [made.add_node(num_cpus=1) for _ in range(2)]
    yield made
    ray.shutdown()
    made.shutdown()


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    write_sessions(folder, 24, seed=9, minutes=(2, 4))
    (folder / "bad.vtt").write_text("")
    return folder


@pytest.fixture(scope="module")
def truth(sessions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("truth") / "out"
    analyze_corpus([sessions], out, workers=1)
    return out


def on(cluster: Any, sessions: Path, out: Path, happens: Any = None) -> Outcome:
    def progress(so_far: Outcome) -> None:
        nodes = len(cluster.list_all_nodes())
        log.info("%d of %d done, %d nodes", so_far.sessions, so_far.total, nodes)
        if happens is not None:
            happens(so_far)

    log.info("a run begins on %d nodes", len(cluster.list_all_nodes()))
    done = analyze_corpus(
        [sessions], out, engine="ray", address=cluster.address, batch_tokens=1500,
        progress=progress,
    )  # fmt: skip
    log.info("the run is complete: %s", done)
    return done


def test_a_cluster_gives_the_same_rows(
    cluster: Any, sessions: Path, truth: Path, tmp_path: Path, rows_of: Any
) -> None:
    done = on(cluster, sessions, tmp_path / "out")
    assert (done.sessions, done.failures) == (24, 1)
    for table in TABLES:
        assert rows_of(tmp_path / "out", table) == rows_of(truth, table)
    (run,) = rows_of(tmp_path / "out", "run")
    assert (run["engine"], run["workers"]) == ("ray", 3)


def test_a_worker_killed_as_for_want_of_memory_is_done_again_smaller(
    cluster: Any, sessions: Path, truth: Path, tmp_path: Path, rows_of: Any
) -> None:
    killed: list[int] = []

    def kill_one(_: Outcome) -> None:
        if not killed:
            victim = workers(cluster)[0]
            killed.append(victim)
            log.info("process %d, a worker, is killed as the kernel does without memory", victim)
            os.kill(victim, signal.SIGKILL)  # what the kernel's killer does

    on(cluster, sessions, tmp_path / "out", kill_one)
    assert killed
    assert rows_of(tmp_path / "out", "utterances") == rows_of(truth, "utterances")


def test_a_node_killed_in_mid_run_and_the_run_completes(
    cluster: Any, sessions: Path, truth: Path, tmp_path: Path, rows_of: Any
) -> None:
    killed: list[int] = []

    def kill_a_node(so_far: Outcome) -> None:
        if not killed:
            killed.append(so_far.sessions)
            log.info("a node is killed, its worker with it")
            cluster.remove_node(cluster.nodes_added.pop(), allow_graceful=False)

    done = on(cluster, sessions, tmp_path / "out", kill_a_node)
    assert 0 < killed[0] < done.sessions == 24
    for table in TABLES:
        assert rows_of(tmp_path / "out", table) == rows_of(truth, table)
    log.info("every table equals that of one process")


def workers(cluster: Any) -> list[int]:
    """Return the processes of this cluster's nodes that hold one of our actors."""
    raylets = {
        info.process.pid
        for node in cluster.list_all_nodes()
        for info in node.all_processes["raylet"]
    }
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            ours = parent in raylets and b"ray::Remote" in (process / "cmdline").read_bytes()
        except OSError:
            continue
        if ours:
            found.append(int(process.name))
    return found
