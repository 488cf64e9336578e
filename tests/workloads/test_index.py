"""Every control group is the node's, a container's, or in doubt; never wrong."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit import registry
from pratique.model.observation import CgroupChanged
from pratique.model.workload import Workload
from pratique.workloads._storage import SYSTEM
from pratique.workloads.containers import GRACE_NS, Containers
from pratique.workloads.index import DOUBT_NS, PATIENCE_NS, UNKNOWN, Index
from tests.makers.node import ID, LIBPOD, MANIFEST, OTHER, POD_UID, Counting, Node, storage

ENGINES = registry.load("workloads")
PATH = f"/libpod_parent/libpod-{ID}"
NOW = 5_000_000_000_000
MS = 1_000_000


def index_of(node, **more):
    """Return the index of a node after its first look."""
    made = Index(node.host, ENGINES, Containers(**more))
    made.scan()
    return made


def born(path, identity, hierarchy=8):
    """Return a birth."""
    return CgroupChanged(path, identity, hierarchy)


def gone(path, identity, hierarchy=8):
    """Return a death."""
    return CgroupChanged(path, identity, hierarchy, born=False)


def test_the_first_look(tmp_path):
    """Containers that run already are known by their groups in either hierarchy."""
    node = Node(tmp_path)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    two, one = node.group(PATH)
    inner, _ = node.group(f"{PATH}/init.scope")
    root_two, root_one = node.group("/")
    service, _ = node.group("/system.slice/ssh.service")
    odd, _ = node.group("/odd")
    index = index_of(node)

    for found in (index.of(two), index.of(root_two, one), index.of(two, one), index.of(inner)):
        assert found is not None
        assert (found.id, found.digest) == (ID, MANIFEST)
    assert index.of(root_two, root_one) is None
    assert index.of(service) is index.of(odd) is None
    assert index.of_path(f"{PATH}/x") == index.of(two)
    assert index.counts()["workloads"] == 1


def test_a_birth(tmp_path):
    """A container is named from the moment its control group is born."""
    node = Node(tmp_path)
    index = index_of(node)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    index.observe(born(PATH, 900), NOW)

    found = index.of(1, 900)
    assert found is not None
    assert (found.name, found.digest, found.complete) == ("web", MANIFEST, True)


def test_a_short_life(tmp_path):
    """What is known of a container stays known after its end, until its time has come."""
    node = Node(tmp_path)
    index = index_of(node)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    index.observe(born(PATH, 900), NOW)
    for place in sorted((tmp_path / "var/lib/containers").rglob("*"), reverse=True):
        place.rmdir() if place.is_dir() else place.unlink()
    index.observe(gone(PATH, 900), NOW + 50 * MS)
    index.poll(NOW + 100 * MS)

    found = index.of(1, 900)
    assert found is not None
    assert found.name == "web"
    assert index.containers.running() == ()
    index.poll(NOW + 60 * MS + GRACE_NS)
    assert index.of(1, 900) == UNKNOWN
    assert index.containers.get(ID) is None


def test_facts_that_come_late(tmp_path):
    """A container is incomplete until its engine has written what it is; then it is asked again."""
    node = Node(tmp_path)
    index = index_of(node)
    index.observe(born(PATH, 900), NOW)
    assert index.of(0, 900) == Workload(id=ID, engine="podman", complete=False)

    index.poll(NOW + MS)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    index.poll(NOW + 100 * MS)
    found = index.of(0, 900)
    assert found is not None
    assert (found.complete, found.name) == (True, "web")
    assert index.counts()["waiting"] == 0


def test_patience_ends(tmp_path):
    """A container whose engine says nothing stays incomplete, and is not asked for for ever."""
    node = Node(tmp_path)
    index = index_of(node)
    index.observe(born(PATH, 900), NOW)
    for step in range(40):
        index.poll(NOW + step * PATIENCE_NS // 30)
    found = index.of(0, 900)
    assert found is not None
    assert not found.complete
    assert index.counts()["waiting"] == 0


def test_a_runtime_knows_more_than_nothing(tmp_path):
    """Where the engine cannot be read, the runtime's state tells first process and root."""
    node = Node(tmp_path)
    path = f"/system.slice/docker-{ID}.scope"
    paths = {"": f"/sys/fs/cgroup{path}"}
    state = {"id": ID, "init_process_pid": 77, "cgroup_paths": paths}
    node.write(f"/run/runc/{ID}/state.json", state)
    index = index_of(node)
    index.observe(born(path, 900), NOW)
    found = index.of(0, 900)
    assert found is not None
    assert (found.engine, found.init_pid, found.complete) == ("docker", 77, False)


def test_doubt(tmp_path):
    """A new group that nobody claims may be a container's, until the runtimes had time to say."""
    node = Node(tmp_path)
    index = index_of(node)
    index.observe(born("/web", 900), NOW)
    index.observe(born("/db", 901), NOW)
    assert index.of(0, 900) == index.of(0, 901) == UNKNOWN

    state = {"id": "web", "init_process_pid": 7, "cgroup_paths": {"": "/sys/fs/cgroup/pids/web"}}
    node.write("/run/runc/web/state.json", state)
    index.poll(NOW + 20 * MS)
    found = index.of(0, 900)
    assert found is not None
    assert (found.id, found.engine) == ("web", "runc")
    assert index.of(0, 901) == UNKNOWN
    index.poll(NOW + DOUBT_NS + MS)
    assert index.of(0, 901) is None


