"""
Be called by a container runtime before a container's first program runs, so that none runs unguarded.

The runtime calls the hook with the container's state on standard input, in its own mount namespace; the
bundle names the container's root, and its overlay the writable folder. Whether a container starts when the
gate does not answer is the installer's choice: ``--on-failure open`` or ``closed``.
Source: OCI runtime specification 1.1 (hooks, createRuntime; state), oci-hooks(5) of containers/common.
"""

import json
from pathlib import Path

import msgspec
from msgspec import Struct

from pratique.formats.documents.json import parse_json
from pratique.formats.runtime.mountinfo import read_mounts
from pratique.model.errors import CapabilityError, FormatError, TargetError
from pratique.responses.fanotify_gate import SOCKET
from pratique.responses.node import read_bounded

FILE_NAME = "pratique.json"
FOLDERS = (Path("/etc/containers/oci/hooks.d"), Path("/usr/share/containers/oci/hooks.d"))
"""Where Podman and CRI-O look; the first is the administrator's."""
MAX_BYTES = 4 << 20
_MOST_MOUNTS = 8 << 20


class State(Struct, frozen=True):
    """What the runtime says of the container."""

    id: str
    bundle: str
    pid: int = 0


class _Root(Struct, frozen=True):
    path: str


class _Bundle(Struct, frozen=True):
    root: _Root


class Place(Struct, frozen=True):
    """Where a container's files lie on the node."""

    root: str
    upper: str


def hook_file(program: Path, *, on_failure: str = "open", socket: Path = SOCKET) -> str:
    """
    Return the file that makes Podman and CRI-O call the hook for every container.

    >>> json.loads(hook_file(Path("/usr/bin/pratique")))["stages"]
    ['createRuntime']
    """
    arguments = ["pratique", "respond", "mark", "--on-failure", on_failure, "--socket", str(socket)]
    hook = {
        "version": "1.0.0",
        "hook": {"path": str(program), "args": arguments, "timeout": 20},
        "when": {"always": True},
        "stages": ["createRuntime"],
    }
    return json.dumps(hook, indent=2) + "\n"


def read_state(content: bytes) -> State:
    """
    Return the state that a runtime hands to its hooks.

    Raises:
        TargetError: it is none.
    """
    try:
        return parse_json(content, State)
    except FormatError as error:
        raise TargetError(
            f"no state of a container on standard input: {error}",
            hint="a container runtime calls this; see `pratique respond hook`",
        ) from None


def place_of(state: State, mounts: Path = Path("/proc/self/mountinfo")) -> Place:
    """
    Return where a container's root and writable folder are.

    Raises:
        TargetError: the bundle does not say.
        CapabilityError: the root is no overlay.
    """
    bundle = Path(state.bundle)
    try:
        root = parse_json(read_bounded(bundle / "config.json", MAX_BYTES), _Bundle).root.path
    except (FormatError, msgspec.MsgspecError) as error:
        raise TargetError(f"{bundle} is no bundle of a container: {error}") from None
    whole = str(bundle / root)
    for mount in read_mounts(read_bounded(mounts, _MOST_MOUNTS)):
        if mount.kind == "overlay" and mount.point == whole and mount.option("upperdir"):
            return Place(whole, mount.option("upperdir"))
    raise CapabilityError(f"the root {whole} is no overlay", hint="use the overlay storage driver")
