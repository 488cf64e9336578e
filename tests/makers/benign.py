"""
Make honest images that look like the hostile ones at first sight.

Each twin has one shape that attacks use as well (a large file of zeros, odd names, chains of links,
sparse files, device nodes, nested indexes…), within what real images do. So a defence that refuses
the shape itself, not its abuse, is found out.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.makers import layer
from tests.makers.image import (
    OCI_CONFIG,
    OCI_LAYER,
    OCI_MANIFEST,
    SUFFIX,
    ImageMaker,
    Json,
    archive,
    as_json,
    packed,
    sha256,
)
from tests.makers.os_packages import apk_record, dpkg_stanza, os_release

Files = dict[str, bytes]

_ZEROS = bytes(100 << 20)
_APK = apk_record("musl", "1.2.4-r3") + apk_record("busybox", "1.36.1-r7")
_ALPINE = (
    layer.file("etc/os-release", os_release(id="alpine", version_id="3.18.9")),
    layer.file("lib/apk/db/installed", _APK),
)
NORMAL = ["busybox 1.36.1-r7", "musl 1.2.4-r3"]
"""The packages each twin holds."""

MORE = {"databases": [*NORMAL, "ok 1.0-1"]}
"""Twins that hold others."""


def write_twin(name: str, path: Path) -> Path:
    """Write the archive of one twin."""
    return archive(path, TWINS[name]())


def _files(*layers: bytes, way: str = "gzip", config: Mapping[str, object] | None = None) -> Files:
    maker = ImageMaker()
    return maker.files(_image(maker, *layers, way=way, config=config))


def _image(
    maker: ImageMaker,
    *layers: bytes,
    way: str = "gzip",
    config: Mapping[str, object] | None = None,
) -> Json:
    tars = [layer.tar(*_ALPINE), *layers]
    whole = {
        "os": "linux",
        "architecture": "amd64",
        "rootfs": {"type": "layers", "diff_ids": [sha256(tar) for tar in tars]},
        **(config or {}),
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": maker.add(as_json(whole), OCI_CONFIG),
        "layers": [maker.add(packed(tar, way), OCI_LAYER + SUFFIX[way]) for tar in tars],
    }
    return maker.add(as_json(manifest), OCI_MANIFEST)


def _names() -> bytes:
    deep = "/".join(["d"] * 200)
    return layer.tar(
        layer.file("./usr/./share//żółć 日本 'x'", b"a"),
        layer.long_name(b"n" * 4000),
        layer.file("short"),
        layer.long_name(deep.encode()),
        layer.file("short"),
        layer.file("tmp/.wh.gone"),
        layer.file("tmp/..wh.here", b"not a whiteout"),
    )


def _links() -> bytes:
    """Thirty-nine links that end at a real file, links that dangle, and hard links."""
    chain = [layer.symlink(f"chain/{n}", str(n + 1)) for n in range(39)]
    return layer.tar(
        *chain,
        layer.file("chain/39", b"end"),
        layer.symlink("dangling", "../../../../../nowhere"),
        layer.symlink("proc-self", "/proc/self/root"),
        layer.hardlink("chain/also", "chain/39"),
    )


def _special() -> bytes:
    return layer.tar(
        layer.folder("dev"),
        layer.header(b"dev/null", kind=b"3", device=(1, 3), mode=0o666),
        layer.header(b"dev/loop0", kind=b"4", device=(7, 0)),
        layer.header(b"run/initctl", kind=b"6"),
        layer.file("usr/bin/su", b"\x7fELF", mode=0o4755),
    )


def _sparse() -> bytes:
    records = [
        (b"GNU.sparse.major", b"1"),
        (b"GNU.sparse.minor", b"0"),
        (b"GNU.sparse.name", b"var/lib/disk.img"),
        (b"GNU.sparse.realsize", b"%d" % (10 << 20)),
        (b"SCHILY.xattr.security.capability", b"\1\0\0\2" + bytes(16)),
    ]
    stored = layer.padded(b"1\n1048576\n512\n") + b"x" * 512
    return layer.tar(layer.pax(records), layer.file("GNUSparseFile.1/disk.img", stored))


def _databases() -> bytes:
    return layer.tar(
        layer.file(
            "var/lib/dpkg/status",
            dpkg_stanza("ok") + dpkg_stanza("off", status="purge ok not-installed"),
        ),
        layer.file("app/pom.xml", b'<?xml version="1.0"?><!DOCTYPE p><project/>'),
        layer.file("app/values.yaml", b"a: &a [1]\nb: *a\n"),
        layer.file("app/requirements.txt", b"-r other.txt\nok==1\n"),
    )


def _nested_index() -> Files:
    maker = ImageMaker()
    return maker.files(maker.index(maker.index(_image(maker))))


def _deep_config() -> Files:
    value: object = "end"
    for _ in range(50):
        value = [value]
    return _files(config={"history": [{"created_by": "[{" * 500}], "x-vendor": value})


def _members() -> Files:
    """Return a layer of several gzip members, as pigz and estargz write them."""
    tar = layer.tar(*(layer.file(f"f/{n}", hashlib.sha256(bytes([n])).digest()) for n in range(9)))
    stored = b"".join(gzip.compress(tar[at : at + 999], mtime=0) for at in range(0, len(tar), 999))
    maker = ImageMaker()
    image = _image(maker, tar)
    manifest = json.loads(maker.blobs[str(image["digest"])])
    manifest["layers"][-1] = maker.add(stored, OCI_LAYER + "+gzip")
    return maker.files(maker.add(as_json(manifest), OCI_MANIFEST))


TWINS: dict[str, Callable[[], Files]] = {
    "zeros-gzip": lambda: _files(layer.tar(layer.file("zeros", _ZEROS))),
    "zeros-zstd": lambda: _files(layer.tar(layer.file("zeros", _ZEROS)), way="zstd"),
    "many-files": lambda: _files(layer.tar(*(layer.file(f"d{n % 50}/{n}") for n in range(20_000)))),
    "names": lambda: _files(_names()),
    "links": lambda: _files(_links()),
    "special-files": lambda: _files(_special()),
    "sparse": lambda: _files(_sparse()),
    "databases": lambda: _files(_databases()),
    "nested-index": _nested_index,
    "deep-config": _deep_config,
    "gzip-members": _members,
}
"""The twins by the name of the shape."""
