"""
Forbid a process every system call but those that computing on open descriptors needs.

A second wall behind the rlimits of ``kit.sandbox``, for the case that a decoder written in C is
made to run foreign code: no file, socket, process, signal or trace can be reached. A refused call
fails with EPERM. Where the kernel or the machine is unknown nothing is done, and False returned.
Sources: seccomp(2), Linux ``include/uapi/linux/{seccomp,filter,audit}.h``, syscall tables of
x86-64 and of the generic ABI (aarch64).
"""

import ctypes  # 2 ms, before the fork; only sandbox imports this module
import os
import struct
import sys

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _MODE_FILTER = 22, 38, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001
_X32_BIT = 0x40000000

_CALLS = {
    # read write close fstat lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn
    # pread64 pwrite64 readv writev sched_yield mremap madvise getpid exit gettimeofday getrusage
    # times sigaltstack gettid futex restart_syscall clock_gettime exit_group preadv getrandom rseq
    "x86_64": (
        0xC000003E,
        "0 1 3 5 8 9 10 11 12 13 14 15 17 18 19 20 24 25 28 39 60 96 98 100 131 186 202 219 228 231 "
        "295 318 334",
    ),
    "aarch64": (
        0xC00000B7,
        "63 64 57 80 62 222 226 215 214 134 135 139 67 68 65 66 124 216 233 172 93 169 165 153 132 "
        "178 98 128 113 94 69 278 293",
    ),
}


def is_known(machine: str, system: str) -> bool:
    """
    Return whether there is a table of system calls for a machine (as ``uname -m`` names it).

    >>> is_known("x86_64", "linux"), is_known("arm64", "darwin")
    (True, False)
    """
    return system == "linux" and machine in _CALLS


def forbid_all_but_computing() -> bool:
    """Install the filter for this process, for good; tell whether that was possible."""
    machine = os.uname().machine
    if not is_known(machine, sys.platform):
        return False
    table = _CALLS[machine]
    program = _program(table[0], [int(call) for call in table[1].split()])
    libc = ctypes.CDLL(None)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer))
    zero = ctypes.c_ulong(0)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), zero, zero, zero):
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), header, zero, zero) == 0)


def _program(arch: int, calls: list[int]) -> bytes:
    """Return the BPF program: right machine, a listed call: allow; anything else: EPERM."""
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, arch),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, len(calls), 0, _X32_BIT),
        *((_EQUAL, len(calls) - index, 0, call) for index, call in enumerate(calls)),
    ]
    steps += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