@pytest.mark.parametrize("path", ["/system.slice/new.service", "/user.slice/user-0.slice"])
def test_services_are_never_in_doubt(tmp_path, path):
    """What the service manager names is the node's."""
    index = index_of(Node(tmp_path))
    index.observe(born(path, 900), NOW)
    assert index.of(0, 900) is None


def test_unknown_groups(tmp_path):
    """A group whose birth nobody saw and that is not there is in doubt, not the node's."""
    node = Node(tmp_path)
    index = index_of(node)
    root_two, _ = node.group("/")
    assert index.of(1 << 50) == UNKNOWN
    assert index.of(root_two, 1 << 50) == UNKNOWN
    assert index.of(0, 0) == UNKNOWN


def test_numbers_that_are_used_again(tmp_path):
    """The newest birth of a number counts, and of its hierarchy alone."""
    node = Node(tmp_path)
    index = index_of(node)
    index.observe(born(PATH, 900), NOW)
    index.observe(born(f"/docker/{OTHER}", 900, 0), NOW)
    index.observe(born(f"/docker/{OTHER}", 901, 4), NOW)
    assert [getattr(index.of(*key), "id", None) for key in ((0, 900), (900, 0))] == [ID, OTHER]
    assert index.of(0, 901) == UNKNOWN
    index.observe(born("/system.slice/a.service", 900), NOW)
    assert index.of(0, 900) is None


def test_a_second_life(tmp_path):
    """A container that starts again has its new first process."""
    node = Node(tmp_path)
    index = index_of(node)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    index.observe(born(PATH, 900), NOW)
    index.observe(gone(PATH, 900), NOW + MS)
    node.write(f"{SYSTEM.run}/overlay-containers/{ID}/userdata/pidfile", "99")
    index.observe(born(PATH, 901), NOW + 2 * MS)
    found = index.of(0, 901)
    assert found is not None
    assert found.init_pid == 99
    assert index.containers.running() == (found,)


def test_inner_groups(tmp_path):
    """Groups that a container makes inside its own are its own, and their ends not its end."""
    index = index_of(Node(tmp_path))
    index.observe(born(PATH, 900), NOW)
    index.observe(born(f"{PATH}/system.slice/x.service", 901), NOW)
    index.observe(gone(f"{PATH}/system.slice/x.service", 901), NOW)
    found = index.of(0, 901)
    assert found is not None
    assert found.id == ID
    assert [one.id for one in index.containers.running()] == [ID]


def test_pods(tmp_path):
    """The pod's uid stands in the path, whatever the engine knows."""
    index = index_of(Node(tmp_path))
    index.observe(born(f"/kubepods/burstable/pod{POD_UID}/{ID}", 900), NOW)
    found = index.of(0, 900)
    assert found is not None
    assert (found.engine, found.pod_uid) == ("kubernetes", POD_UID)


def test_what_engines_tell_of_a_container_that_is_gone(tmp_path):
    """Its files say nothing any more; the engine's word names it, and its image."""
    node = Node(tmp_path)
    place = node.write("/run/libpod/events/events.log", "")
    made = Index(node.host, ENGINES, Containers())
    made.follow()
    made.observe(born(f"/libpod_parent/libpod-{ID}", 900), NOW)
    assert made.of(0, 900).name == ""
    row = {"ID": ID, "Status": "start", "Type": "container", "Name": "blink", "Image": "tool:1"}
    place.write_text(json.dumps(row) + "\n")
    made.poll(NOW)
    found = made.of(0, 900)
    made.close()

    assert (found.name, found.image, found.complete) == ("blink", "tool:1", False)


def test_what_engines_tell(tmp_path):
    """Births and deaths that engines tell are heeded where control groups say nothing."""
    node = Node(tmp_path)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    place = node.write("/run/libpod/events/events.log", "")
    made = Index(node.host, ENGINES, Containers())
    made.follow()
    line = '{{"ID": "{}", "Status": "{}", "Type": "container"}}\n'
    with place.open("a") as file:
        file.write(line.format(ID, "init") + line.format("../../etc", "init"))
    made.poll(NOW)
    assert [one.name for one in made.containers.running()] == ["web"]
    with place.open("a") as file:
        file.write(line.format(ID, "died"))
    made.poll(NOW + MS)
    assert made.containers.running() == ()
    made.close()
    with place.open("a") as file:
        file.write(line.format(OTHER, "init"))
    made.poll(NOW + 2 * MS)
    assert made.containers.get(OTHER) is None


def test_bounds(tmp_path):
    """Tables do not grow with what an attacker makes."""
    index = index_of(Node(tmp_path), most=20)
    index.waiting.most = index.answers.most = 10
    for number in range(50):
        index.observe(born(f"/docker/{number:064x}", 1000 + number), NOW)
        index.observe(born(f"/odd-{number}", 2000 + number), NOW)
        index.of(0, 1000 + number)
    counts = index.counts()
    assert (counts["workloads"], counts["waiting"]) == (20, 10)
    assert counts["evicted"] == 30 + 90
    assert len(index.answers.said) <= 10


