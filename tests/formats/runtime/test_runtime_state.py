"""The low-level runtimes know the control groups and the bundle of each container."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.runtime.runtime_state import RuntimeState, below_mount, read_crun, read_runc
from pratique.model.errors import FormatError
from tests.formats.runtime.hostile import JSON


def test_runc():
    """All hierarchies of one container have one path, in the usual case; it is told once."""
    content = {
        "id": "c1",
        "init_process_pid": 7,
        "cgroup_paths": {
            "": "/sys/fs/cgroup/unified/k8s.io/c1",
            "pids": "/sys/fs/cgroup/pids/k8s.io/c1",
            "odd": "/elsewhere",
        },
        "config": {"rootfs": "/b/rootfs", "labels": ["bundle=/b", "k=v=w", "empty"]},
    }

    assert read_runc(json.dumps(content).encode()) == RuntimeState(
        id="c1", pid=7, cgroups=("/k8s.io/c1",), bundle="/b", root="/b/rootfs"
    )


@pytest.mark.parametrize(
    ("mounted", "path"),
    [
        ("/sys/fs/cgroup/system.slice/docker-1.scope", "/system.slice/docker-1.scope"),
        ("/sys/fs/cgroup/systemd/a/b", "/a/b"),
        ("/sys/fs/cgroup/c1", "/c1"),
        ("/sys/fs/cgroup/pids", ""),
        ("/sys/fs/cgroup/", "/"),
        ("/x", ""),
    ],
)
def test_paths_below_a_mount(mounted, path):
    """A pure version 2 tree has no folder for the hierarchy."""
    assert below_mount(mounted) == path


def test_crun():
    """Each folder of crun is called like the container."""
    content = {"pid": 7, "cgroup-path": "a/b", "bundle": "/b", "rootfs": "/r"}
    assert read_crun(json.dumps(content).encode(), "c1") == RuntimeState(
        id="c1", pid=7, cgroups=("/a/b",), bundle="/b", root="/r"
    )


@given(st.binary(max_size=64) | JSON.map(lambda value: json.dumps(value).encode()))
def test_never_crashes(content):
    """Whatever it is, it is read or refused."""
    for read in (read_runc, lambda text: read_crun(text, "c")):
        try:
            read(content)
        except FormatError:
            pass


@pytest.mark.parametrize(("bundle", "root"), [("/b", "/b/rootfs"), ("b", "rootfs"), ("", "rootfs")])
def test_a_root_below_the_bundle(bundle, root):
    """A bundle names its root beside itself, and crun's state repeats the name."""
    content = json.dumps({"pid": 7, "bundle": bundle, "rootfs": "rootfs"}).encode()
    assert read_crun(content, "c1").root == root
