"""
Open a root file system that lies unpacked in a directory.

Law: nothing is read here; the directory is only shown to be one that can be listed.
"""

import os
from pathlib import Path

from pratique.sources.interface import (
    Opened,
    Options,
    RootFolder,
    TargetNotFound,
    TargetRefused,
)

NAME = "directory"
PREFIX = "dir"

_SIGNS = ("etc/os-release", "usr/lib/os-release", "var/lib/dpkg", "lib/apk/db", "usr/lib/apk/db")
_FOLDERS = ("bin", "etc", "lib", "sbin", "usr", "var")


def open_target(target: str, options: Options) -> Opened:
    """
    Open the directory at ``target``.

    Raises:
        TargetNotFound: there is no such directory.
        TargetRefused: it may not be listed.
    """
    path = Path(target)
    try:
        with os.scandir(path):
            pass
    except PermissionError:
        raise TargetRefused(
            f"may not list {path}", hint="check the rights of the directory"
        ) from None
    except NotADirectoryError:
        raise TargetNotFound(f"{path} is not a directory") from None
    except (OSError, ValueError):
        raise TargetNotFound(f"no such directory: {path}") from None
    return Opened(folder=RootFolder(target=target, path=path))


def looks_like_root(path: Path) -> bool:
    """Return whether a directory holds what a root file system holds."""
    if any(os.path.lexists(path / sign) for sign in _SIGNS):
        return True
    return sum(os.path.lexists(path / name) for name in _FOLDERS) >= 3
