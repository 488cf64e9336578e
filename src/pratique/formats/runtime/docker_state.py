"""
Read what Docker keeps of a container: ``config.v2.json``, ``hostconfig.json``, ``repositories.json``.

``Image`` is the digest of the image's config, or of its manifest where Docker keeps its images in
containerd; ``repositories.json`` tells the manifest's for the former, where the image was pulled.
Source: https://github.com/moby/moby, ``daemon/container/container.go``, ``daemon/images/store``.
"""

from msgspec import Struct, field

from pratique.formats.image.json_document import decode_document
from pratique.formats.runtime.bundle import MOST_CHARACTERS, MOST_MOUNTS, bounded_pairs
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.workload import BindMount


class DockerContainer(Struct, frozen=True, kw_only=True):
    """A container as Docker describes it; ``image_digest`` is what its ``Image`` says."""

    id: str
    name: str = ""
    image: str = ""
    image_digest: str = ""
    manifest_digest: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    mounts: tuple[BindMount, ...] = ()
    driver: str = ""
    pid: int = 0
    running: bool = False
    privileged: bool = False
    upper: str = ""
    merged: str = ""


def read_container(content: bytes, limits: Limits = DEFAULT) -> DockerContainer:
    """
    Return what a ``config.v2.json`` says.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.
    """
    wire = decode_document(content, _Container, limits)
    config, state = wire.config or _Config(), wire.state or _State()
    points = list((wire.mount_points or {}).values())[:MOST_MOUNTS]
    return DockerContainer(
        id=wire.id,
        name=wire.name.removeprefix("/"),
        image=config.image,
        image_digest=wire.image,
        manifest_digest=wire.manifest.digest if wire.manifest else "",
        labels=bounded_pairs(config.labels or {}),
        mounts=tuple(map(_mount, points)),
        driver=wire.driver,
        pid=state.pid,
        running=state.running,
    )


def read_privileged(content: bytes, limits: Limits = DEFAULT) -> bool:
    """
    Return whether a ``hostconfig.json`` says that the container is privileged.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.

    >>> read_privileged(b'{"Privileged": true}')
    True
    """
    return decode_document(content, _HostConfig, limits).privileged


def read_repositories(content: bytes, limits: Limits = DEFAULT) -> dict[str, str]:
    """
    Return the manifest's digest by the config's, from ``repositories.json``.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.

    >>> read_repositories(b'{"Repositories": {"a": {"a:1": "sha256:c", "a@sha256:m": "sha256:c"}}}')
    {'sha256:c': 'sha256:m'}
    """
    found: dict[str, str] = {}
    for names in decode_document(content, _Repositories, limits).repositories.values():
        for name, config in names.items():
            _, at, digest = name.partition("@")
            if at:
                found.setdefault(config, digest)
    return found


def read_listed(content: bytes, limits: Limits = DEFAULT) -> tuple[str, ...]:
    """
    Return the ids of the containers of an answer to ``GET /containers/json``.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.

    >>> read_listed(b'[{"Id": "a1"}]')
    ('a1',)
    """
    return tuple(one.id for one in decode_document(content, list[_Listed], limits))


def read_inspected(content: bytes, limits: Limits = DEFAULT) -> DockerContainer:
    """
    Return what an answer to ``GET /containers/ID/json`` says (Docker Engine API v1.41).

    Raises:
        FormatError: no JSON, wrong types, or over a limit.
    """
    wire = decode_document(content, _Inspected, limits)
    config, state = wire.config or _Config(), wire.state or _State()
    layers = (wire.graph_driver or _GraphDriver()).data or {}
    return DockerContainer(
        id=wire.id,
        name=wire.name.removeprefix("/"),
        image=config.image,
        image_digest=wire.image,
        labels=bounded_pairs(config.labels or {}),
        mounts=tuple(map(_mount, (wire.mounts or [])[:MOST_MOUNTS])),
        driver=wire.driver,
        pid=state.pid,
        running=state.running,
        privileged=bool(wire.host_config and wire.host_config.privileged),
        upper=layers.get("UpperDir") or "",
        merged=layers.get("MergedDir") or "",
    )


def _mount(point: "_MountPoint") -> BindMount:
    return BindMount(
        source=point.source[:MOST_CHARACTERS],
        destination=point.destination[:MOST_CHARACTERS],
        writable=point.writable,
    )


class _Config(Struct, rename="pascal"):
    image: str = ""
    labels: dict[str, str] | None = None


class _State(Struct, rename="pascal"):
    pid: int = 0
    running: bool = False


class _MountPoint(Struct, rename="pascal"):
    source: str = ""
    destination: str = ""
    writable: bool = field(name="RW", default=True)


class _Manifest(Struct):
    digest: str = ""


class _Container(Struct, rename="pascal"):
    id: str = field(name="ID")
    name: str = ""
    image: str = ""
    driver: str = ""
    config: _Config | None = None
    state: _State | None = None
    mount_points: dict[str, _MountPoint] | None = None
    manifest: _Manifest | None = field(name="ImageManifest", default=None)


class _HostConfig(Struct, rename="pascal"):
    privileged: bool = False


class _Listed(Struct, rename="pascal"):
    id: str


class _GraphDriver(Struct, rename="pascal"):
    data: dict[str, str | None] | None = None


class _Inspected(Struct, rename="pascal"):
    id: str
    name: str = ""
    image: str = ""
    driver: str = ""
    config: _Config | None = None
    state: _State | None = None
    mounts: list[_MountPoint] | None = None
    host_config: _HostConfig | None = None
    graph_driver: _GraphDriver | None = None


class _Repositories(Struct, rename="pascal"):
    repositories: dict[str, dict[str, str]] = {}