def test_a_container_that_does_not_run(tmp_path):
    """Without a control group it is not among those that run; begun, it is."""
    node = Node(tmp_path)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    index = index_of(node)
    assert index.containers.running() == ()

    index.observe(born(PATH, 900), NOW)
    assert [one.id for one in index.containers.running()] == [ID]


def test_what_a_birth_costs(tmp_path):
    """No more files are read where many containers run, and no list for one that nobody knows."""
    reads = []
    for number in (3, 60):
        node = Node(tmp_path / str(number))
        ids = [f"{one:064x}" for one in range(number)]
        for identity in ids:
            storage(node, SYSTEM.graph, SYSTEM.run, identity, **LIBPOD)
        lists = tmp_path / str(number) / SYSTEM.graph[1:] / "overlay-containers/containers.json"
        (row,) = json.loads(lists.read_text())
        lists.write_text(json.dumps([{**row, "id": one} for one in ids]))
        host = Counting(node.host)
        index = Index(host, ENGINES, Containers())
        index.scan()
        host.reads.clear()
        index.observe(born(f"/libpod_parent/libpod-{ids[1]}", 900), NOW)
        reads.append(len(host.reads))
        assert index.of(1, 900).complete
        host.reads.clear()
        index.observe(born(f"/libpod_parent/libpod-{OTHER}", 901), NOW)
        assert not [path for path in host.reads if path.startswith(SYSTEM.graph)]
    assert reads[0] == reads[1]


def test_what_was_said_of_others_stays(tmp_path):
    """A change of one container has that one asked for anew; a hundred others are not read again."""
    node = Node(tmp_path)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    index = index_of(node)
    index.observe(born(PATH, 900), NOW)
    index.observe(born(f"/libpod_parent/libpod-{OTHER}", 901), NOW)
    first, other = index.of(0, 900), index.of(0, 901)
    index.name(OTHER, "late")

    assert first is not None
    assert first.name == "web"
    assert index.of(0, 900) is first
    assert index.of(0, 901) is not other
    index.observe(gone(f"/libpod_parent/libpod-{OTHER}", 901), NOW + MS)
    index.poll(NOW + 2 * MS + GRACE_NS)
    assert index.of(0, 900) is first
    assert index.of(0, 901) == UNKNOWN


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("born", "gone", "told", "poll", "name")), st.sampled_from((ID, OTHER))
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_what_is_remembered_is_what_would_be_said(steps):
    """Whatever came and went, every group is answered as if it had never been asked for."""
    with TemporaryDirectory() as place:
        node = Node(Path(place))
        index, fresh = index_of(node), index_of(node)
        numbers = {ID: 900, OTHER: 901}
        for at, (step, identity) in enumerate(steps):
            now, path = NOW + at * DOUBT_NS, f"/libpod_parent/libpod-{identity}"
            for one in (index, fresh):
                if step == "born":
                    one.observe(born(path, numbers[identity]), now)
                    one.observe(born(f"{path}/inner", numbers[identity] + 10), now)
                elif step == "gone":
                    one.observe(gone(path, numbers[identity]), now)
                elif step == "told":
                    storage(node, SYSTEM.graph, SYSTEM.run, identity, **LIBPOD)
                elif step == "poll":
                    one.poll(now + GRACE_NS // 3)
                else:
                    one.name(identity, f"n{at}")
            fresh.refresh()
            for number in (900, 901, 910, 911, 999):
                assert index.of(0, number) == fresh.of(0, number)


def test_a_container_that_makes_groups_with_names_of_containers(tmp_path):
    """What lies in it is its own; the end of such a group ends neither it nor its neighbour."""
    node = Node(tmp_path)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    node.group(PATH)
    index = index_of(node)
    neighbour = f"/libpod_parent/libpod-{OTHER}"
    index.observe(born(neighbour, 900), NOW)
    for number, name in enumerate((f"libpod-{OTHER}", f"libpod-{ID}", f"x-{ID}"), 901):
        index.observe(born(f"{PATH}/{name}", number), NOW)
        found = index.of(0, number)
        assert found is not None
        assert found.id == ID
        index.observe(gone(f"{PATH}/{name}", number), NOW)

    assert {one.id for one in index.containers.running()} == {ID, OTHER}


def test_a_process_that_moved_into_a_neighbours_group(tmp_path):
    """It is in doubt, never its neighbour; one that the other hierarchy knows nothing of is not."""
    node = Node(tmp_path)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    root_two, root_one = node.group("/")
    own_two, own_one = node.group(PATH)
    _, others_one = node.group(f"/libpod_parent/libpod-{OTHER}")
    index = index_of(node)
    own = index.of(own_two, own_one)
    assert own is not None
    assert own.id == ID

    assert index.of(own_two, others_one) is UNKNOWN
    assert index.of(own_two, root_one) == index.of(root_two, own_one) == own
