"""A control group is of the engine that the outermost container in its path is of."""

import pytest

from pratique.kit import registry
from pratique.model.workload import Workload
from pratique.workloads.claims import Claims, is_of_the_node
from pratique.workloads.containers import Containers
from tests.makers.node import ID, OTHER, POD_UID

ENGINES = registry.load("workloads")


def claimed(path: str, containers: Containers | None = None) -> tuple[str, str]:
    """Return the name of the engine that claims a path, and the container's id."""
    engine, identity = Claims(ENGINES, containers or Containers()).of(path)
    return (engine.NAME if engine else "", identity)


@pytest.mark.parametrize(
    ("path", "engine", "identity"),
    [
        (f"/libpod_parent/libpod-{ID}", "podman", ID),
        (f"/docker/{ID}", "docker", ID),
        (f"/kubepods/burstable/pod{POD_UID}/{ID}", "kubernetes", ID),
        (f"/libpod_parent/libpod-{ID}/docker/{OTHER}", "podman", ID),
        (f"/docker/{ID}/libpod_parent/libpod-{OTHER}", "docker", ID),
        ("/system.slice/ssh.service", "", ""),
        ("/web", "", ""),
        ("/", "", ""),
        ("", "", ""),
    ],
)
def test_the_outermost_claim_counts(path: str, engine: str, identity: str) -> None:
    """A container calls groups inside its own as it likes."""
    assert claimed(path) == (engine, identity)


def test_a_group_without_a_name_is_the_containers_that_a_runtime_named_it_of() -> None:
    """Only the runtime's own files say of whom it is."""
    containers = Containers()
    containers.keep(Workload(id="web", engine="runc"))
    containers.name_group("/web", "web")

    assert claimed("/web", containers) == ("runc", "web")
    assert claimed("/db", containers) == ("", "")


def test_those_that_know_most_are_asked_first() -> None:
    """And what third parties bring comes last, in the order of their names."""
    names = [one.NAME for one in Claims(ENGINES, Containers()).engines]

    assert names[0] == "podman"
    assert names.index("docker") < names.index("containerd") < names.index("runc")
    assert sorted(names) == sorted(one.NAME for one in ENGINES.values())
    assert Claims(ENGINES, Containers()).engine("nobody") is None


@pytest.mark.parametrize(
    ("path", "ours"),
    [("/", True), ("/user.slice/x", True), ("/init.scope", True), ("/web", False), ("", False)],
)
def test_what_the_service_manager_names_is_the_nodes(path: str, ours: bool) -> None:
    """By the ending of any part of the path."""
    assert is_of_the_node(path) is ours
