"""Podman's containers are known from its files, whichever database it keeps."""

import json
import sqlite3
from contextlib import closing

from pratique.model.workload import BindMount
from pratique.workloads import podman
from pratique.workloads._storage import SYSTEM
from tests.makers.bolt import bolt
from tests.makers.node import CONFIG, ID, LAYER, LIBPOD, MANIFEST, OTHER, Node, storage

TOLD = json.dumps({"name": "web", "rootfsImageName": "localhost/web:1", "labels": {"app": "x"}})


def node(tmp_path, **bundle):
    """Return a node with one container of Podman."""
    made = Node(tmp_path)
    storage(made, SYSTEM.graph, SYSTEM.run, **LIBPOD, **bundle)
    return made


def test_a_container(tmp_path):
    """Everything a workload says but the labels needs no database."""
    mounts = [{"destination": "/d", "type": "bind", "source": "/srv", "options": ["rbind", "ro"]}]
    found = podman.describe(node(tmp_path, mounts=mounts).host, ID, "")

    assert found is not None
    assert (found.engine, found.name, found.image) == ("podman", "web", "localhost/web:1")
    assert (found.digest, found.image_id, found.init_pid) == (MANIFEST, CONFIG, 77)
    assert found.upper == f"{SYSTEM.graph}/overlay/{LAYER}/diff"
    assert found.merged == f"{SYSTEM.graph}/overlay/{LAYER}/merged"
    assert found.mounts == (BindMount("/srv", "/d", writable=False),)
    assert found.complete
    assert not found.privileged


def test_labels_of_version_4(tmp_path):
    """They stand in a bolt database."""
    made = node(tmp_path)
    content = bolt({b"ctr": {ID.encode(): {b"config": TOLD.encode()}}})
    made.write(f"{SYSTEM.graph}/libpod/bolt_state.db", content)
    assert next(podman.containers(made.host)).workload.labels == (("app", "x"),)


def test_labels_of_version_5(tmp_path):
    """They stand in an SQLite database."""
    made = node(tmp_path)
    place = made.write(f"{SYSTEM.graph}/db.sql", "")
    with closing(sqlite3.connect(place)) as database, database:
        database.execute("CREATE TABLE ContainerConfig (ID TEXT, Name TEXT, PodID TEXT, JSON TEXT)")
        database.execute("INSERT INTO ContainerConfig VALUES (?, 'web', '', ?)", (ID, TOLD))
    found = podman.describe(made.host, ID, "")
    assert found is not None
    assert found.labels == (("app", "x"),)


def test_a_damaged_database(tmp_path):
    """What is known without it stands."""
    made = node(tmp_path)
    made.write(f"{SYSTEM.graph}/libpod/bolt_state.db", b"x" * 9000)
    made.write(f"{SYSTEM.graph}/db.sql", b"x" * 9000)
    found = podman.describe(made.host, ID, "")
    assert found is not None
    assert (found.name, found.labels) == ("web", ())


def test_before_the_bundle(tmp_path):
    """A container that is only listed is not whole."""
    made = node(tmp_path)
    (tmp_path / f"{SYSTEM.graph[1:]}/overlay-containers/{ID}/userdata/config.json").unlink()
    found = podman.describe(made.host, ID, "")
    assert found is not None
    assert not found.complete
    assert found.digest == MANIFEST


def test_a_storage_that_nothing_names(tmp_path):
    """The runtime's state leads to it."""
    made = Node(tmp_path)
    storage(made, "/odd/root", "/odd/run", **LIBPOD)
    assert podman.describe(made.host, ID, "") is None

    root = f"/odd/root/overlay/{LAYER}/merged"
    state = {"id": ID, "init_process_pid": 78, "config": {"rootfs": root}}
    made.write(f"/run/runc/{ID}/state.json", state)
    found = podman.describe(made.host, ID, "")
    assert found is not None
    assert (found.name, found.digest, found.init_pid) == ("web", MANIFEST, 78)


def test_others(tmp_path):
    """Containers of CRI-O and unknown ids are not Podman's."""
    made = Node(tmp_path)
    storage(made, SYSTEM.graph, SYSTEM.run, annotations={"io.container.manager": "cri-o"})
    assert list(podman.containers(made.host)) == []
    assert podman.describe(made.host, OTHER, "") is None


def test_events(tmp_path):
    """What is added to the log is told, through its rotation; what stood there before is not."""
    made = node(tmp_path)
    log = "/run/libpod/events/events.log"
    line = json.dumps({"ID": ID, "Status": "start", "Type": "container"}) + "\n"
    place = made.write(log, line)
    follower = podman.follow(made.host)
    assert follower.poll() == ()

    with place.open("a") as file:
        file.write(line + line[:9])
    assert [event.action for event in follower.poll()] == ["start"]
    with place.open("a") as file:
        file.write(line[9:])
    assert [event.id for event in follower.poll()] == [ID]
    place.unlink()
    made.write(log, line.replace("start", "died"))
    assert [event.born for event in follower.poll()] == [False]
    follower.close()
