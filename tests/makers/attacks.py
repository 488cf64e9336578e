"""
Make images that attack whoever reads them: those that notes on scanners and their CVEs name.

Each is an Alpine-like image with a layer on top that holds the attack, so that what is below must
still be listed. Small on disk; nothing in them is run, and no link leads to anything of the host
that a scanner could change. ``tests/attacks/expected.tsv`` says what each must end in.
"""

import gzip
import hashlib
import json
from collections.abc import Callable

import zstandard

from tests.makers import attacks_language, layer
from tests.makers.benign import files_of, image_of
from tests.makers.image import (
    OCI_LAYER,
    OCI_MANIFEST,
    ImageMaker,
    as_json,
)
from tests.makers.os_packages import apk_record, dpkg_stanza, os_release, pacman_section
from tests.makers.rpmdb import package, sqlite_at

Files = dict[str, bytes]
MIB = 1 << 20


def _stored(stored: bytes, tar: bytes, suffix: str = "+gzip") -> Files:
    """Return an image whose top layer is stored as given."""
    maker = ImageMaker()
    image = image_of(maker, tar)
    manifest = json.loads(maker.blobs[str(image["digest"])])
    manifest["layers"][-1] = maker.add(stored, OCI_LAYER + suffix)
    return maker.files(maker.add(as_json(manifest), OCI_MANIFEST))


_SMALL = layer.tar(layer.file("etc/motd", b"x"))


def _huge_window() -> Files:
    """A zstd frame that asks for a window of 2 GiB."""
    frame = b"\x28\xb5\x2f\xfd" + b"\x00" + bytes([(31 - 10) << 3]) + b"\x01\x00\x00"
    return _stored(frame, _SMALL, "+zstd")


def _title() -> Files:
    """A layer that a fetcher of artifacts would store under a name of its own choice."""
    maker = ImageMaker()
    manifest = json.loads(maker.blobs[str(image_of(maker, _SMALL)["digest"])])
    for one in manifest["layers"]:
        one["annotations"] = {
            "org.opencontainers.image.title": "../../../tmp/pratique-escape-title"
        }
    return maker.files(maker.add(as_json(manifest), OCI_MANIFEST))


def _thousand_layers() -> Files:
    """A manifest of 1,000 layers (an attestation like this kept a peer busy)."""
    maker = ImageMaker()
    manifest = json.loads(maker.blobs[str(image_of(maker, _SMALL)["digest"])])
    config = json.loads(maker.blobs[manifest["config"]["digest"]])
    manifest["layers"] = manifest["layers"][-1:] * 1000
    config["rootfs"]["diff_ids"] = config["rootfs"]["diff_ids"][-1:] * 1000
    manifest["config"] = maker.add(as_json(config), manifest["config"]["mediaType"])
    return maker.files(maker.add(as_json(manifest), OCI_MANIFEST))


def _twin_keys() -> Files:
    """A manifest whose layers one reader takes from "layers", another from "Layers"."""
    maker = ImageMaker()
    image = image_of(maker, _SMALL)
    content = maker.blobs[str(image["digest"])].replace(b'"layers":', b'"Layers":[],"layers":')
    return maker.files(maker.add(content, OCI_MANIFEST))


