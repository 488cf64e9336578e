"""
Read what containerd's metadata says of a container: its image, its labels.

``meta.db`` maps ``v1/NAMESPACE/containers/ID`` to the image's name, and ``v1/NAMESPACE/images/NAME``
to the digest that the name stood for. That digest may be an index's: whoever has the content
store chooses the manifest. Source: containerd ``core/metadata/buckets.go`` (schema v1).
"""

from msgspec import Struct

from pratique.formats.bolt import Bolt, Bucket
from pratique.formats.runtime.bundle import MOST_PAIRS, bounded_pairs

_SCHEMA = b"v1"


class ContainerdContainer(Struct, frozen=True, kw_only=True):
    """A container as containerd describes it; ``target`` is the digest of its image's name."""

    image: str = ""
    target: str = ""
    labels: tuple[tuple[str, str], ...] = ()


def find_container(bolt: Bolt, namespace: str, identity: str) -> ContainerdContainer | None:
    """
    Return what is known of a container, None where it is not there.

    Raises:
        FormatError: the database is damaged.
    """
    space = namespace.encode()
    found = bolt.root.bucket(_SCHEMA, space, b"containers", identity.encode())
    if found is None:
        return None
    image = (found.get(b"image") or b"").decode(errors="replace")
    return ContainerdContainer(
        image=image,
        target=_target(bolt, space, image),
        labels=bounded_pairs(_labels(found.bucket(b"labels"))),
    )


def _target(bolt: Bolt, space: bytes, image: str) -> str:
    target = bolt.root.bucket(_SCHEMA, space, b"images", image.encode(), b"target")
    return (target.get(b"digest") or b"").decode(errors="replace") if target else ""


def _labels(bucket: Bucket | None) -> dict[str, str]:
    if bucket is None:
        return {}
    found: dict[str, str] = {}
    for key, _ in zip(bucket.keys(), range(MOST_PAIRS), strict=False):
        value = bucket.get(key)
        found[key.decode(errors="replace")] = (value or b"").decode(errors="replace")
    return found
