"""
Ask a container's engine to pause or stop it, or do the same without the engine.

Docker and Podman are asked over their sockets, so that they know what became of their container.
Where there is no such socket (Podman without its service, containerd, CRI-O) the container's control
group is frozen, or its first process is sent SIGTERM and, after the grace, SIGKILL, which ends
everything in the container; the engine then sees a container that was killed.
Source: Docker Engine API v1.41 (``POST /containers/{id}/pause``, ``/stop``), which Podman serves too.
"""

import os
import select
import signal
from collections.abc import Mapping
from pathlib import Path

from pratique.kit.http_errors import HttpError, HttpStatus
from pratique.model.workload import Workload
from pratique.responses._freezer import freeze
from pratique.responses.interface import Unable
from pratique.responses.node import Node

SOCKETS = {
    "docker": Path("/var/run/docker.sock"),
    "podman": Path("/run/podman/podman.sock"),
}
_API = "http://engine"
_TIMEOUT_S = 15.0
_MAX_ANSWER = 64 << 10
_END_S = 5.0
_DONE_ALREADY, _PAUSED = 304, b"already paused"


class Engines:
    """Engines over their sockets; control groups and signals where they have none."""

    def __init__(
        self,
        *,
        environ: Mapping[str, str],
        sockets: Mapping[str, Path] = SOCKETS,
        node: Node | None = None,
    ) -> None:
        self._environ, self._sockets, self._node = environ, sockets, node or Node()

    def pause(self, workload: Workload) -> str:
        """
        Stop a container where it stands.

        Raises:
            Unable: neither the engine nor the control group does it.
        """
        if self._socket(workload):
            self._post(workload, "pause")
            return f"paused by {workload.engine}"
        return "frozen " + freeze(self._node, workload.init_pid, workload.id)

    def stop(self, workload: Workload, grace_s: float) -> str:
        """
        End a container.

        Raises:
            Unable: it cannot be ended.
        """
        if self._socket(workload):
            self._post(workload, f"stop?t={round(grace_s)}")
            return f"stopped by {workload.engine}"
        return self._end(workload, grace_s)

    def _socket(self, workload: Workload) -> Path | None:
        place = self._sockets.get(workload.engine)
        return place if place is not None and place.is_socket() else None

    def _post(self, workload: Workload, what: str) -> None:
        from pratique.kit.http import Backoff, Http  # httpx: only when an engine is asked

        if not workload.id.isalnum():
            raise Unable("the container's id is none")
        with Http(
            environ=self._environ,
            timeout_s=_TIMEOUT_S,
            unix_socket=self._socket(workload),
            backoff=Backoff(retries=0),
        ) as http:
            try:
                http.request(
                    "POST", f"{_API}/containers/{workload.id}/{what}", max_bytes=_MAX_ANSWER
                )
            except HttpStatus as error:
                if error.status != _DONE_ALREADY and _PAUSED not in error.body:
                    raise Unable(f"{workload.engine} answers {error.status}") from None
            except HttpError as error:
                raise Unable(f"{workload.engine}: {error}") from None

    def _end(self, workload: Workload, grace_s: float) -> str:
        """End the first process, by a descriptor so that it cannot be another's by then."""
        try:
            descriptor = os.pidfd_open(workload.init_pid)
        except (OSError, ValueError):
            raise Unable("the container's first process is gone or not known") from None
        try:
            running = self._node.running(workload.init_pid)
            if running is None or not running.belongs_to(workload.id):
                raise Unable("the first process that is known is not the container's")
            for number, patience_s in ((signal.SIGTERM, grace_s), (signal.SIGKILL, _END_S)):
                signal.pidfd_send_signal(descriptor, number)
                if select.select([descriptor], [], [], patience_s)[0]:
                    return f"its first process was ended ({number.name})"
        except ProcessLookupError:
            return "its first process has ended"
        finally:
            os.close(descriptor)
        raise Unable("its first process did not end")
