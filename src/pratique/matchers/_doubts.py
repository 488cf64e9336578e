"""
Say which packages share a source's flaws in name only.

Headers of the Linux kernel are built from the kernel's source, so every flaw of the kernel is
listed for them; but they hold no code that runs, and a container runs on its host's kernel. Such
findings are kept (the publisher did name the source), with low confidence and the reason.
"""

import re

from pratique.model.package import Package

_KERNEL_HEADERS = re.compile(
    r"linux-libc-dev(?:-.*)?|linux-headers(?:-.*)?|kernel(?:-[a-z0-9]+)*-headers(?:-.*)?"
    r"|linux-(?:glibc|kernel|api)-(?:devel|headers)"
)


def doubt_of(package: Package) -> str:
    """
    Return why findings on a package are doubtful, empty where they are not.

    >>> from pratique.model.package import PackageType, Purl
    >>> doubt_of(Package(type=PackageType.DEB, name="linux-libc-dev", version="6", purl=Purl("x")))
    'headers only: a container runs on the kernel of its host'
    """
    if _KERNEL_HEADERS.fullmatch(package.name):
        return "headers only: a container runs on the kernel of its host"
    return ""
