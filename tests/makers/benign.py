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

from tests.makers import benign_language, layer
from tests.makers.elf import elf
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
from tests.makers.os_packages import apk_record, dpkg_stanza, os_release, pacman_section
from tests.makers.rpmdb import package, sqlite_at

Files = dict[str, bytes]

_ZEROS = bytes(100 << 20)
_APK = apk_record("musl", "1.2.4-r3") + apk_record("busybox", "1.36.1-r7")
_ALPINE = (
    layer.file("etc/os-release", os_release(id="alpine", version_id="3.18.9")),
    layer.file("lib/apk/db/installed", _APK),
)
NORMAL = ["busybox 1.36.1-r7", "musl 1.2.4-r3"]
"""The packages each twin holds."""

MORE = {
    "databases": [*NORMAL, "ok 1", "ok 1.0-1"],
    "layers": sorted([*NORMAL, *(f"p{n} 1" for n in range(40))]),
    "rpm": sorted([*NORMAL, *(f"r{n} 1.0-1" for n in range(40))]),
    "pacman": ["a 1-1", *NORMAL],
    "lockfiles": sorted(
        [
            *("@scope/a 2.0.0", *NORMAL, "c 0.1.0", "is-odd 3.0.1", "jinja2 3.1.2"),
            *("left-pad 1.3.0", "ok 1", "rake 13.0.6", "x 1.0.0"),
        ]
    ),
    "jars": [NORMAL[0], "g:child 1", "g:p 1", NORMAL[1], "org.x:inner 2.0"],
    "wheels": [*NORMAL, "x 1.0", "z 3.0"],
    "programs": ["a 1.0.0", *NORMAL],
    "sboms": ["a 2", "b 1", *NORMAL],
}
"""Twins that hold others."""


def write_twin(name: str, path: Path) -> Path:
    """Write the archive of one twin."""
    return archive(path, TWINS[name]())


def files_of(
    *layers: bytes, way: str = "gzip", config: Mapping[str, object] | None = None
) -> Files:
    """Return the archive of an Alpine-like image with these layers on top."""
    maker = ImageMaker()
    return maker.files(image_of(maker, *layers, way=way, config=config))


def image_of(
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
        layer.header(b"dev/console", kind=b"3", device=(5, 1)),
        layer.header(b"run/initctl", kind=b"6"),
        layer.file("usr/bin/su", elf([(".text", b"x")]), mode=0o4755),
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
        layer.file("app/pom.xml", b'<?xml version="1.0"?><project/>'),
        layer.file("app/values.yaml", b"a: &a [1]\nb: *a\n"),
        layer.file("app/requirements.txt", b"-r other.txt\nok==1\n"),
    )


def _nested_index() -> Files:
    maker = ImageMaker()
    return maker.files(maker.index(maker.index(image_of(maker))))


def _deep_config() -> Files:
    value: object = "end"
    for _ in range(50):
        value = [value]
    return files_of(config={"history": [{"created_by": "[{" * 500}], "x-vendor": value})


def _members() -> Files:
    """Return a layer of several gzip members, as pigz and estargz write them."""
    tar = layer.tar(*(layer.file(f"f/{n}", hashlib.sha256(bytes([n])).digest()) for n in range(9)))
    stored = b"".join(gzip.compress(tar[at : at + 999], mtime=0) for at in range(0, len(tar), 999))
    maker = ImageMaker()
    image = image_of(maker, tar)
    manifest = json.loads(maker.blobs[str(image["digest"])])
    manifest["layers"][-1] = maker.add(stored, OCI_LAYER + "+gzip")
    return maker.files(maker.add(as_json(manifest), OCI_MANIFEST))


def _layers() -> Files:
    """Return 40 layers that each add a package to dpkg's database, as forty RUN lines do."""
    rows, tars = b"", []
    for number in range(40):
        rows += dpkg_stanza(f"p{number}", "1")
        tars.append(layer.tar(layer.file("var/lib/dpkg/status", rows)))
    return files_of(*tars)


def _rpm() -> Files:
    """Return rpm's database with tables, an index and a view of its own."""
    content = sqlite_at([package(f"r{n}") for n in range(40)], extra=("CREATE VIEW v AS SELECT 1",))
    return files_of(layer.tar(layer.file("var/lib/rpm/rpmdb.sqlite", content)))


def _pacman() -> Files:
    folder = "var/lib/pacman/local/a-1-1"
    desc = pacman_section(name=["a"], version=["1-1"], arch=["any"])
    listing = gzip.compress(b"#mtree\n./usr/bin/a time=1 mode=755\n" * 9, mtime=0)
    return files_of(
        layer.tar(layer.file(f"{folder}/desc", desc), layer.file(f"{folder}/mtree", listing))
    )


def _deletions() -> Files:
    """Return layers that delete what they may: files, a folder's content, a package with its row."""
    base = layer.tar(
        *(layer.file(f"etc/{name}") for name in "ab"),
        layer.file("usr/bin/gone", b"x"),
        layer.file("lib/apk/db/installed", _APK + apk_record("gone", "1-r0")),
        layer.symlink("usr/lib/apk", "../../lib/apk"),
    )
    above = layer.tar(
        layer.whiteout("etc/a"),
        layer.folder("usr/share"),
        layer.opaque("usr/share"),
        layer.whiteout("usr/bin/gone"),
        layer.file("lib/apk/db/installed", _APK),
    )
    return files_of(base, above)


def _pax() -> Files:
    records = [(b"size", b"5"), (b"mtime", b"1700000000.5"), (b"path", "etc/mötd".encode())]
    return files_of(layer.tar(layer.pax(records), layer.file("etc/motd", b"hello")))


TWINS: dict[str, Callable[[], Files]] = {
    "zeros-gzip": lambda: files_of(layer.tar(layer.file("zeros", _ZEROS))),
    "zeros-zstd": lambda: files_of(layer.tar(layer.file("zeros", _ZEROS)), way="zstd"),
    "many-files": lambda: files_of(
        layer.tar(*(layer.file(f"d{n % 50}/{n}") for n in range(20_000)))
    ),
    "names": lambda: files_of(_names()),
    "links": lambda: files_of(_links()),
    "special-files": lambda: files_of(_special()),
    "sparse": lambda: files_of(_sparse()),
    "databases": lambda: files_of(_databases()),
    "nested-index": _nested_index,
    "deep-config": _deep_config,
    "gzip-members": _members,
    "layers": _layers,
    "rpm": _rpm,
    "pacman": _pacman,
    "deletions": _deletions,
    "pax": _pax,
    **{
        name: (lambda made=made: files_of(made()))  # type: ignore[misc]
        for name, made in benign_language.LAYERS.items()
    },
}
"""The twins by the name of the shape."""
