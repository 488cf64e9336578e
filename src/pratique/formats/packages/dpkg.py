"""
Read dpkg's database: the status file, distroless status.d files, lists of owned files.

Law: a record is installed in every state but ``not-installed`` and ``config-files``, as dpkg-query
counts it; a stanza that dpkg could not have written (no name, no state, installed without a
version) is ``Damaged``, never skipped.
Bounds: linear in the input. Source: dpkg's own lib/dpkg/parse.c and dbmodify.c;
https://manpages.debian.org/dpkg; deb-src-control ``Source: name (version)``.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from pratique.formats.packages.damaged import CUT, Damaged, is_word, shown
from pratique.formats.packages.deb822 import stanzas
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.paths import decode_path

_FIELDS = frozenset(
    b"package status version architecture source depends pre-depends provides conffiles"
    b" multi-arch maintainer abi feature".split()
)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9+._-]{0,254}")
_SOURCE = re.compile(r"(\S{1,255})(?:\s+\((\S{1,255})\))?")
_OFFER = re.compile(r"([A-Za-z0-9][A-Za-z0-9+._-]{0,254}) \(= (\S{1,255})\)")
_SUM = re.compile(rb"^([0-9a-f]{32})  (?:\./)?(.+)$", re.MULTILINE)
_CONFFILE = re.compile(
    r"^(/.*?) ([0-9a-f]{32}|newconffile)(?: obsolete)?(?: remove-on-upgrade)?$", re.MULTILINE
)
_HEX = "0123456789abcdef"
_MAINTAINER_CHARS = 500
_ABSENT = frozenset({"not-installed", "config-files"})


class DpkgRecord(Struct, frozen=True, kw_only=True):
    """
    One stanza. ``state`` is the third word of its Status field (``installed`` in status.d).

    ``depends`` lists groups of alternatives, Pre-Depends first; ``conffiles`` are pairs (relative
    path, md5 in hex or empty); ``offers`` what of ``provides`` has a version. ``source_version`` differs from ``version`` after a binary-only
    rebuild.
    """

    name: str
    version: str
    arch: str
    source_name: str
    source_version: str
    state: str
    multi_arch: str = ""
    maintainer: str = ""
    depends: tuple[tuple[str, ...], ...] = ()
    provides: tuple[str, ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
    conffiles: tuple[tuple[str, str], ...] = ()

    @property
    def installed(self) -> bool:
        """Say whether any of the package's files can be on disk beyond its configuration."""
        return self.state not in _ABSENT


def parse_status(
    content: bytes, *, stateless: bool = False, limits: Limits = DEFAULT
) -> Iterator[DpkgRecord | Damaged]:
    """
    Yield the records of a status file, in order, removed ones included.

    Args:
        content: the file.
        stateless: it is a file of distroless' status.d, whose stanzas have no Status field.
        limits: ``packages`` bounds the records.

    Raises:
        FormatError: this is vcpkg's status file, which only looks alike.
        LimitExceeded: more records than ``limits.packages``.

    >>> text = b"Package: a\\nStatus: install ok installed\\nVersion: 1-2+b1\\nSource: s (1-2)\\n"
    >>> [(r.name, r.version, r.source_name, r.source_version) for r in parse_status(text)]
    [('a', '1-2+b1', 's', '1-2')]
    """
    for number, fields in enumerate(stanzas(content, _FIELDS)):
        if number >= limits.packages:
            raise LimitExceeded(f"more than {limits.packages} records (packages)")
        if b"abi" in fields or b"feature" in fields:
            raise FormatError("a status file of vcpkg, not of dpkg")
        yield _record(fields, number, stateless)
    if content and not stateless and not content.endswith(b"\n"):
        yield CUT


