"""
Describe what a build made, and what a fix of its Dockerfile may change in it.
"""

from collections.abc import Mapping

from msgspec import Struct

from pratique.model.layer import EntryKind


class Effect(Struct, frozen=True, kw_only=True):
    """
    What a fix may change in what is built.

    ``added``, ``removed`` and ``changed`` are globs of paths without a slash before them, in which
    ``*`` matches slashes too; a folder's content is ``folder/*``. ``config`` names fields of the
    image's configuration as the OCI image specification writes them (``User``, ``Labels``).
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    config: tuple[str, ...] = ()


class BuiltFile(Struct, frozen=True, gc=False):
    """
    What stands at one path of a built image; its time does not count.

    ``content`` is the sha256 (hex) of a file, the target of a symlink, the numbers of a device, else
    empty. ``xattrs`` are ``name=hex``.
    """

    kind: EntryKind
    mode: int
    uid: int
    gid: int
    content: str = ""
    xattrs: tuple[str, ...] = ()


class Built(Struct, frozen=True, kw_only=True):
    """
    What a build made: paths, fields of the configuration as JSON text, unpacked bytes.

    ``size_bytes`` are those of the files that stand in the image, each path counted.
    """

    files: Mapping[str, BuiltFile]
    config: Mapping[str, str]
    size_bytes: int
