"""Read ``/proc/modules``: which kernel modules are loaded. Source: proc_modules(5)."""

MOST_MODULES = 10_000


def read_modules(content: bytes) -> frozenset[str]:
    """
    Return the names of the loaded modules.

    >>> sorted(read_modules(b"overlay 1 2 - Live 0x0\\nnf_nat 3 0 - Live 0x0\\n"))
    ['nf_nat', 'overlay']
    """
    lines = content.split(b"\n")[:MOST_MODULES]
    return frozenset(line.split(b" ")[0].decode("utf-8", "replace")[:64] for line in lines if line)
