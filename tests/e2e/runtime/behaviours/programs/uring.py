"""
Open a file through io_uring: no call of the open family is made, so what watches calls is blind.

Source: io_uring_setup(2), io_uring_enter(2).
"""

import ctypes
import mmap
import os
import struct
import sys

SETUP, ENTER = 425, 426
OPENAT, AT_FDCWD, GETEVENTS = 18, -100, 1
SQES_AT = 0x10000000


def main() -> str | int:
    """Open the file that is named; return what to exit with."""
    libc = ctypes.CDLL(None, use_errno=True)
    parameters = ctypes.create_string_buffer(120)
    ring = libc.syscall(SETUP, 4, parameters)
    if ring < 0:
        return f"io_uring_setup: {os.strerror(ctypes.get_errno())}"
    entries = struct.unpack_from("<I", parameters, 0)[0]
    _, tail, _, _, _, _, array = struct.unpack_from("<7I", parameters, 40)
    completions = struct.unpack_from("<6I", parameters, 80)[5]
    path = ctypes.create_string_buffer(sys.argv[1].encode())
    submissions = mmap.mmap(ring, array + 4 * entries, mmap.MAP_SHARED)
    asked = mmap.mmap(ring, 64 * entries, mmap.MAP_SHARED, offset=SQES_AT)
    asked[:32] = struct.pack("<BBHiQQII", OPENAT, 0, 0, AT_FDCWD, 0, ctypes.addressof(path), 0, 0)
    submissions[array : array + 4] = struct.pack("<I", 0)
    submissions[tail : tail + 4] = struct.pack("<I", 1)
    if libc.syscall(ENTER, ring, 1, 1, GETEVENTS, None, 0) != 1:
        return f"io_uring_enter: {os.strerror(ctypes.get_errno())}"
    answers = mmap.mmap(ring, completions + 16, mmap.MAP_SHARED)
    _, result = struct.unpack_from("<Qi", answers, completions)
    return 0 if result >= 0 else os.strerror(-result)


if __name__ == "__main__":
    sys.exit(main())
