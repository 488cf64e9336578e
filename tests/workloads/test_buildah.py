"""A step of a build is known by its control group's name and its runtime's state."""

from pratique.workloads import buildah
from tests.makers.node import Node

STEP = "buildah-buildah12"


def test_a_step(tmp_path):
    """It is Buildah's, whichever runtime runs it."""
    made = Node(tmp_path)
    assert buildah.describe(made.host, STEP, f"/{STEP}") is None
    made.write(f"/run/runc/{STEP}/state.json", {"id": STEP, "init_process_pid": 7})
    found = buildah.describe(made.host, STEP, f"/{STEP}")
    assert found is not None
    assert (found.engine, found.init_pid) == ("buildah", 7)


def test_a_step_of_crun(tmp_path):
    """Crun's status will do as well."""
    made = Node(tmp_path)
    made.write(f"/run/crun/{STEP}/status", {"pid": 8})
    found = buildah.describe(made.host, STEP, f"/{STEP}")
    assert found is not None
    assert (found.engine, found.init_pid) == ("buildah", 8)


def test_nothing_is_listed(tmp_path):
    """The runtimes list what runs; there is no stream."""
    made = Node(tmp_path)
    assert list(buildah.containers(made.host)) == []
    assert buildah.follow(made.host) is None