def parse_md5sums(content: bytes, limits: Limits = DEFAULT) -> dict[str, str]:
    """
    Return relative path → md5 (hex) of an ``info/*.md5sums`` file; other lines are ignored.

    Raises:
        LimitExceeded: more lines than ``limits.owned_files``.
    """
    _check_lines(content, limits)
    if content.isascii():
        lines = content.decode().split("\n")
        sums = {line[34:]: line[:32] for line in lines if line[32:34] == "  "}
        # Debian's own build tools write exactly this; anything else takes the careful way.
        if (
            len(sums) >= len(lines) - 1
            and b"  ./" not in content
            and not "".join(sums.values()).strip(_HEX)
        ):
            return sums
    return {decode_path(path): md5.decode() for md5, path in _SUM.findall(content)}


def parse_list(content: bytes, limits: Limits = DEFAULT) -> set[str]:
    """
    Return the relative paths of an ``info/*.list`` file without the folders of others in it.

    An empty folder cannot be told from a file here.

    Raises:
        LimitExceeded: more lines than ``limits.owned_files``.

    >>> sorted(parse_list(b"/.\\n/etc\\n/etc/a\\n/etc/b\\n"))
    ['etc/a', 'etc/b']
    """
    _check_lines(content, limits)
    names = (
        content.decode().split("\n")
        if content.isascii()
        else [decode_path(line) for line in content.split(b"\n")]
    )
    paths = {name.lstrip("/") for name in names}
    paths -= {path.rpartition("/")[0] for path in paths}
    paths.discard(".")
    return paths


def _check_lines(content: bytes, limits: Limits) -> None:
    if content.count(b"\n") > limits.owned_files:
        raise LimitExceeded(f"more than {limits.owned_files} files in one list (owned_files)")


def _record(fields: dict[bytes, str], number: int, stateless: bool) -> DpkgRecord | Damaged:
    name = fields.get(b"package", "")
    if not _NAME.fullmatch(name):
        return Damaged(f"stanza {number + 1} has no valid package name: {shown(name)}")
    state = "installed" if stateless else _state(fields.get(b"status", ""))
    if not state:
        return Damaged(f"package {name} has no valid Status field")
    version, arch = fields.get(b"version", ""), fields.get(b"architecture", "")
    if state not in _ABSENT and not is_word(version):
        return Damaged(f"package {name} has no valid version: {shown(version)}")
    if arch and not is_word(arch):
        return Damaged(f"package {name} has no valid architecture: {shown(arch)}")
    source = _SOURCE.fullmatch(fields.get(b"source", ""))
    return DpkgRecord(
        name=name,
        version=version,
        arch=arch,
        source_name=source[1] if source else name,
        source_version=(source[2] if source else None) or version,
        state=state,
        multi_arch=fields.get(b"multi-arch", ""),
        maintainer=fields.get(b"maintainer", "")[:_MAINTAINER_CHARS],
        depends=_groups(fields.get(b"pre-depends", "")) + _groups(fields.get(b"depends", "")),
        provides=tuple(name for group in _groups(fields.get(b"provides", "")) for name in group),
        offers=_offers(fields.get(b"provides", "")),
        conffiles=_conffiles(fields.get(b"conffiles", "")),
    )


def _state(status: str) -> str:
    words = status.split()
    return words[2] if len(words) == 3 and is_word(words[2]) else ""


def _groups(field: str) -> tuple[tuple[str, ...], ...]:
    if not field:
        return ()
    found = (
        tuple(m[0] for option in part.split("|") if (m := _NAME.match(option.strip())))
        for part in field.split(",")
    )
    # Repetition is dropped at once: it carries nothing, and a hostile field is all repetition.
    return tuple(dict.fromkeys(group for group in found if group))


def _offers(field: str) -> tuple[tuple[str, str], ...]:
    if "(= " not in field:
        return ()
    found = (_OFFER.fullmatch(part.strip()) for part in field.split(","))
    return tuple(dict.fromkeys((m[1], m[2]) for m in found if m))


def _conffiles(field: str) -> tuple[tuple[str, str], ...]:
    if not field:
        return ()
    return tuple(
        (path.lstrip("/"), "" if digest == "newconffile" else digest)
        for path, digest in _CONFFILE.findall(field)
    )
