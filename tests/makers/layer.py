"""
Make layers by code, block by block, sound ones and malformed ones.

Nothing here uses ``tarfile``: a header field can hold any bytes.
"""

import gzip
import hashlib
import io
import json
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from pratique.model.digest import Digest, sha256_of
from pratique.model.image import Descriptor, Image, ImageConfig, Layer
from pratique.sources.interface import ForeignLayer

BLOCK = 512
END = bytes(2 * BLOCK)
GZIP = "application/vnd.oci.image.layer.v1.tar+gzip"
ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd"
PLAIN = "application/vnd.oci.image.layer.v1.tar"


def octal(value: int, width: int) -> bytes:
    """Return a number as most writers put it: zero-padded, NUL at the end."""
    return b"%0*o\0" % (width - 1, value)


def base256(value: int, width: int) -> bytes:
    """Return a number as GNU tar puts what octal cannot hold."""
    raw = value.to_bytes(width, "big", signed=value < 0)
    return bytes([raw[0] | 0x80]) + raw[1:]


def header(
    name: bytes,
    *,
    kind: bytes = b"0",
    size: bytes | int = 0,
    mode: int = 0o644,
    uid: bytes | int = 0,
    gid: bytes | int = 0,
    mtime: bytes | int = 0,
    link: bytes = b"",
    magic: bytes = b"ustar\x0000",
    prefix: bytes = b"",
    device: tuple[int, int] = (0, 0),
    checksum: bytes | None = None,
) -> bytes:
    """Return one header block; the checksum is right unless given."""

    def field(value: bytes | int, width: int) -> bytes:
        return value.ljust(width, b"\0") if isinstance(value, bytes) else octal(value, width)

    block = struct.pack(
        "100s8s8s8s12s12s8s1s100s8s32s32s8s8s155s12x",
        name,
        octal(mode, 8),
        field(uid, 8),
        field(gid, 8),
        field(size, 12),
        field(mtime, 12),
        b" " * 8,
        kind,
        link,
        magic,
        b"",
        b"",
        octal(device[0], 8),
        octal(device[1], 8),
        prefix,
    )
    total = b"%06o\0 " % sum(block) if checksum is None else checksum
    return block[:148] + total + block[156:]


def padded(content: bytes) -> bytes:
    """Return content filled up to whole blocks."""
    return content + bytes(-len(content) % BLOCK)


def file(name: bytes | str, content: bytes = b"", **fields: object) -> bytes:
    """Return a regular file's header and blocks."""
    raw = name.encode() if isinstance(name, str) else name
    return header(raw, size=len(content), **fields) + padded(content)  # type: ignore[arg-type]


def folder(name: str, mode: int = 0o755) -> bytes:
    """Return a directory entry."""
    return header(f"{name}/".encode(), kind=b"5", mode=mode)


def symlink(name: str, target: str) -> bytes:
    """Return a symbolic link."""
    return header(name.encode(), kind=b"2", link=target.encode(), mode=0o777)


def symlink_long(name: str, target: str) -> bytes:
    """Return a symbolic link whose target needs GNU's long form."""
    return long_name(target.encode(), b"K") + header(name.encode(), kind=b"2", mode=0o777)


def hardlink(name: str, target: str) -> bytes:
    """Return a hard link."""
    return header(name.encode(), kind=b"1", link=target.encode())


def whiteout(path: str) -> bytes:
    """Return the entry that deletes ``path``."""
    parent, slash, name = path.rpartition("/")
    return file(f"{parent}{slash}.wh.{name}")


def opaque(path: str) -> bytes:
    """Return the entry that hides what is below in the directory ``path``."""
    return file(f"{path}/.wh..wh..opq".lstrip("/"))


def record(key: bytes, value: bytes) -> bytes:
    """Return one PAX record with its own length in front."""
    rest = len(key) + len(value) + 3
    length = rest + len(str(rest))
    length = rest + len(str(length))
    return b"%d %s=%s\n" % (length, key, value)