def _many_databases(layers: int = 200, size: int = 1 << 20) -> Files:
    """Layers that each write the database of packages anew, all of it different."""
    tars = []
    for number in range(layers):
        noise = hashlib.sha256(b"%d" % number).hexdigest() * (size // 64)
        status = dpkg_stanza("ok", "1") + dpkg_stanza(f"p{number}", "1", x_filler=noise)
        tars.append(layer.tar(layer.file("var/lib/dpkg/status", status)))
    return files_of(*tars)


def _sqlite_loop() -> Files:
    """An rpm database whose tree of pages leads back to itself, with a trigger and a view."""
    content = bytearray(sqlite_at([package(f"p{n}", requires=["x"] * 300) for n in range(80)], extra=(
        "CREATE TRIGGER evil AFTER INSERT ON Packages BEGIN SELECT load_extension('/tmp/x'); END",
        "CREATE VIEW Names AS SELECT writefile('/tmp/pratique-escape-sql', 'x')",
    )))  # fmt: skip
    for page in range(4096, len(content), 4096):
        if content[page] == 5:
            content[page + 8 : page + 12] = (page // 4096 + 1).to_bytes(4, "big")
    return files_of(layer.tar(layer.file("var/lib/rpm/rpmdb.sqlite", bytes(content))))


def _pacman() -> Files:
    """The list of a package's files (mtree) that unpacks to a gigabyte of zeros."""
    folder = "var/lib/pacman/local/a-1-1"
    desc = pacman_section(name=["a"], version=["1-1"], arch=["any"])
    bomb = attacks_language.gzip_zeros(1024 * MIB)
    return files_of(
        layer.tar(layer.file(f"{folder}/desc", desc), layer.file(f"{folder}/mtree", bomb))
    )


def _chisel() -> Files:
    """A manifest of a gigabyte of zeros: a thousand zstd frames of one MiB."""
    bomb = zstandard.compress(bytes(MIB)) * 1024
    return files_of(layer.tar(layer.file("var/lib/chisel/manifest.wall", bomb)))


def _pax(*records: tuple[bytes, bytes]) -> Files:
    return files_of(layer.tar(layer.pax(records), layer.file("etc/motd", b"x" * 600)))


def _hidden(*marks: bytes) -> Files:
    base = layer.tar(
        layer.file("etc/os-release", os_release(id="alpine", version_id="3.18.9")),
        layer.file("lib/apk/db/installed", _APK),
        layer.file("bin/busybox", b"x", mode=0o755),
    )
    return files_of(base, layer.tar(*marks))


_APK = (
    apk_record("musl", "1.2.4-r3")
    + apk_record("busybox", "1.36.1-r7").rstrip(b"\n")
    + b"\nF:bin\nR:busybox\n\n"
)

ATTACKS: dict[str, Callable[[], Files]] = {
    "gzip-trailing": lambda: _stored(gzip.compress(_SMALL, mtime=0) + b"more", _SMALL),
    "gzip-empty-members": lambda: _stored(
        gzip.compress(b"", mtime=0) * 50_000 + gzip.compress(_SMALL, mtime=0), _SMALL
    ),
    "zstd-window": _huge_window,
    "behind-the-end": lambda: files_of(_SMALL + b"PK\x03\x04 something else"),
    "title-escape": _title,
    "thousand-layers": _thousand_layers,
    "twin-keys": _twin_keys,
    "sibling-prefix": lambda: files_of(
        layer.tar(
            layer.file("../pratique-escape-sibling/x", b"x"),
            layer.hardlink("etc/pw", "../../etc/passwd"),
            layer.symlink("out", "/etc"),
            layer.file("out/pratique-escape-out", b"x"),
        )
    ),
    "whiteout-names": lambda: files_of(
        layer.tar(*(layer.file(name) for name in (".wh.", "lib/.wh..", "lib/.wh..wh..opqX")))
    ),
    "pax-size-negative": lambda: _pax((b"size", b"-1")),
    "pax-size-huge": lambda: _pax((b"size", b"9" * 30)),
    "pax-numbers": lambda: _pax((b"mtime", b"inf"), (b"uid", b"9" * 400), (b"path", b"\xff/\0x")),
    "deep-path": lambda: files_of(
        layer.tar(layer.long_name(b"/".join([b"d"] * 2000)), layer.file("x"))
    ),
    "many-databases": _many_databases,
    "sqlite-loop": _sqlite_loop,
    "pacman-mtree": _pacman,
    "chisel-bomb": _chisel,
    "database-is-host-file": lambda: files_of(
        layer.tar(
            layer.symlink("var/lib/dpkg/status", "../../../../../../../../etc/passwd"),
            layer.symlink("etc/os-release", "/proc/self/environ"),
        )
    ),
    "os-release-endless": lambda: files_of(
        layer.tar(layer.file("etc/os-release", b"ID=alpine\n" + b"X" * (24 * MIB)))
    ),
    "database-deleted": lambda: _hidden(layer.whiteout("lib/apk/db/installed")),
    "database-folder-covered": lambda: _hidden(layer.opaque("lib/apk/db")),
    "database-emptied": lambda: _hidden(layer.file("lib/apk/db/installed")),
    "package-struck-off": lambda: _hidden(
        layer.file("lib/apk/db/installed", apk_record("musl", "1.2.4-r3"))
    ),
    "devices": lambda: files_of(
        layer.tar(layer.header(b"dev/sda", kind=b"4", device=(8, 0)), layer.header(b"x", kind=b"6"))
    ),
    **{
        name: (lambda made=made: files_of(made()))  # type: ignore[misc]
        for name, made in attacks_language.LAYERS.items()
    },
}
"""The attacks by name."""
