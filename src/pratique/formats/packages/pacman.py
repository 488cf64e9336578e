"""
Read pacman's local database: the ``desc`` and ``files`` files of one package.

A file is sections ``%NAME%`` with one value a line, each ended by an empty line. ``%FILES%`` lists
paths (folders end in a slash), ``%BACKUP%`` configuration files with their md5.
Bounds: linear in the input. Source: pacman, lib/libalpm/be_local.c (local_db_read).
"""

from io import BytesIO

from msgspec import Struct

from pratique.formats.packages.damaged import is_word, shown
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import OwnedFile
from pratique.model.paths import decode_path


class PacmanRecord(Struct, frozen=True, kw_only=True):
    """One package; ``version`` is ``[epoch:]pkgver-pkgrel``, ``depends`` holds bare names."""

    name: str
    version: str
    arch: str = ""
    base: str = ""
    licences: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()


def parse_desc(content: bytes, limits: Limits = DEFAULT) -> PacmanRecord:
    """
    Return the package of a ``desc`` file.

    Raises:
        FormatError: it has no valid name and version.
        LimitExceeded: more lines than ``limits.owned_files``.

    >>> parse_desc(b"%NAME%\\nzlib\\n\\n%VERSION%\\n1:1.3-1\\n\\n%DEPENDS%\\nglibc>=2\\n").depends
    ('glibc',)
    """
    sections = {
        name: tuple(line.decode(errors="replace") for line in lines)
        for name, lines in _sections(content, limits).items()
    }
    first = {name: lines[0] for name, lines in sections.items() if lines}
    name, version = first.get(b"NAME", ""), first.get(b"VERSION", "")
    if not is_word(name) or not is_word(version):
        raise FormatError(f"no valid name and version: {shown(name)} {shown(version)}")
    arch, base = first.get(b"ARCH", ""), first.get(b"BASE", "")
    return PacmanRecord(
        name=name,
        version=version,
        arch=arch if is_word(arch) else "",
        base=base if is_word(base) else "",
        licences=sections.get(b"LICENSE", ()),
        depends=_names(sections.get(b"DEPENDS", ())),
        provides=_names(sections.get(b"PROVIDES", ())),
    )


def parse_files(content: bytes, limits: Limits = DEFAULT) -> tuple[OwnedFile, ...]:
    """
    Return the files of a ``files`` file; only configuration files have a digest there.

    Raises:
        LimitExceeded: more lines than ``limits.owned_files``.
    """
    sections = _sections(content, limits)
    backups = dict(line.rpartition(b"\t")[::2] for line in sections.get(b"BACKUP", ()))
    return tuple(
        OwnedFile(
            decode_path(path),
            f"md5:{backups[path].decode('ascii', 'replace')}" if path in backups else "",
            path in backups,
        )
        for path in sections.get(b"FILES", ())
        if not path.endswith(b"/")
    )


def _sections(content: bytes, limits: Limits) -> dict[bytes, list[bytes]]:
    if content.count(b"\n") > limits.owned_files:
        raise LimitExceeded(f"more than {limits.owned_files} lines in one file (owned_files)")
    sections: dict[bytes, list[bytes]] = {}
    lines: list[bytes] = []
    for raw in BytesIO(content):
        line = raw.rstrip(b"\n")
        if line.startswith(b"%") and line.endswith(b"%") and len(line) > 2:
            lines = sections.setdefault(line[1:-1], [])
        elif line:
            lines.append(line)
    return sections


def _names(values: tuple[str, ...]) -> tuple[str, ...]:
    cut = (value.replace("<", "=").replace(">", "=").partition("=")[0] for value in values)
    return tuple(dict.fromkeys(name for name in cut if name))
