"""
Open a file by a 32-bit system call from a 64-bit process (x86-64).

32-bit calls have numbers of their own: a sensor that only knows the native ones sees nothing.
The code lies in the lower 4 GiB, because ``int 0x80`` takes 32 bits of each register.
"""

import ctypes
import mmap
import sys

PROT = mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC
MAP_32BIT = 0x40
PATH_AT = 256


def code(path_at: int) -> bytes:
    """Return a function that opens the path at an address and returns the descriptor."""
    return (
        b"\x53"  # push rbx
        b"\xb8\x05\x00\x00\x00"  # mov eax, 5 (open)
        b"\xbb"
        + path_at.to_bytes(4, "little")  # mov ebx, path
        + b"\x31\xc9\x31\xd2"  # ecx = O_RDONLY, edx = 0
        b"\xcd\x80"  # int 0x80
        b"\x5b\xc3"  # pop rbx; ret
    )


def main() -> bool:
    """Open the file that is named; return whether that failed."""
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | MAP_32BIT
    page = libc.mmap(None, 4096, PROT, flags, -1, 0)
    path = sys.argv[1].encode() + b"\0"
    made = code(page + PATH_AT)
    ctypes.memmove(page, made, len(made))
    ctypes.memmove(page + PATH_AT, path, len(path))
    return bool(ctypes.CFUNCTYPE(ctypes.c_int)(page)() < 0)


if __name__ == "__main__":
    sys.exit(main())
