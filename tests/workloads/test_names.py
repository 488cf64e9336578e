"""Ids are found in every scheme of control groups' names; observed answers name addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.kit import registry
from pratique.model.observation import Resolved
from pratique.workloads import _names, names
from pratique.workloads.names import LEAST_S, MOST_ADDRESSES, MOST_GROUPS, Names
from tests.makers.node import ID, OTHER, POD_UID

NS = 1_000_000_000
ENGINES = registry.load("workloads")
UNDERSCORED = POD_UID.replace("-", "_")
SLICE = f"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{UNDERSCORED}.slice"
USER = "/user.slice/user-1000.slice/user@1000.service/user.slice"

CLAIMED = [
    (f"/libpod_parent/libpod-{ID}", "podman", ID),
    (f"/libpod_parent/libpod-{ID}/container", "podman", ID),
    (f"/machine.slice/libpod-{ID}.scope/init.scope", "podman", ID),
    (f"/machine.slice/machine-libpod_pod_{OTHER}.slice/libpod-{ID}.scope", "podman", ID),
    (f"{USER}/libpod-{ID}.scope/container", "podman", ID),
    (f"/docker/{ID}", "docker", ID),
    (f"/system.slice/docker-{ID}.scope", "docker", ID),
    (f"/system.slice:docker:{ID}", "docker", ID),
    (f"/ci-jobs/{ID}/sub", "docker", ID),
    (f"{USER}/docker-{ID}.scope", "docker", ID),
    (f"/docker/{ID}/docker/{OTHER}", "docker", ID),
    (f"/k8s.io/{ID}", "containerd", ID),
    ("/default/web-1", "containerd", "web-1"),
    (f"{SLICE}/cri-containerd-{ID}.scope", "containerd", ID),
    (f"/kubelet-pod.slice:cri-containerd:{ID}", "containerd", ID),
    (f"/system.slice/nerdctl-{ID}.scope", "containerd", ID),
    (f"{SLICE}/crio-{ID}.scope", "cri-o", ID),
    (f"{SLICE}/crio-{ID}.scope/container", "cri-o", ID),
    (f"/kubepods/burstable/pod{POD_UID}/{ID}", "kubernetes", ID),
    (f"/kubepods/besteffort/pod{'9' * 32}/{ID}", "kubernetes", ID),
    (f"/kubepods/pod{POD_UID}/{ID}/docker/{OTHER}", "kubernetes", ID),
    ("/buildah-buildah447773838", "buildah", "buildah-buildah447773838"),
    ("/system.slice/runc-web.scope", "runc", "web"),
    ("/user.slice/crun-web.scope", "crun", "web"),
]
NOBODYS = [
    "/",
    "/init.scope",
    "/system.slice/ssh.service",
    "/system.slice/docker.service",
    "/system.slice/containerd.service",
    f"/machine.slice/libpod-conmon-{ID}.scope",
    "/libpod_parent/conmon",
    f"{SLICE}/crio-conmon-{ID}.scope",
    SLICE,
    f"/kubepods/burstable/pod{POD_UID}",
    "/user.slice/user-1000.slice/session-4.scope",
    f"/libpod-{ID[1:]}",
    f"/libpod-{ID.upper()}",
]


@pytest.mark.parametrize(("path", "engine", "identity"), CLAIMED)
def test_schemes(path, engine, identity):
    """The outermost container is meant, and exactly one engine claims it."""
    claims = {name: one.claims(path) for name, one in ENGINES.items() if one.claims(path)}
    first = min(claims, key=lambda name: path.find(claims[name]))

    assert (first, claims[first]) == (engine, identity)
    at = path.find(identity)
    assert [name for name, found in claims.items() if path.find(found) == at] == [engine]


@pytest.mark.parametrize("path", NOBODYS)
def test_the_nodes_own(path):
    """Services, sessions, pods' own folders and engines' monitors are no containers."""
    assert {name for name, one in ENGINES.items() if one.claims(path)} == set()


@given(st.text(alphabet="/ab0-.:_podslice" + ID[:2], max_size=200))
def test_claims_never_crash(path):
    """Any path is claimed by a part of itself, or not."""
    for one in ENGINES.values():
        assert one.claims(path) in path


@pytest.mark.parametrize(
    ("path", "uid"),
    [
        (f"{SLICE}/crio-{ID}.scope", POD_UID),
        (f"/kubepods/burstable/pod{POD_UID}/{ID}", POD_UID),
        (f"/kubepods/pod{'9' * 32}/{ID}", "9" * 32),
        (f"/elsewhere/pod{POD_UID}/{ID}", ""),
    ],
)
def test_pods(path, uid):
    """A slice has underscores where the uid has dashes."""
    assert _names.pod_uid(path) == uid


def answer(name, *addresses, **more):
    """Return a DNS answer."""
    return Resolved(name, answers=addresses, response=True, **more)


def test_names_of_a_group():
    """A name is the question's, whatever it leads through; the newest answer wins."""
    known = Names()
    known.learn(1, answer("a.example.", "alias.example", "192.0.2.1", "2001:db8::1"), 0)
    known.learn(1, answer("b.example", "192.0.2.1"), 5)

    assert known.of(1, "192.0.2.1", 6) == "b.example"
    assert known.of(1, "2001:db8::1", 6) == "a.example"
    assert known.of(1, "alias.example", 6) == ""
    assert known.of(2, "192.0.2.1", 6) == ""


@pytest.mark.parametrize(
    "act",
    [
        Resolved("a", answers=("192.0.2.1",)),
        answer("a", "192.0.2.1", code=3),
        answer("a"),
    ],
)
def test_what_names_nothing(act):
    """Questions, refusals and empty answers."""
    known = Names()
    known.learn(1, act, 0)
    assert known.of(1, "192.0.2.1", 0) == ""


def test_both_ends():
    """Each has the name that the group was told for it, or none."""
    names = Names()
    names.learn(7, Resolved("a.example", answers=("192.0.2.1",), response=True), 0)
    assert names.of_ends(7, "192.0.2.1", "192.0.2.2", 1) == ("a.example", "")
    assert names.of_ends(7, "", "192.0.2.1", 1) == ("", "a.example")
    assert names.of_ends(8, "192.0.2.1", "192.0.2.1", 1) == ("", "")


def test_answers_run_out():
    """At least some minutes, at most a day, else as long as they say."""
    known = Names()
    for address, ttl in (("192.0.2.1", 1), ("192.0.2.2", 3600), ("192.0.2.3", 1 << 30)):
        known.learn(1, answer("a", address, ttl_s=ttl), 0)

    assert known.of(1, "192.0.2.1", LEAST_S * NS) == "a"
    assert known.of(1, "192.0.2.1", LEAST_S * NS + 1) == ""
    assert known.of(1, "192.0.2.2", 3600 * NS) == "a"
    assert known.of(1, "192.0.2.3", names.MOST_S * NS + 1) == ""


def test_bounds():
    """Floods of groups and of answers push the oldest out, counted."""
    known = Names()
    for group in range(MOST_GROUPS + 2):
        known.learn(group, answer("a", "192.0.2.1"), 0)
    assert known.of(1, "192.0.2.1", 0) == ""
    assert known.evicted == 2

    many = tuple(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}" for n in range(MOST_ADDRESSES + 1))
    known.learn(9, answer("b", *many), 0)
    assert known.of(9, many[-1], 0) == "b"
    assert known.of(9, "192.0.2.1", 0) == known.of(9, many[0], 0) == ""
    assert known.evicted == 4
