"""
Make an image that things can be built on, of the busybox of this machine and scripts.

``apt-get`` is a script: ``update`` writes lists, ``install`` writes one file for each package, and one
that it recommends unless told not to.
"""

import io
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

from tests.makers.image import ImageMaker, archive, sha256

PROGRAMS = ("sh", "rm", "mkdir", "cat", "touch", "env", "chown", "chmod", "head")
APT_GET = b"""#!/bin/sh
if [ "$1" = update ]; then
    mkdir -p /var/lib/apt/lists
    echo lists > /var/lib/apt/lists/archive
    exit
fi
recommended=yes asks=yes
for word in "$@"; do
    case $word in
        --no-install-recommends) recommended= ;;
        -y) asks= ;;
    esac
done
for word in "$@"; do
    case $word in
        -*|install) ;;
        *) echo "$word" > "/usr/share/$word"
           if [ $recommended ]; then echo "$word" > "/usr/share/$word-recommended"; fi ;;
    esac
done
echo "$@" >> /var/log/apt.log
"""
FILES: Mapping[str, bytes] = {
    "usr/bin/apt-get": APT_GET,
    "etc/passwd": b"root:x:0:0:root:/root:/bin/sh\n",
    "etc/group": b"root:x:0:\n",
}
FOLDERS = ("tmp", "root", "usr/share", "var/log", "proc", "sys", "dev", "etc")


def build_base(path: Path, busybox: str, more: Mapping[str, bytes] | None = None) -> str:
    """Write the image as a docker archive and return it as a target."""
    maker = ImageMaker()
    image = maker.image({})
    tar = _layer(busybox, {**FILES, **(more or {})})
    whole = maker.docker_files((image, ["localhost/none:1"]))
    (config,) = (name for name in whole if name.endswith(".json") and name != "manifest.json")
    empty = next(name for name in whole if name.endswith(".tar"))
    said = bytes(whole[config]).replace(  # type: ignore[arg-type]
        sha256(bytes(whole[empty])).encode(),  # type: ignore[arg-type]
        sha256(tar).encode(),
    )
    names = f"{sha256(said)[7:]}.json", f"{sha256(tar)[7:]}.tar"
    manifest = f'[{{"Config": "{names[0]}", "RepoTags": null, "Layers": ["{names[1]}"]}}]'.encode()
    archive(path, {names[0]: said, names[1]: tar, "manifest.json": manifest})
    return f"docker-archive:{path}"


def _layer(busybox: str, files: Mapping[str, bytes]) -> bytes:
    """Return the only layer: busybox with what it is linked to, its names, and files to run."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name in FOLDERS:
            info = tarfile.TarInfo(name)
            info.type, info.mode = tarfile.DIRTYPE, 0o755
            tar.addfile(info)
        linked = {
            library.lstrip("/"): Path(library).read_bytes() for library in _libraries(busybox)
        }
        programs = {"bin/busybox": Path(busybox).read_bytes()}
        for name, content in {**linked, **programs, **files}.items():
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), 0o755
            tar.addfile(info, io.BytesIO(content))
        for name in PROGRAMS:
            info = tarfile.TarInfo(f"bin/{name}")
            info.type, info.linkname = tarfile.SYMTYPE, "busybox"
            tar.addfile(info)
    return buffer.getvalue()


def _libraries(program: str) -> list[str]:
    """Return the libraries that a program needs, none where it is static."""
    said = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    words = (word for line in said.splitlines() for word in line.split())
    return [word for word in words if word.startswith("/")]
