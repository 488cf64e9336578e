"""
Recognise Linux kernels: images for x86 by their boot header, others by their banner.

Containers run on their host's kernel, so one in an image is dead weight or for a virtual machine;
it is listed, and not judged here. Law: the release is read where the kernel itself keeps it, never
from the file's name.

Source: https://docs.kernel.org/arch/x86/boot.html (``HdrS`` at 0x202, ``kernel_version`` at 0x20e);
``linux_banner`` in init/version.c for images that are not compressed. Bounds: 128 MiB, in windows.
"""

import re

from pratique.formats.purl import package_url
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "linux_kernel"
VERSION = 1
PATTERNS = Patterns(
    names=("vmlinuz", "vmlinux", "bzImage", "Image"),
    globs=("boot/vmlinuz-*", "boot/vmlinux-*", "boot/kernel-*"),
    max_bytes=512 << 20,
)
_BOOT_MAGIC, _BOOT_PLACE, _POINTER_PLACE, _SETUP = b"HdrS", 0x202, 0x20E, 0x200
_RELEASE = re.compile(rb"([0-9]{1,3}\.[0-9]{1,4}(?:\.[0-9]{1,4})?[-+._~A-Za-z0-9]{0,80})[ \0]")
_BANNER = b"Linux version "
_WINDOW = 4 << 20
_MOST_BYTES = 128 << 20


def extract_file(file: LayerFile) -> Extraction:
    """Return the kernel that the file is, or nothing."""
    release = _from_header(file) or _from_banner(file)
    if not release:
        return Extraction()
    package = Package(
        type=PackageType.GENERIC,
        name="linux-kernel",
        version=release,
        purl=package_url("generic", "linux-kernel", release),
        origin=NAME,
    )
    return Extraction(packages=(package,))


def _from_header(file: LayerFile) -> str:
    if file.read(_BOOT_PLACE, len(_BOOT_MAGIC)) != _BOOT_MAGIC:
        return ""
    pointer = int.from_bytes(file.read(_POINTER_PLACE, 2), "little")
    return _release(file.read(pointer + _SETUP, 128)) if pointer else ""


def _from_banner(file: LayerFile) -> str:
    if file.read(0, 4) != b"\x7fELF" and file.read(0x38, 4) != b"ARM\x64":
        return ""
    for offset in range(0, min(file.size_bytes, _MOST_BYTES), _WINDOW):
        window = file.read(offset, _WINDOW + 256)
        place = window.find(_BANNER)
        while place >= 0:
            if release := _release(window[place + len(_BANNER) :][:128]):
                return release
            place = window.find(_BANNER, place + 1)
    return ""


def _release(text: bytes) -> str:
    found = _RELEASE.match(text)
    return found[1].decode("ascii") if found else ""
