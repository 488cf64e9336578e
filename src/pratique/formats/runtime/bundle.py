"""
Read an OCI runtime bundle's ``config.json``: what a runtime was told to run.

Law: labels, annotations and mounts are the engine's words, bounded in number and length; what a
bundle does not say is empty. ``privileged`` is true where an engine says so, or where the bundle
gives all capabilities and hides nothing of the kernel's files, which is what the word means.
Source: OCI runtime-spec v1.1 (config.md, config-linux.md).
"""

from collections.abc import Mapping

from msgspec import Struct

from pratique.formats.image.json_document import decode_document
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.workload import BindMount

MOST_PAIRS = 256
MOST_MOUNTS = 256
MOST_CHARACTERS = 4096
_ALL_CAPABILITIES = 37
"""Fewer than any kernel of these years has, more than any default profile gives."""
_SAYS_PRIVILEGED = (
    "io.podman.annotations.privileged",
    "io.kubernetes.cri-o.PrivilegedRuntime",
)


class Bundle(Struct, frozen=True, kw_only=True):
    """What a bundle says; ``root`` and ``cgroup`` are as written there."""

    root: str = ""
    cgroup: str = ""
    annotations: dict[str, str] = {}
    mounts: tuple[BindMount, ...] = ()
    privileged: bool = False


def read_bundle(content: bytes, limits: Limits = DEFAULT) -> Bundle:
    """
    Return what a ``config.json`` says.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.

    >>> read_bundle(b'{"root": {"path": "rootfs"}, "linux": {"cgroupsPath": "/a"}}').cgroup
    '/a'
    """
    wire = decode_document(content, _Config, limits)
    linux = wire.linux or _Linux()
    annotations = dict(bounded_pairs(wire.annotations or {}))
    return Bundle(
        root=wire.root.path if wire.root else "",
        cgroup=linux.cgroups_path,
        annotations=annotations,
        mounts=tuple(_bind(one) for one in (wire.mounts or ()) if _is_bind(one))[:MOST_MOUNTS],
        privileged=_is_privileged(wire, linux, annotations),
    )


def bounded_pairs(pairs: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """
    Return labels or annotations sorted, the first ``MOST_PAIRS``, each text cut.

    >>> bounded_pairs({"b": "2", "a": "1"})
    (('a', '1'), ('b', '2'))
    """
    chosen = sorted(pairs.items())[:MOST_PAIRS]
    return tuple((key[:MOST_CHARACTERS], value[:MOST_CHARACTERS]) for key, value in chosen)


def _is_privileged(wire: "_Config", linux: "_Linux", annotations: Mapping[str, str]) -> bool:
    if any(annotations.get(name, "").lower() == "true" for name in _SAYS_PRIVILEGED):
        return True
    given = wire.process.capabilities if wire.process else None
    bounding = given.bounding if given else None
    return len(set(bounding or ())) >= _ALL_CAPABILITIES and not linux.masked_paths


def _is_bind(mount: "_Mount") -> bool:
    options = mount.options or []
    return mount.type == "bind" or "bind" in options or "rbind" in options


def _bind(mount: "_Mount") -> BindMount:
    return BindMount(
        source=mount.source[:MOST_CHARACTERS],
        destination=mount.destination[:MOST_CHARACTERS],
        writable="ro" not in (mount.options or []),
    )


class _Root(Struct):
    path: str = ""


class _Capabilities(Struct):
    bounding: list[str] | None = None


class _Process(Struct):
    capabilities: _Capabilities | None = None


class _Mount(Struct):
    destination: str = ""
    type: str | None = None
    source: str = ""
    options: list[str] | None = None


class _Linux(Struct, rename="camel"):
    cgroups_path: str = ""
    masked_paths: list[str] | None = None


class _Config(Struct):
    root: _Root | None = None
    process: _Process | None = None
    mounts: list[_Mount] | None = None
    annotations: dict[str, str] | None = None
    linux: _Linux | None = None
