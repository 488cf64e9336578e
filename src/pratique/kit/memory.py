"""
Bound the memory this process may grow by, as the last wall behind all other limits.

Each reader has bounds of its own; this one holds where a hostile target found a way to multiply
what they let through. Past it an allocation fails with ``MemoryError``, which the caller turns into
an Unknown or a refusal, instead of the machine running out.
Law: growth is counted from where the block begins, and the bound ends with the block. Where the
system cannot do it (no ``/proc``), nothing happens.
Source: getrlimit(2) (RLIMIT_DATA covers private writable mappings since Linux 4.7), proc(5).
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def bounded_memory(growth_bytes: int) -> Iterator[None]:
    """
    Let the private memory of this process grow by at most ``growth_bytes`` inside the block.

    >>> with bounded_memory(64 << 20):
    ...     try:
    ...         _ = bytearray(1 << 30)
    ...     except MemoryError:
    ...         print("refused")
    refused
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = _private_bytes() + growth_bytes
    known = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    if bound == growth_bytes or any(limit <= bound for limit in known):
        yield
        return
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def lift_bound() -> None:
    """Drop the bound in a child process that is given one of its own."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


def _private_bytes() -> int:
    """Return the private writable memory of this process; 0 where it is not known."""
    try:
        with open("/proc/self/status", "rb") as file:
            fields = dict(line.split(b":", 1) for line in file if b":" in line)
    except OSError:
        return 0
    return int(fields.get(b"VmData", b"0 kB").split()[0]) << 10
