"""
Make the parts of Go programs that say how they were built, and programs of them.

The layouts are written here from ``debug/buildinfo`` and ``cmd/link/internal/ld`` of Go, not with
any code of this project.
"""

import struct
from collections.abc import Sequence

from tests.makers.program_files import address, elf_of

START = bytes.fromhex("3077af0c9274080241e1c107e6d618e6")
END = bytes.fromhex("f932433186182072008242104116d8f2")
"""What cmd/go puts around the text of modules."""

V12, V116, V118, V120 = 0xFFFFFFFB, 0xFFFFFFFA, 0xFFFFFFF0, 0xFFFFFFF1
EVERY_PROGRAM = ("main.main", "runtime.main", "runtime.mallocgc")


def module_text(*lines: str) -> str:
    """Return the text of modules; each line is words, joined by tabs (``mod m v1.0.0``)."""
    return "".join("\t".join(line.split(" ")) + "\n" for line in lines)


def inline_info(go: str, text: str = "") -> bytes:
    """Return ``.go.buildinfo`` as Go 1.18 and later write it."""
    framed = START + text.encode() + END if text else b""
    header = b"\xff Go buildinf:" + bytes([0, 2]) + bytes(16)
    return header + b"".join(_varint(len(part)) + part for part in (go.encode(), framed))


def pointed_info(go: str, text: str, *, word: int, big: bool, section: int = 0) -> bytes:
    """Return ``.go.buildinfo`` of Go 1.13 to 1.17, for section number ``section``."""
    order = "big" if big else "little"
    here = address(section)
    framed = START + text.encode() + END if text else b""
    strings = here + 64
    texts = strings + 4 * word
    header = b"\xff Go buildinf:" + bytes([word, 1 if big else 0])
    header += strings.to_bytes(word, order) + (strings + 2 * word).to_bytes(word, order)
    rows = [texts, len(go), texts + len(go), len(framed)]
    body = b"".join(one.to_bytes(word, order) for one in rows)
    return header.ljust(64, b"\0") + body + go.encode() + framed


def function_table(
    functions: Sequence[str], version: int = V120, *, word: int = 8, big: bool = False
) -> bytes:
    """Return ``.gopclntab`` with the names of functions and nothing that could be run."""
    order = "big" if big else "little"
    names = b"\0".join(name.encode() for name in functions) + b"\0"
    head = version.to_bytes(4, order) + bytes([0, 0, 1, word])
    count = len(functions).to_bytes(word, order)
    if version == V12:
        # An entry of a function, whose last bytes may look like text, before each name.
        rows = b"".join(b"\0\0" + name.encode() + b"\0" for name in functions)
        return head + count + rows
    before = [len(functions), 1] if version == V116 else [len(functions), 1, 0x401000]
    begin = 8 + 8 * word
    after = [begin, begin + len(names)] + [begin + len(names)] * 3
    words = b"".join(one.to_bytes(word, order) for one in before + after)
    return (head + words).ljust(begin, b"\0") + names


def go_elf(
    go: str = "go1.22.0",
    *lines: str,
    functions: Sequence[str] = (),
    table: int = V120,
    **how: bool,
) -> bytes:
    """Return a Go program for 64-bit Linux with build information and functions."""
    names = (*EVERY_PROGRAM, *functions)
    sections = {
        ".go.buildinfo": inline_info(go, module_text(*lines)),
        ".gopclntab": function_table(names, table),
    }
    return elf_of(sections, **how)


def package_note(text: bytes, owner: bytes = b"FDO\0", kind: int = 0xCAFE1A7E) -> bytes:
    """Return a section of notes with one note."""
    padded = text.ljust(-(-len(text) // 4) * 4, b"\0")
    return struct.pack("<III", len(owner), len(text), kind) + owner + padded


def _varint(number: int) -> bytes:
    found = b""
    while number >= 0x80:
        found += bytes([number & 0x7F | 0x80])
        number >>= 7
    return found + bytes([number])
