"""Describe a container by what a low-level runtime and its bundle know: all but the image."""

import re

from pratique.formats.runtime.bundle import Bundle, read_bundle
from pratique.formats.runtime.runtime_state import RuntimeState
from pratique.model.errors import FormatError
from pratique.model.workload import Workload
from pratique.workloads._mounts import upper_of_container
from pratique.workloads._names import ANY_ID
from pratique.workloads.interface import HostView


def scope(runtime: str) -> re.Pattern[str]:
    """Return what matches the scope that a runtime asks systemd for by default."""
    return re.compile(rf"{runtime}-({ANY_ID})\.scope")


def claimed(wanted: re.Pattern[str], path: str) -> str:
    """Return the id in the first part of a path that is such a scope, or nothing."""
    for part in path.split("/"):
        found = wanted.fullmatch(part)
        if found:
            return found[1]
    return ""


def workload(host: HostView, engine: str, state: RuntimeState) -> Workload:
    """Return the container; its image is unknown to a runtime, so its name stands alone."""
    bundle = _bundle(host, state.bundle)
    annotations = bundle.annotations
    return Workload(
        id=state.id,
        engine=engine,
        name=annotations.get("io.kubernetes.container.name", "") or state.id[:64],
        image=annotations.get("org.opencontainers.image.ref.name", ""),
        privileged=bundle.privileged,
        mounts=bundle.mounts,
        upper=upper_of_container(host, state.pid, state.root),
        merged=state.root,
        init_pid=state.pid,
    )


def _bundle(host: HostView, folder: str) -> Bundle:
    content = host.read(f"{folder}/config.json") if folder.startswith("/") else None
    if content is None:
        return Bundle()
    try:
        return read_bundle(content)
    except FormatError:
        return Bundle()
