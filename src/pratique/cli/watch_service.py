"""Tell the supervisor that a watch is ready, once a second that it goes on, and that it stops."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pratique.kit.supervisor import Supervisor

if TYPE_CHECKING:
    from pratique.pipelines.watch_node import NodeWatch


@contextmanager
def as_service(
    supervisor: Supervisor, node: "NodeWatch", summary: Callable[["NodeWatch"], str]
) -> Iterator[None]:
    """Tell that the watch is ready, then once a second that it goes on, and that it stops."""
    if not supervisor.listens:
        yield
        return
    # From the thread that judges events: a watch that hangs is silent, and is started anew.
    node.each_tick.append(lambda: supervisor.alive(summary(node)))
    supervisor.ready(summary(node))
    try:
        yield
    finally:
        supervisor.stopping()
