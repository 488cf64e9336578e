"""
Write and run a 32-bit program of a hundred bytes that opens a file (x86).

``elf32.py PATH-TO-OPEN PROGRAM-TO-WRITE``
"""

import os
import struct
import sys
from pathlib import Path

BASE, HEADERS, CODE = 0x08048000, 52 + 32, 28


def program(opened: str) -> bytes:
    """Return the whole file: headers, code, path."""
    path = opened.encode() + b"\0"
    code = (
        (
            b"\xb8\x05\x00\x00\x00"  # mov eax, 5 (open)
            b"\xbb"
            + struct.pack("<I", BASE + HEADERS + CODE)  # mov ebx, path
            + b"\x31\xc9\x31\xd2\xcd\x80"  # ecx = O_RDONLY, edx = 0, int 0x80
            b"\xb8\x01\x00\x00\x00"  # mov eax, 1 (exit)
            b"\x31\xdb\xcd\x80"  # ebx = 0, int 0x80
        ).ljust(CODE, b"\x90")
    )
    size = HEADERS + CODE + len(path)
    header = b"\x7fELF\x01\x01\x01".ljust(16, b"\0") + struct.pack(
        "<HHIIIIIHHHHHH", 2, 3, 1, BASE + HEADERS, 52, 0, 0, 52, 32, 1, 0, 0, 0
    )
    segment = struct.pack("<8I", 1, 0, BASE, BASE, size, size, 5, 4096)
    return header + segment + code + path


def main() -> None:
    """Write the program and become it."""
    place = Path(sys.argv[2])
    place.write_bytes(program(sys.argv[1]))
    place.chmod(0o755)
    os.execv(place, [str(place)])


if __name__ == "__main__":
    main()