def pax(records: Iterable[tuple[bytes, bytes]], kind: bytes = b"x") -> bytes:
    """Return an extended header; ``kind`` ``g`` makes it global."""
    body = b"".join(record(key, value) for key, value in records)
    return file(b"PaxHeaders/x", body, kind=kind)


def long_name(name: bytes, kind: bytes = b"L") -> bytes:
    """Return GNU's long name (``K``: long link) for the next entry."""
    return file(b"././@LongLink", name + b"\0", kind=kind, magic=b"ustar  \0")


def tar(*entries: bytes, end: bytes = END) -> bytes:
    """Return an archive of the entries."""
    return b"".join(entries) + end


class FakeBlobs:
    """Blobs in memory; counts how often each was opened."""

    def __init__(self, *, local: bool = True) -> None:
        self.local = local
        self.content: dict[str, bytes] = {}
        self.opened: dict[str, int] = {}

    def open(self, blob: Descriptor) -> BinaryIO:
        """Return a reader of the blob; a foreign one is not here."""
        self.opened[blob.digest] = self.opened.get(blob.digest, 0) + 1
        if blob.digest not in self.content:
            raise ForeignLayer(f"{blob.digest} is kept elsewhere")
        return io.BytesIO(self.content[blob.digest])

    def close(self) -> None:
        """Have nothing to release."""


def layer(index: int, tar_bytes: bytes, blobs: FakeBlobs, stored: bytes | None = None) -> Layer:
    """Return a layer of this tar, gzip unless ``stored`` says how it is stored."""
    stored = gzip.compress(tar_bytes, 1, mtime=0) if stored is None else stored
    digest = sha256_of(stored)
    blobs.content[digest] = stored
    media_type = {b"\x1f\x8b": GZIP, b"\x28\xb5": ZSTD}.get(stored[:2], PLAIN)
    blob = Descriptor(media_type=media_type, digest=digest, size_bytes=len(stored))
    return Layer(index=index, blob=blob, diff_id=sha256_of(tar_bytes), created_by=f"step {index}")


def image(blobs: FakeBlobs, *tars: bytes) -> Image:
    """Return an image of layers, lowest first, their blobs put into ``blobs``."""
    layers = tuple(layer(index, content, blobs) for index, content in enumerate(tars))
    return image_of(layers)


def image_of(layers: tuple[Layer, ...]) -> Image:
    """Return an image of ready-made layers."""
    name = hashlib.sha256(b"".join(one.blob.digest.encode() for one in layers)).hexdigest()
    config = ImageConfig(diff_ids=tuple(one.diff_id for one in layers))
    digest = Digest(f"sha256:{name}")
    return Image(
        target="made",
        digest=digest,
        config_digest=digest,
        config=config,
        layers=layers,
        name="made",
    )


def write_layout(folder: Path, tars: Iterable[bytes], tag: str = "t") -> None:
    """Write an OCI layout directory with one image of plain-gzip layers, as engines read it."""
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)

    def put(content: bytes, media_type: str) -> dict[str, object]:
        digest = hashlib.sha256(content).hexdigest()
        (blobs / digest).write_bytes(content)
        return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content)}

    def put_json(value: object, media_type: str) -> dict[str, object]:
        return put(json.dumps(value).encode(), media_type)

    layers, diff_ids = [], []
    for content in tars:
        layers.append(put(gzip.compress(content, 1, mtime=0), GZIP))
        diff_ids.append(sha256_of(content))
    config = {
        "architecture": "amd64",
        "os": "linux",
        "config": {"Cmd": ["/x"]},
        "rootfs": {"type": "layers", "diff_ids": diff_ids},
        "history": [{"created_by": f"step {index}"} for index in range(len(layers))],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": put_json(config, "application/vnd.oci.image.config.v1+json"),
        "layers": layers,
    }
    entry = put_json(manifest, str(manifest["mediaType"]))
    entry["annotations"] = {"org.opencontainers.image.ref.name": tag}
    index = {"schemaVersion": 2, "manifests": [entry]}
    (folder / "index.json").write_text(json.dumps(index))
    (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
