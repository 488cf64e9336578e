"""
Ask Kubernetes for the pods of this node: the API server, or the kubelet itself.

It tells what no engine knows: what made a pod (its owner), and its service account; and labels as they
are now. The API server is asked for the pods of one node, from its cache, which takes the right to
list pods and no other. Law: a token goes to https only, and to nobody but the server it is for.
Source: Kubernetes API reference v1.30, "List"; the kubelet's ``/pods``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from pratique.formats.runtime.kubernetes_pods import MOST_BYTES, Pod, read_pods
from pratique.kit.http import HttpStatus, Response
from pratique.model.workload import Workload

PAUSE_S = 60.0
SOONEST_S = 1.0
"""A cluster has many nodes, and one API server."""
KUBELET = "/pods"


class Asks(Protocol):
    """A client for HTTP; see ``kit.http.Http``."""

    def request(
        self, method: str, url: str, *, max_bytes: int, auth: "Token | None" = None
    ) -> Response:
        """Return a whole answer."""

    def close(self) -> None:
        """Close the connections."""


class Token:
    """The token of a service account, read anew for each question: the kubelet renews it."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read

    def headers(self) -> Mapping[str, str]:
        """Return the header that bears it; nothing where there is none."""
        token = self._read().strip()
        return {"Authorization": f"Bearer {token}"} if token else {}

    def challenged(self, challenge: str) -> bool:
        """Say that another try would not help."""
        return False


class KubernetesServer:
    """
    The server at an address; a ``workloads.asking.Server``.

    Args:
        url: ``https://HOST:PORT`` of an API server, or an address that ends in ``/pods`` of a kubelet.
        node: what the cluster calls this node.
        http: who asks.
        token: the token, where one is needed.
    """

    name = "kubernetes"
    pause_s = PAUSE_S
    soonest_s = SOONEST_S

    def __init__(self, url: str, node: str, http: Asks, token: Token | None) -> None:
        self._url = question(url, node)
        self._http = http
        self._token = token if urlsplit(url).scheme == "https" else None

    def ask(self) -> Sequence[Workload]:
        """
        Return what it knows of this node's pods, each by its uid.

        Raises:
            HttpError: it does not answer, or refuses.
            FormatError: its answer is no list of pods.
        """
        try:
            answer = self._http.request("GET", self._url, max_bytes=MOST_BYTES, auth=self._token)
        except HttpStatus as error:
            if error.status in (401, 403):
                raise HttpStatus(
                    error.status,
                    url=error.url,
                    headers=error.headers,
                    hint="it must be allowed to list pods (docs/how-to/deploy-the-watcher.md)",
                ) from None
            raise
        return tuple(_workload(one) for one in read_pods(answer.body) if one.uid)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


def question(url: str, node: str) -> str:
    """
    Return the address that answers for one node.

    >>> question("https://10.96.0.1:443", "node-1").partition("?")[2]
    'fieldSelector=spec.nodeName%3Dnode-1&resourceVersion=0'
    >>> question("https://127.0.0.1:10250/pods", "node-1")
    'https://127.0.0.1:10250/pods'
    """
    if urlsplit(url).path.rstrip("/").endswith(KUBELET):
        return url
    asked = urlencode({"fieldSelector": f"spec.nodeName={node}", "resourceVersion": "0"})
    return f"{url.rstrip('/')}/api/v1/pods?{asked}"


def _workload(pod: Pod) -> Workload:
    return Workload(
        id="",
        engine="",
        pod=pod.name,
        namespace=pod.namespace,
        pod_uid=pod.uid,
        complete=False,
        pod_facts=pod.facts,
    )
