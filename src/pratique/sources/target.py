"""
Find the source that a target names, import only that one, and open it.

Laws: a known prefix decides; else a path that exists is recognised by its content and wins over a
registry; ``./`` and ``/`` always mean a path; what is left is an image reference. A name that can
only be a file (``x.tar``) is never looked up on the network.
"""

import importlib
import os
import re
from pathlib import Path
from typing import cast

from pratique.model.errors import UsageError
from pratique.sources.interface import (
    InvalidImage,
    Opened,
    Options,
    Source,
    TargetNotFound,
)

PREFIXES = {
    "docker-archive": "docker_archive",
    "oci": "oci_layout",
    "oci-archive": "oci_archive",
    "dir": "directory",
    "sbom": "sbom",
    "docker": "docker_daemon",
    "podman": "podman_daemon",
    "containerd": "containerd",
    "registry": "registry",
}
"""Prefix of a target → module of this folder; a test holds it against the modules' ``PREFIX``."""

_FILE_ENDINGS = (
    *(".tar", ".tgz", ".tar.gz", ".tar.zst", ".tar.xz", ".tar.bz2", ".oci", ".zip"),
    *(".json", ".xml", ".spdx", ".cdx"),
)
_MOST_CHARACTERS = 8192
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def open_target(text: str, options: Options) -> Opened:
    """
    Open what the user typed.

    Raises:
        UsageError: it is empty or holds control characters.
        TargetError: it cannot be identified.
        StorageError: no room for a temporary file.
    """
    if not text or len(text) > _MOST_CHARACTERS or _CONTROL.search(text):
        raise UsageError(
            "the target is empty or not printable", hint="see `pratique scan --help` for its forms"
        )
    if text == "-":
        return _load("standard_input").open_target("", options)
    if text.startswith("docker://"):  # skopeo's way to say registry
        return _load("registry").open_target(text.removeprefix("docker://"), options)
    prefix, colon, rest = text.partition(":")
    if colon and prefix in PREFIXES:
        return _load(PREFIXES[prefix]).open_target(rest, options)
    if os.path.lexists(text):
        return _open_path(Path(text), text, "", options)
    path, tag = _path_with_tag(text)
    if path is not None:
        return _open_path(path, text, tag, options)
    if text.startswith(("/", "./", "../", "~")) or text in (".", ".."):
        raise TargetNotFound(f"no such file or directory: {text}")
    if text.partition(":")[0].lower().endswith(_FILE_ENDINGS):
        raise TargetNotFound(
            f"no such file: {text}", hint="if it is an image in a registry, write registry:NAME"
        )
    return _load("registry").open_target(text, options)


def _open_path(path: Path, text: str, tag: str, options: Options) -> Opened:
    """Open a file or directory by what it holds."""
    if not path.is_dir():
        from pratique.sources._archive import open_regular
        from pratique.sources._content import open_content

        return open_content(open_regular(path), str(path), text, tag, options)
    if (path / "index.json").exists() and (path / "oci-layout").exists():
        return _load("oci_layout").open_target(text, options)
    directory = importlib.import_module("pratique.sources.directory")
    if directory.looks_like_root(path):
        return _load("directory").open_target(text, options)
    raise InvalidImage(
        f"{path} is a folder, but neither an OCI layout nor a root file system",
        hint=f"dir:{path} scans the files in it, such as a repository with lockfiles",
    )


def _path_with_tag(text: str) -> tuple[Path | None, str]:
    """
    Return the path and tag of ``PATH:TAG`` where the path can only be an archive or layout.

    A directory that merely shares its name with an image (``alpine/`` and ``alpine:3.20``) is none.
    """
    from pratique.sources._paths import split_tag

    path, tag = split_tag(text)
    if tag and (path.is_file() or (path / "oci-layout").is_file()):
        return path, tag
    return None, ""


def _load(module: str) -> Source:
    return cast(Source, importlib.import_module(f"pratique.sources.{module}"))
