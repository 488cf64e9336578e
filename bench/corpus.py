"""
Make the images that no test data has: a large one, one of very many files, one of two equal layers.

Everything is made from a seed and from the files of the Python that runs this, so two runs on one
machine make the same bytes. They go to ``build/bench`` and are made once.
"""

import gzip
import hashlib
import io
import json
import random
import sys
import sysconfig
import tarfile
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path("build/bench")
MIB = 1 << 20
Files = Iterator[tuple[str, bytes, int]]
"""Path, content and mode of each file of a layer."""


def large() -> Path:
    """Return an image of about 1.5 GB unpacked: programs, libraries, text and noise, in 8 layers."""
    return _made("large-1500mb", lambda: [_mixed(seed, 190 * MIB) for seed in range(8)])


def many_files() -> Path:
    """Return an image of 200,000 small files, 2,000 of them npm packages."""
    return _made("files-200k", lambda: [_small_files(200_000)])


def two_layers() -> Path:
    """Return an image of two layers that take equally long."""
    return _made("two-layers", lambda: [_mixed(seed, 250 * MIB) for seed in (20, 21)])


def _made(name: str, layers: object) -> Path:
    path = FOLDER / f"{name}.oci.tar"
    if not path.is_file():
        print(f"making {path} …", file=sys.stderr)
        FOLDER.mkdir(parents=True, exist_ok=True)
        passing = path.with_suffix(".making")
        _write(passing, layers())  # type: ignore[operator]
        passing.rename(path)
    return path


def _mixed(seed: int, size: int) -> Files:
    dice, sample, made, number = random.Random(seed), _programs(), 0, 0
    yield from _debian(seed)
    while made < size:
        number += 1
        folder = f"opt/part{seed}/{number % 97}"
        kind = dice.random()
        if kind < 0.02:
            content = dice.choice(sample)
            yield f"{folder}/lib{number}.so", content, 0o755
        elif kind < 0.6:
            words = [dice.choice(_WORDS) for _ in range(dice.randrange(50, 3000))]
            content = " ".join(words).encode()
            yield f"{folder}/text{number}.txt", content, 0o644
        else:
            content = dice.randbytes(dice.randrange(100, 60_000))
            yield f"{folder}/data{number}.bin", content, 0o644
        made += len(content)


def _small_files(count: int) -> Files:
    dice = random.Random(7)
    yield from _debian(0)
    for number in range(count):
        if number % 100 == 0:
            name = f"package-{number}"
            body = {"name": name, "version": f"1.{number}.0", "license": "MIT"}
            yield f"srv/app/node_modules/{name}/package.json", json.dumps(body).encode(), 0o644
        else:
            content = b"x" * dice.randrange(0, 1500)
            yield f"srv/app/files/{number % 1000}/{number}.js", content, 0o644


def _debian(seed: int) -> Files:
    release = b'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'
    yield "etc/os-release", release, 0o644
    stanzas = (
        f"Package: made-{number}\nStatus: install ok installed\nArchitecture: amd64\n"
        f"Version: 1.{number}-1\nMaintainer: nobody\nDescription: made {seed}\n"
        for number in range(300)
    )
    yield "var/lib/dpkg/status", "\n".join(stanzas).encode(), 0o644


def _programs() -> list[bytes]:
    """Return the shared objects of this Python, up to 4 MB each: real ELF files."""
    folder = Path(sysconfig.get_path("platstdlib")) / "lib-dynload"
    found = [path for path in sorted(folder.glob("*.so")) if path.stat().st_size < 4 * MIB]
    return [path.read_bytes() for path in found] or [Path(sys.executable).read_bytes()[: 4 * MIB]]


def _write(path: Path, layers: list[Files]) -> None:
    blobs: dict[str, bytes] = {}
    descriptors, diff_ids = [], []
    for files in layers:
        plain = _tar(files)
        diff_ids.append(f"sha256:{hashlib.sha256(plain).hexdigest()}")
        stored = gzip.compress(plain, 5, mtime=0)
        kind = "application/vnd.oci.image.layer.v1.tar+gzip"
        descriptors.append(_put(blobs, stored, kind))
    config = {
        "architecture": "amd64",
        "os": "linux",
        "config": {},
        "rootfs": {"type": "layers", "diff_ids": diff_ids},
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": _put(
            blobs, json.dumps(config).encode(), "application/vnd.oci.image.config.v1+json"
        ),
        "layers": descriptors,
    }
    kind = "application/vnd.oci.image.manifest.v1+json"
    named = _put(blobs, json.dumps(manifest).encode(), kind)
    named["annotations"] = {"org.opencontainers.image.ref.name": "bench"}
    index = {"schemaVersion": 2, "manifests": [named]}
    with tarfile.open(path, "w") as archive:
        for folder in ("blobs", "blobs/sha256"):  # some readers make no folders of their own
            entry = tarfile.TarInfo(folder)
            entry.type, entry.mode = tarfile.DIRTYPE, 0o755
            archive.addfile(entry)
        _add(archive, "oci-layout", b'{"imageLayoutVersion": "1.0.0"}')
        _add(archive, "index.json", json.dumps(index).encode())
        for digest, content in blobs.items():
            _add(archive, f"blobs/sha256/{digest}", content)


def _tar(files: Files) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content, mode in files:
            _add(archive, name, content, mode)
    return made.getvalue()


def _add(archive: tarfile.TarFile, name: str, content: bytes, mode: int = 0o644) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), mode
    archive.addfile(entry, io.BytesIO(content))


def _put(blobs: dict[str, bytes], content: bytes, media_type: str) -> dict[str, object]:
    digest = hashlib.sha256(content).hexdigest()
    blobs[digest] = content
    return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content)}


_WORDS = (
    "the",
    "image",
    "layer",
    "of",
    "a",
    "container",
    "holds",
    "files",
    "and",
    "each",
    "file",
    "has",
    "a",
    "name",
    "mode",
    "owner",
    "size",
    "time",
    "which",
    "the",
    "engine",
    "writes",
    "to",
    "disk",
    "when",
    "somebody",
    "runs",
    "it",
    "so",
    "that",
    "programs",
    "find",
    "what",
    "they",
    "need",
    "configuration",
    "library",
    "module",
    "function",
    "return",
    "value",
    "error",
    "handler",
    "request",
    "response",
)
