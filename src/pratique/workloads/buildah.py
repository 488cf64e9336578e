"""
Buildah: the steps of a build that runs now.

A step is a container of its own for as long as it runs, with a control group called
``buildah-buildahNUMBER``; its runtime's state tells its first process and root. It has no image
yet: that is what it makes. Events: the births and deaths of control groups.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from pratique.model.workload import Workload
from pratique.workloads import crun, runc
from pratique.workloads._names import first
from pratique.workloads.interface import Found, HostView

NAME = "buildah"
TITLE = "Buildah's and Podman's builds"
FOLLOWS = "nothing; control groups tell"

_OWN = re.compile(r"(buildah-buildah[0-9]{1,20})(?:\.scope)?")


def claims(path: str) -> str:
    """
    Return the container id in a control group's path.

    >>> claims("/buildah-buildah447773838")
    'buildah-buildah447773838'
    """
    return first(_OWN, path)


def containers(host: HostView) -> Iterator[Found]:
    """Yield nothing: the runtime's state lists them."""
    yield from ()


def describe(host: HostView, identity: str, path: str) -> Workload | None:
    """Return what the runtime knows of a step."""
    for known in (runc.describe, crun.describe):
        found = known(host, identity, path)
        if found is not None:
            return replace(found, engine=NAME)
    return None


def follow(host: HostView) -> None:
    """Return nothing: there is nothing to follow."""
