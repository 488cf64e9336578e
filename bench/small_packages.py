"""
Make small packages that package managers really install: .deb, .apk and Python sources.

All are made from names and texts, without tools: equal arguments give equal bytes. For bases of builds
that run without a network (``bench/worlds.py``).

Source: deb(5), https://wiki.alpinelinux.org/wiki/Apk_spec, PEP 517 (a backend in the source tree).
"""

import hashlib
import io
import tarfile
from collections.abc import Mapping
from gzip import compress

Files = Mapping[str, str | bytes]
"""Paths without a slash before them, and what stands there; a script (``#!``) can be run."""
_BACKEND = """\
import base64, hashlib, zipfile
NAME, VERSION = "{name}", "{version}"
MODULE = NAME.replace("-", "_")
INFO = f"{{MODULE}}-{{VERSION}}.dist-info"
META = f"Metadata-Version: 2.1\\nName: {{NAME}}\\nVersion: {{VERSION}}\\n"
FILES = {{
    f"{{MODULE}}/__init__.py": f"version = {{VERSION!r}}\\n",
    f"{{INFO}}/METADATA": META,
    f"{{INFO}}/WHEEL": "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}}
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = f"{{MODULE}}-{{VERSION}}-py3-none-any.whl"
    with zipfile.ZipFile(f"{{folder}}/{{name}}", "w") as wheel:
        for path, text in FILES.items():
            wheel.writestr(path, text)
        wheel.writestr(f"{{INFO}}/RECORD", "".join(f"{{path}},,\\n" for path in FILES))
    return name
"""
_PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""


def archive(files: Files, *, mode: str = "gz", top: str = "", sums: bool = False) -> bytes:
    """Return a tar (``mode`` empty or ``gz``) with these files and the folders above them; ``sums`` for apk."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as tar:
        folders: set[str] = set()
        for path, text in sorted(files.items()):
            parts = f"{top}{path}".split("/")
            for depth in range(1, len(parts)):
                above = "/".join(parts[:depth])
                if above not in folders and above != ".":
                    folders.add(above)
                    tar.addfile(_entry(above, folder=True))
            content = text.encode() if isinstance(text, str) else text
            entry = _entry("/".join(parts), content)
            if sums:
                digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
                entry.pax_headers = {"APK-TOOLS.checksum.SHA1": digest}
            tar.addfile(entry, io.BytesIO(content))
    return compress(made.getvalue(), mtime=0) if mode == "gz" else made.getvalue()


def deb(name: str, files: Files, *, recommends: str = "", foreign: bool = False) -> bytes:
    """Return a Debian package, version 99.0, newer than any other asks for; ``foreign`` serves any architecture."""
    fields = {
        "Package": name,
        "Version": "99.0",
        "Architecture": "amd64" if foreign else "all",
        "Maintainer": "Nobody <nobody@example.invalid>",
        "Multi-Arch": "allowed" if foreign else "",
        "Recommends": recommends,
        "Description": "made for a build",
    }
    control = "".join(f"{key}: {value}\n" for key, value in fields.items() if value)
    members = {
        "debian-binary": b"2.0\n",
        "control.tar.gz": archive({"control": control}, top="./"),
        "data.tar.gz": archive(files, top="./"),
    }
    made = b"!<arch>\n"
    for member, content in members.items():
        made += f"{member:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode()
        made += content + b"\n" * (len(content) % 2)
    return made


def deb_index(packages: Mapping[str, bytes]) -> str:
    """Return the ``Packages`` of a flat repository, by file name."""
    return "".join(_paragraph(name, content) for name, content in sorted(packages.items()))


def apk(name: str, files: Files) -> bytes:
    """Return an Alpine package, version 1.0-r0, without a signature."""
    data = archive(files, sums=True)
    lines = [
        f"pkgname = {name}",
        "pkgver = 1.0-r0",
        "pkgdesc = made for a build",
        "arch = x86_64",
        f"size = {len(data)}",
        f"datahash = {hashlib.sha256(data).hexdigest()}",
    ]
    control = archive({".PKGINFO": "\n".join(lines) + "\n"}, mode="")
    return compress(control[: -_padding(control)], mtime=0) + data


def source(name: str, version: str) -> bytes:
    """Return a source distribution that pip builds by itself, so that it has a wheel to cache."""
    folder = f"{name.replace('-', '_')}-{version}/"
    meta = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files = {
        "PKG-INFO": meta,
        "pyproject.toml": _PROJECT,
        "backend.py": _BACKEND.format(name=name, version=version),
    }
    return archive(files, top=folder)


def _entry(path: str, content: bytes = b"", *, folder: bool = False) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(path)
    entry.type = tarfile.DIRTYPE if folder else tarfile.REGTYPE
    entry.size = len(content)
    entry.mode = 0o755 if folder or content.startswith(b"#!") else 0o644
    return entry


def _paragraph(name: str, content: bytes) -> str:
    """Return what an index says of a package: its control file, where it is and its digest."""
    start = content.index(b"control.tar.gz") + 60
    size = int(content[start - 12 : start - 2])
    with tarfile.open(fileobj=io.BytesIO(content[start : start + size])) as tar:
        held = tar.extractfile("./control")
        control = held.read().decode() if held else ""
    digest = hashlib.sha256(content).hexdigest()
    return f"{control}Filename: ./{name}\nSize: {len(content)}\nSHA256: {digest}\n\n"


def _padding(tar: bytes) -> int:
    """Return how many zero bytes end an archive: the parts of an .apk are joined without them."""
    return len(tar) - -(-len(tar.rstrip(b"\0")) // 512) * 512
