"""
Make programs of a few sections: ELF of both word sizes and byte orders, PE, Mach-O.

Section ``n`` lies at ``offset(n)`` in the file and at ``address(n)`` in memory, whatever its size
(up to ``SLOT``), so that contents can point at each other.
"""

import struct
from collections.abc import Mapping

SLOT = 0x4000
BASE = 0x400000


def offset(n: int) -> int:
    """Return where section ``n`` lies in the file."""
    return SLOT * (n + 1)


def address(n: int) -> int:
    """Return where section ``n`` lies in memory."""
    return BASE + offset(n)


def elf_of(
    sections: Mapping[str, bytes],
    *,
    wide: bool = True,
    big: bool = False,
    machine: int = 62,
    kind: int = 2,
    sectioned: bool = True,
    extra: bytes = b"",
) -> bytes:
    """Return an ELF file; ``sectioned`` False leaves one writable segment for each section."""
    order = ">" if big else "<"
    names = b"\0" + b"".join(name.encode() + b"\0" for name in (*sections, ".shstrtab"))
    contents = [*sections.values(), names]
    body = _slots(contents)
    table_at = offset(len(contents))
    ident = b"\x7fELF" + bytes([2 if wide else 1, 2 if big else 1, 1, 0]) + bytes(8)
    header = ident + struct.pack(
        f"{order}HHI{'QQQ' if wide else 'III'}IHHHHHH",
        kind,
        machine,
        1,
        BASE,
        0 if sectioned else 64,
        table_at if sectioned else 0,
        0,
        64 if wide else 52,
        56 if wide else 32,
        0 if sectioned else len(sections),
        64 if wide else 40,
        len(contents) + 1 if sectioned else 0,
        len(contents) if sectioned else 0,
    )
    if not sectioned:
        header = header.ljust(64, b"\0") + _segments(list(sections.values()), order, wide) + extra
        return header.ljust(SLOT, b"\0") + body[SLOT:] + extra
    table = bytes(64 if wide else 40) + b"".join(
        _section(order, wide, names.index(b"\0" + name.encode() + b"\0") + 1, n, contents[n])
        for n, name in enumerate((*sections, ".shstrtab"))
    )
    return header.ljust(SLOT, b"\0") + body[SLOT:].ljust(table_at - SLOT, b"\0") + table


def _slots(contents: list[bytes]) -> bytes:
    return bytes(SLOT) + b"".join(one.ljust(SLOT, b"\0") for one in contents)


def _section(order: str, wide: bool, name: int, n: int, content: bytes) -> bytes:
    layout = "IIQQQQIIQQ" if wide else "IIIIIIIIII"
    fields = (name, 1, 3, address(n), offset(n), len(content), 0, 0, 16, 0)
    return struct.pack(f"{order}{layout}", *fields)


def _segments(contents: list[bytes], order: str, wide: bool) -> bytes:
    rows = []
    for n, content in enumerate(contents):
        size = len(content)
        if wide:
            fields = (1, 6, offset(n), address(n), address(n), size, size, 16)
            rows.append(struct.pack(f"{order}IIQQQQQQ", *fields))
        else:
            fields = (1, offset(n), address(n), address(n), size, size, 6, 16)
            rows.append(struct.pack(f"{order}8I", *fields))
    return b"".join(rows)


def pe_of(sections: Mapping[str, bytes], *, wide: bool = True) -> bytes:
    """Return a PE file; sections are writable."""
    optional = struct.pack("<H", 0x20B if wide else 0x10B).ljust(24 if wide else 28, b"\0")
    optional += struct.pack("<Q" if wide else "<I", BASE)
    optional = optional.ljust(240 if wide else 224, b"\0")
    header = b"PE\0\0" + struct.pack(
        "<HHIIIHH", 0x8664 if wide else 0x14C, len(sections), 0, 0, 0, len(optional), 0x22
    )
    rows = b"".join(
        name.encode().ljust(8, b"\0")
        + struct.pack("<IIII", len(content), offset(n), SLOT, offset(n))
        + bytes(12)
        + struct.pack("<I", 0xC0000040)
        for n, (name, content) in enumerate(sections.items())
    )
    dos = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    head = (dos + header + optional + rows).ljust(SLOT, b"\0")
    return head + _slots(list(sections.values()))[SLOT:]


def macho_of(sections: Mapping[str, bytes], *, wide: bool = True, big: bool = False) -> bytes:
    """Return a Mach-O file with one writable segment."""
    order = ">" if big else "<"
    rows = b"".join(
        name.encode().ljust(16, b"\0")
        + b"__DATA".ljust(16, b"\0")
        + struct.pack(f"{order}{'QQI' if wide else 'III'}", address(n), len(content), offset(n))
        + bytes(28 if wide else 24)
        for n, (name, content) in enumerate(sections.items())
    )
    size = (72 if wide else 56) + len(rows)
    segment = struct.pack(f"{order}II", 0x19 if wide else 1, size) + b"__DATA".ljust(16, b"\0")
    span = (BASE, 0x100000, 0, 0x100000)
    segment += struct.pack(f"{order}{'QQQQ' if wide else 'IIII'}", *span)
    segment += struct.pack(f"{order}IIII", 7, 3, len(sections), 0)
    head = struct.pack(f"{order}I", 0xFEEDFACF if wide else 0xFEEDFACE)
    head += struct.pack(f"{order}6I", 0x01000007 if wide else 7, 3, 2, 1, size, 0)
    head += bytes(4) if wide else b""
    return (head + segment + rows).ljust(SLOT, b"\0") + _slots(list(sections.values()))[SLOT:]
