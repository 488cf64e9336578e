"""Make ELF programs section by section, honest and lying; 64-bit, little-endian, never run."""

import struct
from collections.abc import Sequence

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")


def elf(
    sections: Sequence[tuple[str, bytes]],
    *,
    sizes: dict[str, int] | None = None,
    flags: dict[str, int] | None = None,
    count: int | None = None,
) -> bytes:
    """
    Return a program with the given sections.

    Args:
        sections: name and content.
        sizes: what the header of a section says its size is, where that is a lie.
        flags: flags of sections (0x800: compressed).
        count: how many sections the file's header says there are.
    """
    names = b"\0" + b"".join(name.encode() + b"\0" for name, _ in sections) + b".shstrtab\0"
    body, at, rows = b"", _HEADER.size, [_SECTION.pack(*[0] * 10)]
    for name, content in [*sections, (".shstrtab", names)]:
        size = (sizes or {}).get(name, len(content))
        kind = 3 if name == ".shstrtab" else 1
        offset = names.index(b"\0" + name.encode() + b"\0") + 1
        flag = (flags or {}).get(name, 0)
        rows.append(_SECTION.pack(offset, kind, flag, 0, at + len(body), size, 0, 0, 1, 0))
        body += content
    total = len(rows) if count is None else count
    head = _HEADER.pack(
        b"\x7fELF\x02\x01\x01" + bytes(9), 2, 62, 1, 0, 0, at + len(body), 0, 64, 56, 0, 64, total,
        len(rows) - 1,
    )  # fmt: skip
    return head + body + b"".join(rows)
