"""
Make a 32-bit program without a compiler: it opens a file, by the numbers of 32-bit calls, and ends.

Source: the ELF specification (``Elf32_Ehdr``, ``Elf32_Phdr``); ARM and i386 instruction encodings;
numbers of calls from ``pratique.formats.kernel_events.numbers``.
"""

import struct
from collections.abc import Callable

from pratique.formats.kernel_events.numbers import COMPAT, numbers

PATH = "/tmpfs/by-32-bits"
FLAGS, MODE = 0o101, 0o600
_HERE = -100
_PLACE = 0x20000
_HEAD_BYTES = 52 + 32
_ARM, _I386 = 40, 3
_ARM_EABI = 0x05000000


def narrow_program(machine: str) -> bytes:
    """Return a program for the 32-bit calls of a machine, as ``uname -m`` says it."""
    kind, flags, code = _KINDS[machine]
    table = numbers(COMPAT[machine])
    # The text stands behind the code, whose length does not depend on where that is.
    start = _PLACE + _HEAD_BYTES
    text = start + len(code(table, 0))
    content = code(table, text) + PATH.encode() + b"\0"
    size = _HEAD_BYTES + len(content)
    head = b"\x7fELF\1\1\1" + bytes(9)
    head += struct.pack("<HHIIIIIHHHHHH", 2, kind, 1, start, 52, 0, flags, 52, 32, 1, 0, 0, 0)
    return head + struct.pack("<8I", 1, 0, _PLACE, _PLACE, size, size, 5, 0x1000) + content


def _arm(table: dict[str, int], text: int) -> bytes:
    def put(register: int, value: int) -> tuple[int, int]:
        """Set a register: movw of the lower half, movt of the upper."""
        halves = ((0xE3000000, value & 0xFFFF), (0xE3400000, value >> 16 & 0xFFFF))
        low, high = (
            word | (half >> 12) << 16 | register << 12 | half & 0xFFF for word, half in halves
        )
        return low, high

    call = 0xEF000000
    words = [*put(7, table["openat"]), *put(0, _HERE), *put(1, text), *put(2, FLAGS)]
    words += [*put(3, MODE), call, *put(7, table["exit"]), *put(0, 0), call]
    return struct.pack(f"<{len(words)}I", *words)


def _i386(table: dict[str, int], text: int) -> bytes:
    eax, ecx, edx, ebx, esi = b"\xb8", b"\xb9", b"\xba", b"\xbb", b"\xbe"
    call = b"\xcd\x80"
    values = [(eax, table["openat"]), (ebx, _HERE), (ecx, text), (edx, FLAGS), (esi, MODE)]
    code = b"".join(register + struct.pack("<I", value & 0xFFFFFFFF) for register, value in values)
    return code + call + eax + struct.pack("<I", table["exit"]) + ebx + bytes(4) + call


_KINDS: dict[str, tuple[int, int, Callable[[dict[str, int], int], bytes]]] = {
    "aarch64": (_ARM, _ARM_EABI, _arm),
    "x86_64": (_I386, 0, _i386),
}
