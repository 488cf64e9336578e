"""
Read opkg's database (OpenWrt, Yocto): the status file and the lists of owned files.

The same stanzas as dpkg's, with opkg's own words: ``Status: install user installed``, versions
that need no epoch rules, and file lists without folders whose lines may carry a mode.
Bounds: linear in the input. Source: https://git.yoctoproject.org/opkg, libopkg/pkg_parse.c,
libopkg/opkg_cmd.c (``Package.list`` lines: path, tab, octal mode, tab, symlink target).
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.formats.packages.damaged import CUT, Damaged, is_word, shown
from pratique.formats.packages.deb822 import stanzas
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import LimitExceeded
from pratique.model.paths import decode_path

_FIELDS = frozenset(
    b"package status version architecture source sourcename depends provides license".split()
)
_ABSENT = frozenset({"not-installed", "config-files"})


class OpkgRecord(Struct, frozen=True, kw_only=True):
    """One stanza; ``state`` is the third word of Status, ``depends`` holds bare names."""

    name: str
    version: str
    arch: str
    state: str
    source: str = ""
    licence: str = ""
    depends: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()

    @property
    def installed(self) -> bool:
        """Say whether any of the package's files can be on disk."""
        return self.state not in _ABSENT


def parse_status(content: bytes, limits: Limits = DEFAULT) -> Iterator[OpkgRecord | Damaged]:
    """
    Yield the records of a status file in order, removed ones included.

    Raises:
        LimitExceeded: more records than ``limits.packages``.

    >>> text = b"Package: a\\nVersion: 1-r2\\nStatus: install user installed\\nDepends: libc, b (>1)\\n"
    >>> [(r.name, r.version, r.depends) for r in parse_status(text)]
    [('a', '1-r2', ('libc', 'b'))]
    """
    for number, fields in enumerate(stanzas(content, _FIELDS)):
        if number >= limits.packages:
            raise LimitExceeded(f"more than {limits.packages} records (packages)")
        yield _record(fields, number)
    if content and not content.endswith(b"\n"):
        yield CUT


def parse_list(content: bytes, limits: Limits = DEFAULT) -> tuple[str, ...]:
    """
    Return the relative paths of an ``info/*.list`` file.

    Raises:
        LimitExceeded: more lines than ``limits.owned_files``.

    >>> parse_list(b"/etc/config/x\\n/bin/y\\t0755\\n")
    ('etc/config/x', 'bin/y')
    """
    if content.count(b"\n") > limits.owned_files:
        raise LimitExceeded(f"more than {limits.owned_files} files in one list (owned_files)")
    lines = (line.partition(b"\t")[0].lstrip(b"/") for line in content.split(b"\n"))
    return tuple(dict.fromkeys(decode_path(line) for line in lines if line))


def _record(fields: dict[bytes, str], number: int) -> OpkgRecord | Damaged:
    name, version = fields.get(b"package", ""), fields.get(b"version", "")
    arch, words = fields.get(b"architecture", ""), fields.get(b"status", "").split()
    if not is_word(name):
        return Damaged(f"stanza {number + 1} has no valid package name: {shown(name)}")
    if len(words) != 3:
        return Damaged(f"package {name} has no valid Status field")
    if words[2] not in _ABSENT and not is_word(version):
        return Damaged(f"package {name} has no valid version: {shown(version)}")
    return OpkgRecord(
        name=name,
        version=version,
        arch=arch if is_word(arch) else "",
        state=words[2],
        source=fields.get(b"sourcename", "") or fields.get(b"source", "").rpartition("/")[2],
        licence=fields.get(b"license", ""),
        depends=_names(fields.get(b"depends", "")),
        provides=_names(fields.get(b"provides", "")),
    )


def _names(field: str) -> tuple[str, ...]:
    found = (part.replace("(", " ").split() for part in field.split(","))
    return tuple(dict.fromkeys(words[0] for words in found if words))
