"""Run ``pratique watch`` as people do, in a process of its own, and read what it tells."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from msgspec import Struct

from tests.e2e.engines import wait_for

COMMAND = (sys.executable, "-m", "pratique", "watch")
GRAVE = ("Emergency", "Alert", "Critical", "Error")
"""The one threshold of all figures: Error or graver."""


class Told(Struct, frozen=True):
    """An alert or incident as it stood in the output, and when it came."""

    said: Mapping[str, Any]
    arrived_ns: int

    @property
    def rule(self) -> str:
        """Return the rule or sequence that says it."""
        return str(self.said["rule"])

    @property
    def is_grave(self) -> bool:
        """Return whether it counts."""
        return self.said["priority"] in GRAVE

    @property
    def container(self) -> str:
        """Return the container's id, empty for the node's own."""
        return _container(self.said)

    def rules_of(self, container: str, *, grave: bool) -> set[str]:
        """Return the rules that it names for a container: its own, and those of a story's alerts."""
        told = (*self.said.get("story", ()), self.said)
        return {
            one["rule"]
            for one in told
            if _container(one) == container and (one["priority"] in GRAVE) is grave
        }

    @property
    def is_alert(self) -> bool:
        """Return whether it is an alert, not an incident."""
        return str(self.said["schema"]).startswith("pratique.alert")


class Watcher:
    """
    A running watch in an environment (where the store and podman's are); what it tells lies in ``told``, what it says of itself in ``remarks``.

    Use as a context manager: begins when the sensor is attached, ends with everything told.
    """

    def __init__(
        self, environ: Mapping[str, str], *options: str, command: Sequence[str] = COMMAND
    ) -> None:
        self.told: list[Told] = []
        self.remarks: list[str] = []
        self._command = [*command, "-o", "json", *options]
        self._environ = dict(environ)
        self._readers: list[threading.Thread] = []

    def __enter__(self) -> Self:
        """Start it and wait until it watches."""
        pipe = subprocess.PIPE
        self.running = subprocess.Popen(
            self._command, stdout=pipe, stderr=pipe, env=self._environ, text=True
        )
        for take in (self._take_told, self._take_remarks):
            reader = threading.Thread(target=take, daemon=True)
            reader.start()
            self._readers.append(reader)
        wait_for("pratique watch", self._watches)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it as Ctrl-C does, and read the rest."""
        self.stop()

    def stop(self) -> int:
        """Ask it to end, wait for the rest of what it tells, and return its exit code."""
        if self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
        try:
            code = self.running.wait(30)
        finally:
            self.kill()
        return code

    def kill(self) -> None:
        """End it at once, as a crash does, and read the rest of what it told."""
        self.running.kill()
        self.running.wait()
        for reader in self._readers:
            reader.join(10)
        for pipe in (self.running.stdout, self.running.stderr):
            if pipe is not None:
                pipe.close()

    def rules_of(self, container: str, *, grave: bool = True) -> tuple[str, ...]:
        """Return the rules and sequences that it named for a container."""
        told = tuple(self.told)
        return tuple(
            sorted({rule for one in told for rule in one.rules_of(container, grave=grave)})
        )

    def said(self, words: str) -> bool:
        """Return whether it remarked on something."""
        return any(words in line for line in tuple(self.remarks))

    def _watches(self) -> bool:
        if self.running.poll() is not None:
            raise AssertionError(f"pratique watch ended: {self.remarks}")
        return self.said("watching")

    def _take_told(self) -> None:
        assert self.running.stdout is not None
        for line in self.running.stdout:
            self.told.append(Told(json.loads(line), time.time_ns()))

    def _take_remarks(self) -> None:
        assert self.running.stderr is not None
        for line in self.running.stderr:
            self.remarks.append(line.rstrip())


def _container(said: Mapping[str, Any]) -> str:
    return str((said.get("container") or {}).get("id", ""))
