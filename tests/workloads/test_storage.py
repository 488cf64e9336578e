"""Storages are found as the engines find them: configured, the system's, the users'."""

from pratique.formats.runtime.containers_storage import Places
from pratique.workloads._storage import SYSTEM, everything, find, storages
from tests.makers.node import ID, LIBPOD, MANIFEST, OTHER, Node, storage


def test_configured_places(tmp_path):
    """What the environment names comes first, then what the system's file says."""
    node = Node(tmp_path, CONTAINERS_STORAGE_CONF="/own.conf")
    node.write("/own.conf", '[storage]\ngraphroot = "/a"\nrunroot = "/b"\n')
    node.write("/usr/share/containers/storage.conf", '[storage]\nrunroot = "/r"\n')
    node.write("/etc/containers/storage.conf", '[storage]\ngraphroot = "/g"\n')

    assert storages(node.host) == (Places("/a", "/b"), Places("/g", "/r"))


def test_a_damaged_configuration(tmp_path):
    """The default stands."""
    node = Node(tmp_path)
    node.write("/etc/containers/storage.conf", "[storage")
    assert storages(node.host) == (SYSTEM,)


def test_users(tmp_path):
    """A user's storage is looked into where there is one, first for that user's control groups."""
    node = Node(tmp_path)
    node.write("/etc/passwd", "a:x:1000:1000::/home/app:/bin/sh\nb:x:1001:1001::/home/b:/bin/sh\n")
    own = "/home/app/.local/share/containers/storage"
    storage(node, own, "/run/user/1000/containers", **LIBPOD)

    places = Places(own, "/run/user/1000/containers")
    assert storages(node.host) == (SYSTEM, places)
    assert storages(node.host, "/user.slice/user-1000.slice/x") == (places, SYSTEM)
    assert storages(node.host, "/user.slice/user-1001.slice/x") == (SYSTEM,)


def test_a_container(tmp_path):
    """List, image and bundle are joined."""
    node = Node(tmp_path)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)

    found = find(node.host, ID)

    assert found is not None
    assert (found.container.name, found.digest, found.pid) == ("web", MANIFEST, 77)
    assert found.bundle is not None
    assert list(everything(node.host)) == [found]
    assert find(node.host, OTHER) is None


def test_lists_that_are_being_written(tmp_path):
    """Half a list is no list, and nothing breaks."""
    node = Node(tmp_path)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    node.write(f"{SYSTEM.graph}/overlay-containers/containers.json", '[{"id": ')
    assert find(node.host, ID) is None

    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    node.write(f"{SYSTEM.graph}/overlay-images/images.json", "{")
    node.write(f"{SYSTEM.graph}/overlay-containers/{ID}/userdata/config.json", "{")
    found = find(node.host, ID)
    assert found is not None
    assert (found.digest, found.bundle) == ("", None)


def test_volatile_containers(tmp_path):
    """Containers that are gone after a restart stand in a list of their own."""
    node = Node(tmp_path)
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    listed = tmp_path / f"{SYSTEM.graph}/overlay-containers/containers.json".lstrip("/")
    node.write(f"{SYSTEM.run}/overlay-containers/volatile-containers.json", listed.read_text())
    listed.unlink()
    assert find(node.host, ID) is not None
