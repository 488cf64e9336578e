"""
Read what Podman keeps of a container beside the storage: its labels and its image.

Podman 4 keeps it in a bolt database (``bolt_state.db``, bucket ``ctr``), Podman 5 in an SQLite one
(``db.sql``, table ``ContainerConfig``); the JSON inside is the same. Reading SQLite is I/O and
stands in ``workloads``. Source: https://github.com/containers/podman, ``libpod/container_config.go``,
``libpod/boltdb_state_internal.go``, ``libpod/sqlite_state_internal.go``.
"""

from msgspec import Struct, field

from pratique.formats.bolt import Bolt, ReadAt
from pratique.formats.image.json_document import decode_document
from pratique.formats.runtime.bundle import bounded_pairs
from pratique.kit.limits import DEFAULT, Limits


class LibpodContainer(Struct, frozen=True, kw_only=True):
    """A container as Podman describes it; ``image_id`` is bare hexadecimal."""

    name: str = ""
    image: str = ""
    image_id: str = ""
    pod_id: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    privileged: bool = False


def read_libpod(content: bytes, limits: Limits = DEFAULT) -> LibpodContainer:
    """
    Return what the configuration of one container says.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.

    >>> read_libpod(b'{"name": "web", "labels": {"a": "1"}}').labels
    (('a', '1'),)
    """
    wire = decode_document(content, _Config, limits)
    return LibpodContainer(
        name=wire.name,
        image=wire.image_name or wire.raw_image_name,
        image_id=wire.image_id,
        pod_id=wire.pod,
        labels=bounded_pairs(wire.labels or {}),
        privileged=wire.privileged,
    )


def find_in_bolt(read: ReadAt, identity: str) -> bytes | None:
    """
    Return the configuration of a container in a bolt database, None where it is not there.

    Raises:
        FormatError: no such database, or it is damaged.
    """
    bucket = Bolt(read).root.bucket(b"ctr", identity.encode())
    return bucket.get(b"config") if bucket else None


class _Config(Struct):
    name: str = ""
    image_name: str = field(name="rootfsImageName", default="")
    raw_image_name: str = field(name="RawImageName", default="")
    image_id: str = field(name="rootfsImageID", default="")
    pod: str = ""
    labels: dict[str, str] | None = None
    privileged: bool = False
