"""
Read the records of a zip archive one by one: OSV's ``all.zip`` and other feeds of many small files.

Laws: members come in the archive's own order, whole, with their CRC checked; nothing is written
anywhere and a member's name is only a name. Bounds: ``Limits.feed_records`` members,
``Limits.feed_record_bytes`` each.
Source: PKWARE APPNOTE 6.3.10; read by the standard library's ``zipfile``.
"""

from collections.abc import Iterator
from typing import IO

from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded


def records(body: IO[bytes], suffix: str, limits: Limits = DEFAULT) -> Iterator[tuple[str, bytes]]:
    """
    Yield name and content of every member whose name ends in ``suffix``.

    Raises:
        FormatError: it is no zip archive, is cut short, or a member's CRC differs.
        LimitExceeded: too many members, or one too large.
    """
    import zipfile  # not on the scan path, unless data must be fetched
    import zlib

    try:
        with zipfile.ZipFile(body) as archive:
            members = archive.infolist()
            if len(members) > limits.feed_records:
                raise LimitExceeded(f"more than {limits.feed_records} records in one archive")
            for member in members:
                if not member.filename.endswith(suffix) or member.is_dir():
                    continue
                if member.file_size > limits.feed_record_bytes:
                    raise LimitExceeded(f"{member.filename[:80]} has {member.file_size} bytes")
                # zipfile reads at most the declared size and compares the CRC at the end.
                yield member.filename, archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise FormatError(f"a damaged zip archive: {error}") from None
    except (NotImplementedError, RuntimeError, ValueError, OverflowError) as error:
        raise FormatError(f"a zip archive of a kind we do not read: {error}") from None
