"""Write records as the kernel's programs do (bpf/records.h), for tests of whoever reads them."""

from collections.abc import Sequence

from pratique.formats.kernel_events import calls, layout
from pratique.formats.kernel_events.layout import Shape

NUMBERS = {name: number for number, name in calls.TYPES.items()}
LOOPBACK = bytes(10) + b"\xff\xff" + bytes([127, 0, 0, 1])


def record(
    shape: Shape,
    kind: str,
    body: bytes,
    *,
    flags: int = 0,
    result: int = 0,
    comm: bytes = b"sh",
    stream: int = 0,
    count: int = 1,
) -> bytes:
    """Return a whole record of process 100 (task 101, child of 99)."""
    head = layout.HEADER.pack(
        layout.HEADER.size + len(body),
        shape,
        flags,
        NUMBERS[kind],
        stream,
        100,
        7,
        5_000,
        101,
        99,
        1000,
        1001,
        11,
        12,
        count,
        21,
        22,
        result,
        comm,
    )
    return head + body


def opened(
    path: bytes, given: bytes = b"", *, outside: int = 0, fd: int = 3, mode: int = 0o644
) -> bytes:
    """Return what is known of a file: inode 5 on device 8:1, opened with flags 0o2001."""
    facts = (5, 8 << 20 | 1, 0o2001, mode, 0o100644, fd, len(path), outside, len(given))
    return layout.OPENED.pack(*facts) + path + given


def executed(
    path: bytes,
    arguments: Sequence[bytes],
    *,
    interpreter: bytes = b"",
    environment: Sequence[bytes] = (),
) -> bytes:
    """Return an execution of ``path``, called ``./x`` in /srv."""
    texts = (
        path,
        b"./x",
        interpreter,
        b"/srv",
        b"".join(one + b"\0" for one in arguments),
        b"".join(one + b"\0" for one in environment),
    )
    sizes = [len(text) for text in texts]
    facts = (5, 1, 3, 2, 10, 20, 30, 40, 8 << 20 | 1, 1000, 50, 51, 2, 0x8801)
    return layout.EXECUTED.pack(*facts, sizes[0], 0, *sizes[1:], 0) + b"".join(texts)


def names(
    arguments: Sequence[int],
    *texts: tuple[int, bytes, bytes],
    extra: Sequence[int] = (0, 0, 0),
) -> bytes:
    """Return a call with its arguments, and of each text: what it is, itself, its directory."""
    filled = [*texts, *[(0, b"", b"")] * 3][:3]
    kinds, given, bases = zip(*filled, strict=True)
    padded = [*arguments, *[0] * 6][:6]
    fixed = layout.NAMES.pack(
        *(one & (1 << 64) - 1 for one in padded),
        *extra,
        *kinds,
        0,
        *map(len, bases),
        *map(len, given),
    )
    return fixed + b"".join(text + base for text, base in zip(given, bases, strict=True))


def socket(
    family: int,
    local: tuple[bytes, int],
    remote: tuple[bytes, int],
    path: bytes = b"",
    data: bytes = b"",
) -> bytes:
    """Return what is known of a stream socket, descriptor 4."""
    lengths = len(path), len(data)
    facts = (4, family, 1, 6, local[1], remote[1], local[0], remote[0], *lengths, 0)
    return layout.SOCKET.pack(*facts) + path + data


def dns(message: bytes, *, port: int = 53, outgoing: bool = True) -> bytes:
    """Return a packet from 127.0.0.1 to 127.0.0.1, in a record of the largest size."""
    fixed = layout.DNS.pack(LOOPBACK, LOOPBACK, 40000, port, len(message), 0, outgoing)
    return fixed + message.ljust(1024, b"\0")
