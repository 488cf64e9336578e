"""
Look containers up in containers/storage, which Podman, CRI-O and Buildah share.

A node has the system's storage and one of each user that runs Podman without root; where they lie
is settled by ``storage.conf``, as the engines themselves read it. A control group below
``user-1000.slice`` is looked up in that user's storage first.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from pratique.formats.accounts import read_passwd
from pratique.formats.runtime.bundle import Bundle, read_bundle
from pratique.formats.runtime.containers_storage import (
    Places,
    StoredContainer,
    read_containers,
    read_images,
    read_places,
)
from pratique.model.errors import FormatError
from pratique.workloads.interface import HostView

SYSTEM = Places("/var/lib/containers/storage", "/run/containers/storage")
MOST_STORAGES = 64
_FIRST_USER = 1000
_accounts = lru_cache(maxsize=2)(read_passwd)
"""A container that no storage knows is looked for several times a second."""
_USER_SLICE = re.compile(r"/user-([0-9]{1,10})\.slice(?:/|$)")


class Stored(Struct, frozen=True, kw_only=True):
    """
    A container of a storage: digests are empty where the storage does not know them.

    ``bundle`` is None while the engine has not written it.
    """

    container: StoredContainer
    places: Places
    digest: str = ""
    bundle: Bundle | None = None
    pid: int = 0

    @property
    def image_id(self) -> str:
        """Return the digest of the image's config."""
        return f"sha256:{self.container.image_id}" if self.container.image_id else ""

    @property
    def upper(self) -> str:
        """Return the writable folder of its overlay."""
        return f"{self.places.graph}/overlay/{self.container.layer}/diff"

    @property
    def merged(self) -> str:
        """Return where its root is mounted, as the bundle or the layout of overlays says."""
        if self.bundle and self.bundle.root:
            return self.bundle.root
        return f"{self.places.graph}/overlay/{self.container.layer}/merged"


def find(host: HostView, identity: str, path: str = "") -> Stored | None:
    """Return a container by its id, from the storage that holds it."""
    for places in storages(host, path):
        found = find_in(host, places, identity)
        if found is not None:
            return found
    return None


def find_in(host: HostView, places: Places, identity: str) -> Stored | None:
    """Return a container of one storage by its id; the list is read only if it has a folder there."""
    folders = (f"{root}/overlay-containers/{identity}" for root in (places.graph, places.run))
    if not any(map(host.inode, folders)):
        return None
    for container in listed(host, places):
        if container.id == identity:
            return stored(host, places, container, images(host, places))
    return None


def everything(host: HostView) -> Iterator[Stored]:
    """Yield the containers of all storages."""
    for places in storages(host):
        known = images(host, places)
        for container in listed(host, places):
            yield stored(host, places, container, known)


def stored(
    host: HostView, places: Places, container: StoredContainer, digests: dict[str, str]
) -> Stored:
    """Return a container with what its bundle says."""
    inside = f"overlay-containers/{container.id}/userdata"
    bundle = None
    for root in (places.run, places.graph):  # CRI-O keeps it in the former, Podman in the latter
        content = host.read(f"{root}/{inside}/config.json")
        if content is not None:
            bundle = _understood(content)
            break
    return Stored(
        container=container,
        places=places,
        digest=digests.get(container.image_id, ""),
        bundle=bundle,
        pid=_number(host.read(f"{places.run}/{inside}/pidfile", 64)),
    )


def storages(host: HostView, path: str = "") -> tuple[Places, ...]:
    """Return where storages lie: the user's first whose control group ``path`` is."""
    named = host.environ.get("CONTAINERS_STORAGE_CONF", "")
    found = [_configured(host, (named,), SYSTEM)] if named else []
    files = ("/usr/share/containers/storage.conf", "/etc/containers/storage.conf")
    found.append(_configured(host, files, SYSTEM))
    owner = _USER_SLICE.search(path)
    for account in _accounts(host.read("/etc/passwd", 1 << 20) or b""):
        if account.uid < _FIRST_USER or not account.home.startswith("/"):
            continue
        if owner and int(owner[1]) != account.uid:
            continue
        own = Places(
            f"{account.home}/.local/share/containers/storage", f"/run/user/{account.uid}/containers"
        )
        places = _configured(host, (f"{account.home}/.config/containers/storage.conf",), own)
        if host.inode(places.graph):
            found.append(places)
            if owner:
                return (places, *found[:-1])
    return tuple(dict.fromkeys(found))[:MOST_STORAGES]


def listed(host: HostView, places: Places) -> tuple[StoredContainer, ...]:
    """Return the containers of one storage, with those that are gone after a restart."""
    found: list[StoredContainer] = []
    for root, name in (
        (places.graph, "containers.json"),
        (places.run, "volatile-containers.json"),
    ):
        content = host.read(f"{root}/overlay-containers/{name}")
        if content is not None:
            try:
                found += read_containers(content)
            except FormatError:  # being written: the next look finds it whole
                continue
    return tuple(found)


def images(host: HostView, places: Places) -> dict[str, str]:
    """Return the manifest digests of a storage by image id."""
    content = host.read(f"{places.graph}/overlay-images/images.json")
    try:
        return read_images(content) if content is not None else {}
    except FormatError:
        return {}


def _configured(host: HostView, files: tuple[str, ...], default: Places) -> Places:
    for file in files:
        content = host.read(file, 1 << 20)
        if content is None:
            continue
        try:
            told = read_places(content)
        except FormatError:
            continue
        default = Places(told.graph or default.graph, told.run or default.run)
    return default


def _understood(content: bytes) -> Bundle | None:
    try:
        return read_bundle(content)
    except FormatError:
        return None


def _number(content: bytes | None) -> int:
    text = (content or b"").strip()
    return int(text) if text.isdigit() and len(text) < 11 else 0
