"""
Know the containers of one engine: the one interface of this folder.

An engine is a module with ``NAME`` and ``TITLE``. It knows the names that its control groups bear
(``claims``), reads its own state (``containers``), and follows its events where it has a stream.
Reading an engine never starts anything and never writes.
"""

from collections.abc import Iterator
from typing import Protocol

from pratique.model.workload import Workload


class Engine(Protocol):
    """One container engine or orchestrator."""

    NAME: str
    TITLE: str

    def claims(self, path: str) -> str:
        """Return the container id in a control group's path, or nothing if it is not its own."""

    def containers(self) -> Iterator[Workload]:
        """Yield what the engine's own state says; raises nothing for a container that just went."""
