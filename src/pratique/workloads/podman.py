"""
Podman: containers of the system and of users without root.

Names, images and mounts are read from containers/storage and the container's bundle, labels from
Podman's own database (bolt for version 4, SQLite for 5), the first process from its pid file. No
service is asked and none need run. Events: the log that ``events_logger = "file"`` writes is
followed; with another logger the births and deaths of control groups tell the same.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from pratique.formats.runtime.containers_storage import Places
from pratique.formats.runtime.engine_events import read_podman
from pratique.formats.runtime.libpod import LibpodContainer, find_in_bolt, read_libpod
from pratique.model.errors import FormatError
from pratique.model.workload import Workload
from pratique.workloads import runc
from pratique.workloads._names import first, pattern
from pratique.workloads._storage import Stored, everything, find, find_in
from pratique.workloads._tail import LogFollower
from pratique.workloads.interface import Found, HostView

NAME = "podman"
TITLE = "Podman, with and without root"
FOLLOWS = "the event log of events_logger = file"

_OWN = pattern("libpod")
_LOG = "/run/libpod/events/events.log"
_QUERY = "SELECT JSON FROM ContainerConfig WHERE ID = ?"
_TRIES = 3
"""How often the database is read at once: it may be written to in the middle of a reading."""
_MANAGER = "io.container.manager"


def claims(path: str) -> str:
    """
    Return the container id in a control group's path; Podman's own conmon is none.

    >>> claims("/libpod_parent/libpod-" + "a" * 64 + "/container") == "a" * 64
    True
    >>> claims("/machine.slice/libpod-conmon-" + "a" * 64 + ".scope")
    ''
    """
    return first(_OWN, path)


def containers(host: HostView) -> Iterator[Found]:
    """Yield the containers of all storages that Podman runs."""
    for one in everything(host):
        if one.bundle and one.bundle.annotations.get(_MANAGER, "libpod") == "libpod":
            yield Found(_workload(host, one))


def describe(host: HostView, identity: str, path: str) -> Workload | None:
    """Return what is known now of one container."""
    found = find(host, identity, path) or _elsewhere(host, identity)
    return _workload(host, found) if found else None


def follow(host: HostView) -> LogFollower:
    """Return what follows the event log."""
    return LogFollower(host, _LOG, read_podman)


def _elsewhere(host: HostView, identity: str) -> Stored | None:
    """Return a container of a storage that no configuration names, where its runtime knows it."""
    known = runc.describe(host, identity, "")
    if known is None:
        return None
    graph, overlay, _ = known.merged.partition("/overlay/")
    found = find_in(host, Places(graph, ""), identity) if overlay else None
    return replace(found, pid=known.init_pid) if found else None


def _workload(host: HostView, found: Stored) -> Workload:
    told = next(filter(None, (_told(host, found) for _ in range(_TRIES))), None)
    is_told = told is not None
    told = told or LibpodContainer()
    # The storage calls a container that has no image by its id.
    name = found.container.name if found.container.name != found.container.id else ""
    bundle = found.bundle
    return Workload(
        id=found.container.id,
        engine=NAME,
        name=told.name or name,
        image=told.image or found.container.image,
        digest=found.digest,
        image_id=found.image_id,
        labels=told.labels,
        privileged=told.privileged or bool(bundle and bundle.privileged),
        mounts=bundle.mounts if bundle else (),
        upper=found.upper,
        merged=found.merged,
        init_pid=found.pid,
        complete=bundle is not None and bool(is_told or name),
    )


def _told(host: HostView, found: Stored) -> LibpodContainer | None:
    """Return what Podman's database says; None where it has another form or is being written."""
    graph, identity = found.places.graph, found.container.id
    content: object = None
    for row in host.query(f"{graph}/db.sql", _QUERY, (identity,)):
        content = row[0]
    try:
        if content is None:
            with host.opened(f"{graph}/libpod/bolt_state.db") as read:
                content = find_in_bolt(read, identity) if read else None
        if isinstance(content, str):
            content = content.encode()
        return read_libpod(content) if isinstance(content, bytes) else None
    except FormatError:
        return None
