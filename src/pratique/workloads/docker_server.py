"""
Ask a Docker daemon for its containers, where its files cannot be read but its socket can be used.

Whoever may use the socket may do anything on the node: containers are listed and looked at, nothing
else is asked. Source: Docker Engine API v1.41.
"""

from collections.abc import Sequence
from typing import Protocol

from pratique.formats.runtime.docker_state import DockerContainer, read_inspected, read_listed
from pratique.kit.http import HttpStatus, Response
from pratique.model.workload import Workload

PAUSE_S = 30.0
SOONEST_S = 0.2
MOST_LOOKED_AT = 512
"""Containers looked at at once; the others are looked at the next time."""
_MOST_BYTES = 8 << 20
_ROOT = "http://localhost/v1.41/containers"


class Asks(Protocol):
    """A client for HTTP that leads to the daemon's socket; see ``kit.http.Http``."""

    def request(self, method: str, url: str, *, max_bytes: int) -> Response:
        """Return a whole answer."""

    def close(self) -> None:
        """Close the connections."""


class DockerServer:
    """The daemon behind a socket; a ``workloads.asking.Server``."""

    name = "docker"
    pause_s = PAUSE_S
    soonest_s = SOONEST_S

    def __init__(self, http: Asks) -> None:
        self._http = http
        self._known: dict[str, Workload] = {}

    def ask(self) -> Sequence[Workload]:
        """
        Return the containers that run.

        Raises:
            HttpError: the daemon does not answer.
            FormatError: its answer is not of its interface.
        """
        ids = read_listed(self._answer(f"{_ROOT}/json"))
        self._known = {one: self._known[one] for one in ids if one in self._known}
        for identity in [one for one in ids if one not in self._known][:MOST_LOOKED_AT]:
            try:
                content = self._answer(f"{_ROOT}/{identity}/json")
            except HttpStatus as error:
                if error.status != 404:  # it went meanwhile
                    raise
                continue
            self._known[identity] = _workload(read_inspected(content))
        return tuple(self._known.values())

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _answer(self, url: str) -> bytes:
        return self._http.request("GET", url, max_bytes=_MOST_BYTES).body


def _workload(told: DockerContainer) -> Workload:
    return Workload(
        id=told.id,
        engine="",
        name=told.name,
        image=told.image,
        image_id=told.image_digest,
        labels=told.labels,
        privileged=told.privileged,
        mounts=told.mounts,
        upper=told.upper,
        merged=told.merged,
        init_pid=told.pid,
        complete=bool(told.image_digest),
    )
