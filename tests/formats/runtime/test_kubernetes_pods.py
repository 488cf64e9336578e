"""Pods are read as the API server and the kubelet list them; anything else is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.runtime import kubernetes_pods
from pratique.formats.runtime.bundle import MOST_CHARACTERS
from pratique.formats.runtime.kubernetes_pods import read_pods
from pratique.model.errors import FormatError
from pratique.model.workload import PodFacts
from tests.formats.runtime.hostile import JSON

POD = {
    "metadata": {
        "name": "web-5d69-x2x4k",
        "namespace": "shop",
        "uid": "u1",
        "creationTimestamp": None,
        "labels": {"app": "web", "pod-template-hash": "5d69"},
        "ownerReferences": [
            {"kind": "Config", "name": "other", "uid": "o"},
            {"kind": "ReplicaSet", "name": "web-5d69", "uid": "u2", "controller": True},
        ],
    },
    "spec": {"serviceAccountName": "shopper", "nodeName": "n", "containers": [{"name": "a"}]},
    "status": {"podIP": "10.0.0.7", "phase": "Running"},
}


def listed(*pods):
    """Return a list of pods."""
    return json.dumps({"kind": "PodList", "items": list(pods)}).encode()


def test_a_pod():
    """Names, labels, the owner that controls it, its account and address."""
    (found,) = read_pods(listed(POD))
    assert (found.name, found.namespace, found.uid) == ("web-5d69-x2x4k", "shop", "u1")
    assert found.facts == PodFacts(
        labels=(("app", "web"), ("pod-template-hash", "5d69")),
        address="10.0.0.7",
        owner_kind="ReplicaSet",
        owner="web-5d69",
        owner_uid="u2",
        service_account="shopper",
    )
    assert found.facts.deployment == "web"


def test_a_pod_of_a_file():
    """At the API server it has another uid than its containers bear."""
    meta = {"uid": "u1", "annotations": {"kubernetes.io/config.mirror": "ad65"}}
    assert read_pods(listed({"metadata": meta}))[0].uid == "ad65"


def test_a_pod_on_the_nodes_network():
    """The node's address is not the pod's."""
    (found,) = read_pods(listed({**POD, "spec": {"hostNetwork": True}}))
    assert found.facts.address == found.facts.service_account == ""


def test_bounds(monkeypatch):
    """Number of pods, length of texts, size of the whole."""
    pods = [{"metadata": {"uid": "u", "name": "x" * (MOST_CHARACTERS + 1)}}] * 5
    monkeypatch.setattr(kubernetes_pods, "MOST_PODS", 3)
    found = read_pods(listed(*pods))
    assert [len(one.name) for one in found] == [MOST_CHARACTERS] * 3
    monkeypatch.setattr(kubernetes_pods, "MOST_BYTES", 10)
    with pytest.raises(FormatError):
        read_pods(listed())


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"items": [{}]}', b'{"items": 3}', b"\xff", b"[" * 100_000]
)
def test_another_shape(content):
    """What is no list of pods is refused; an empty one is empty."""
    with pytest.raises(FormatError):
        read_pods(content)
    assert read_pods(b'{"items": null}') == ()


@given(st.binary(max_size=64) | JSON.map(lambda value: json.dumps({"items": [value]}).encode()))
def test_hostile_documents(content):
    """They are read or refused."""
    try:
        read_pods(content)
    except FormatError:
        pass
