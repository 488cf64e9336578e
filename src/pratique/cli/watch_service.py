"""Keep the manager of services informed while a watch runs: ready, a sign of life each second, the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pratique.kit.service_manager import ServiceManager

if TYPE_CHECKING:
    from pratique.pipelines.watch_node import NodeWatch


@contextmanager
def as_service(
    manager: ServiceManager, node: "NodeWatch", summary: Callable[["NodeWatch"], str]
) -> Iterator[None]:
    """Tell that the watch is ready, then once a second that it goes on, and that it stops."""
    if not manager.listens:
        yield
        return
    # From the thread that judges events: a watch that hangs is silent, and is started anew.
    node.each_tick.append(lambda: manager.alive(summary(node)))
    manager.ready(summary(node))
    try:
        yield
    finally:
        manager.stopping()
