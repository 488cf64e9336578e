"""Kubernetes is asked for this node's pods, with a token that goes nowhere but to https."""

import pytest

from pratique.kit.http import HttpStatus, Response
from pratique.workloads.kubernetes_server import KubernetesServer, Token
from tests.formats.runtime.test_kubernetes_pods import POD, listed

API = "https://10.96.0.1:443"


class Api:
    """An API server that answers one thing, and remembers how it was asked."""

    def __init__(self, body=b"", status=200):
        self.body, self.status = body, status
        self.asked = []

    def request(self, method, url, *, max_bytes, auth=None):
        """Answer."""
        self.asked.append((method, url, dict(auth.headers()) if auth else {}))
        if self.status >= 400:
            raise HttpStatus(self.status, url=url, headers={})
        return Response(status=self.status, headers={}, body=self.body)

    def close(self):
        """Note the end."""
        self.asked.append("close")


def test_what_it_tells():
    """Each pod by its uid; one without is passed over."""
    http = Api(listed(POD, {"metadata": {"uid": ""}}))
    (pod,) = KubernetesServer(API, "node 1", http, Token(lambda: " t0 \n")).ask()
    assert (pod.id, pod.pod_uid, pod.pod, pod.namespace) == ("", "u1", "web-5d69-x2x4k", "shop")
    assert pod.pod_facts.deployment == "web"
    ((method, url, headers),) = http.asked
    assert (method, headers) == ("GET", {"Authorization": "Bearer t0"})
    assert url == f"{API}/api/v1/pods?fieldSelector=spec.nodeName%3Dnode+1&resourceVersion=0"


def test_a_token_that_is_renewed():
    """It is read for each question; where there is none, none is sent."""
    tokens = ["a", "b", ""]
    http = Api(listed())
    server = KubernetesServer(API, "n", http, Token(lambda: tokens.pop(0)))
    for _ in range(3):
        server.ask()
    assert [one[2].get("Authorization") for one in http.asked] == ["Bearer a", "Bearer b", None]
    assert not Token(lambda: "a").challenged("Bearer")


def test_a_kubelet():
    """It is asked as it is, and without TLS without a token."""
    http = Api(listed(POD))
    KubernetesServer("http://127.0.0.1:10255/pods", "n", http, Token(lambda: "t0")).ask()
    assert http.asked == [("GET", "http://127.0.0.1:10255/pods", {})]


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal(status):
    """It says which right is missing."""
    with pytest.raises(HttpStatus) as caught:
        KubernetesServer(API, "n", Api(status=status), None).ask()
    assert "list pods" in caught.value.hint()


def test_another_error_and_the_end():
    """It is passed on; the connections are given back."""
    http = Api(status=500)
    server = KubernetesServer(API, "n", http, None)
    with pytest.raises(HttpStatus) as caught:
        server.ask()
    assert "list pods" not in caught.value.hint()
    server.close()
    assert http.asked[-1] == "close"
