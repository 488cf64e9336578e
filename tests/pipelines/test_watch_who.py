"""Law: who did it is told from the node's own state, or from a recording, with equal results."""

from pathlib import Path

from pratique.formats.recording.values import ProcessFact
from pratique.model.observation import Executed, Observation
from pratique.pipelines.watch_who import LiveWho, ReplayedWho, booted_ns
from pratique.workloads._storage import SYSTEM
from tests.makers.happenings import WEB, process
from tests.makers.node import ID, LIBPOD, Node, storage


def test_a_running_container_is_known_from_the_beginning(tmp_path: Path) -> None:
    """Its group, its process, its image."""
    node = Node(tmp_path)
    node.write("/proc/stat", "cpu 1\nbtime 1000\n")
    group = node.group(f"/libpod_parent/libpod-{ID}")
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    node.process(77, groups=f"0::/libpod_parent/libpod-{ID}\n")
    who = LiveWho("node-1", str(tmp_path))
    who.begin()
    act = Executed("/bin/id", ("id",))
    event = who.joiner.join(
        Observation("execve", act, 2_000_000_000_000, 78, 78, 77, 0, 0, *group, comm="id")
    )
    who.close()

    assert event.workload is not None
    assert event.workload.id == ID
    assert event.node == "node-1"
    assert [one.in_container for one in event.process.ancestors] == [True]
    assert [one.id for one in who.running()] == [ID]
    assert {name: who.counts()[name] for name in ("processes", "workloads")} == {
        "processes": 2,
        "workloads": 1,
    }


def test_a_node_without_the_files_of_a_node_is_no_error(tmp_path: Path) -> None:
    """Nothing is known, and nothing fails."""
    who = LiveWho("n", str(tmp_path))
    who.begin()
    who.poll(5)
    who.close()

    assert booted_ns(who.processes._host) == 0  # type: ignore[arg-type]
    assert who.running() == ()


def test_a_recording_tells_where_a_process_of_before_runs() -> None:
    """So that what it starts has an ancestor in a container."""
    who = ReplayedWho("n", 0)
    who.index.tell(7, 3, WEB)
    who.tell_process(ProcessFact(process("/bin/sh", 50), inside=True))
    event = who.joiner.join(
        Observation("execve", Executed("/bin/id"), 5, 51, 51, 50, 0, 0, 7, 3, comm="id")
    )

    assert event.workload == WEB
    assert [one.in_container for one in event.process.ancestors] == [True]
