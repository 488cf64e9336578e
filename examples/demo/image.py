"""Write the sample image: an OCI image layout directory with three gzip layers."""

import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from examples.demo.packages import APPLICATION, BASE, DOWNLOADS, Deb

TAG = "1.4.2"
NAME = f"sample.example/harbourmaster:{TAG}"
CREATED = "2026-02-03T04:05:06Z"
OS_RELEASE = """\
PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
"""
_GZIP = 31
"""A gzip head of zlib's, as wide a window as there is: that of Python's gzip is another since 3.13."""
Content = Mapping[str, bytes | str]
"""What a layer holds: path -> bytes of a file, or text = the target of a symlink."""


def write_image(folder: Path) -> str:
    """
    Write the layout below ``folder``: ``oci-layout``, ``index.json`` and the blobs.

    Returns:
        The digest of the manifest.
    """
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True, exist_ok=True)
    steps = _steps()
    tars = [_tar(content) for _, content in steps]
    layers = [_store(blobs, zlib.compress(tar, 9, _GZIP), f"{_LAYER}+gzip") for tar in tars]
    config = _store(blobs, _json(_config([step for step, _ in steps], tars)), _CONFIG)
    manifest = {
        "schemaVersion": 2,
        "mediaType": _MANIFEST,
        "config": config,
        "layers": layers,
    }
    digest = _digest(_json(manifest))
    entry = _store(blobs, _json(manifest), _MANIFEST)
    entry["annotations"] = {
        "org.opencontainers.image.ref.name": TAG,
        "io.containerd.image.name": NAME,
    }
    (folder / "oci-layout").write_bytes(_json({"imageLayoutVersion": "1.0.0"}))
    (folder / "index.json").write_bytes(_json({"schemaVersion": 2, "manifests": [entry]}))
    return digest


_LAYER = "application/vnd.oci.image.layer.v1.tar"
_CONFIG = "application/vnd.oci.image.config.v1+json"
_MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def _steps() -> list[tuple[str, Content]]:
    """Return each build step: its history line and what its layer holds."""
    base = {
        "usr/lib/os-release": OS_RELEASE.encode(),
        "etc/os-release": "../usr/lib/os-release",
        "etc/debian_version": b"12.4\n",
        "var/cache/apt/archives/left-over.deb": b"not needed\n",
        **_database(BASE),
    }
    downloads = {
        "var/cache/apt/.wh.archives": b"",
        **_database(DOWNLOADS, below=BASE),
    }
    application = {
        "etc/harbourmaster.toml": b"berths = 12\n",
        **_database(APPLICATION, below=BASE + DOWNLOADS),
    }
    return [
        ("ADD rootfs.tar / # the base image", base),
        ("RUN apt-get update && apt-get install -y curl openssl", downloads),
        ("RUN dpkg -i /tmp/harbourmaster_1.4.2-1_amd64.deb", application),
    ]


def _database(new: tuple[Deb, ...], below: tuple[Deb, ...] = ()) -> dict[str, bytes | str]:
    """Return the package database after installing ``new``, and the files of ``new``."""
    everything = sorted(below + new)
    content: dict[str, bytes | str] = {
        "var/lib/dpkg/status": "\n".join(deb.record() for deb in everything).encode()
    }
    for deb in new:
        files = {path: f"sample content of {path}\n".encode() for path in deb.files}
        listing = "".join(f"{path}\n" for path in ("/.", *deb.files))
        sums = "".join(f"{_md5(data)}  {path[1:]}\n" for path, data in files.items())
        content[f"var/lib/dpkg/info/{deb.name}.list"] = listing.encode()
        content[f"var/lib/dpkg/info/{deb.name}.md5sums"] = sums.encode()
        content |= {path[1:]: data for path, data in files.items() if path not in _GIVEN}
    return content


_GIVEN = ("/etc/debian_version", "/usr/lib/os-release")


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _tar(content: Content) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for folder in sorted(_folders(content)):
            entry = tarfile.TarInfo(folder)
            entry.type, entry.mode = tarfile.DIRTYPE, 0o755
            archive.addfile(entry)
        for path, data in sorted(content.items()):
            entry = tarfile.TarInfo(path)
            if isinstance(data, str):
                entry.type, entry.linkname = tarfile.SYMTYPE, data
                archive.addfile(entry)
            else:
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def _folders(paths: Iterable[str]) -> set[str]:
    return {str(parent) for path in paths for parent in Path(path).parents if parent.name}


def _config(history: list[str], tars: list[bytes]) -> dict[str, object]:
    return {
        "architecture": "amd64",
        "os": "linux",
        "created": CREATED,
        "config": {"Cmd": ["/usr/bin/harbourmaster"], "User": "1000"},
        "rootfs": {"type": "layers", "diff_ids": [_digest(tar) for tar in tars]},
        "history": [{"created": CREATED, "created_by": line} for line in history],
    }


def _store(blobs: Path, data: bytes, media_type: str) -> dict[str, object]:
    """Write one blob and return its descriptor."""
    digest = _digest(data)
    (blobs / digest.removeprefix("sha256:")).write_bytes(data)
    return {"mediaType": media_type, "digest": digest, "size": len(data)}


def _digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
