"""
Read the list of packages that Mariner's (Azure Linux's) distroless images carry in place of rpm.

``container-manifest-2`` has one package a line, ten fields between tabs: name, version-release,
install time, build time, vendor, epoch as rpm prints it, size, arch, epoch as a number, source rpm.
Law: a line of another form is ``Damaged``. Epoch 0 counts as none, as the number cannot say more.
Source: https://github.com/microsoft/azurelinux, toolkit/tools/imagegen/installutils (the query
format of its "rpm manifest").
"""

from collections.abc import Iterator
from io import BytesIO

from pratique.formats.packages.damaged import Damaged, is_word, shown
from pratique.formats.packages.rpmdb.header import RpmRecord
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import LimitExceeded

_FIELDS = 10
_NONE = "(none)"


def parse_manifest(content: bytes, limits: Limits = DEFAULT) -> Iterator[RpmRecord | Damaged]:
    """
    Yield the packages of a ``container-manifest-2`` file.

    Raises:
        LimitExceeded: more lines than ``limits.packages``.
    """
    for number, line in enumerate(BytesIO(content)):
        if number >= limits.packages:
            raise LimitExceeded(f"more than {limits.packages} records (packages)")
        if line.strip(b"\r\n"):
            yield _record(line[:4096].decode(errors="replace").rstrip("\r\n"))


def _record(line: str) -> RpmRecord | Damaged:
    fields = line.split("\t")
    if len(fields) != _FIELDS:
        return Damaged(f"a line of {len(fields)} fields: {shown(line)}")
    name, evr, vendor, arch, epoch, source = (fields[at] for at in (0, 1, 4, 7, 8, 9))
    version, dash, release = evr.rpartition("-")
    if not all(map(is_word, (name, version, release, arch))) or not dash:
        return Damaged(f"a line without a valid name and version: {shown(line)}")
    return RpmRecord(
        name=name,
        epoch=int(epoch) if epoch.isascii() and epoch.isdecimal() and epoch[:9] != "0" else None,
        version=version,
        release=release,
        arch=arch,
        source_rpm="" if source == _NONE or not is_word(source) else source,
        vendor="" if vendor == _NONE else vendor,
    )
