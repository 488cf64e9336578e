"""
Turn records of the kernel's programs into observations.

Pure and bounded: a record says its own size, every text lies inside it, and one that does not is a
``FormatError``. Texts are decoded as UTF-8 with U+FFFD for what is none. Numbers of devices become
those of stat(2); IPv4 addresses that stand in IPv6 ones are written as IPv4. A copied descriptor of
a pipe has the path ``pipe:[inode]``.
"""

import struct
from collections.abc import Callable
from socket import AF_INET6, inet_ntop

from pratique.formats.dns import read_message
from pratique.formats.kernel_events.calls import TYPES
from pratique.formats.kernel_events.layout import (
    CGROUP,
    COPY,
    DNS,
    EXECUTED,
    EXITED,
    FORKED,
    HEADER,
    OPENED,
    REFUSED,
    SOCKET,
    Flag,
    Measure,
    Shape,
)
from pratique.formats.kernel_events.names import named
from pratique.model.errors import FormatError
from pratique.model.observation import (
    Act,
    Called,
    CgroupChanged,
    Duplicated,
    Executed,
    Exited,
    Forked,
    Mapped,
    Observation,
    Opened,
    Resolved,
    SocketUsed,
)

HEADER_BYTES = HEADER.size
MOST_BYTES = 16384
"""No record is longer; ``RECORD_BYTES`` of bpf/maps.h."""
_OPENED_AT = HEADER_BYTES + OPENED.size
_MMAP_EXEC, _ATTACH = 4, 9
_LIVES = Shape.EXITED.value
"""The lives of processes have the shapes up to here: one comparison for every other record."""
_MAP_SHARED = 1
_UPPER, _MEMFD, _CUT = Flag.UPPER.value, Flag.MEMFD.value, Flag.CUT.value
_IPV4_INSIDE = b"\0" * 10 + b"\xff\xff"
_SOCKET_KIND = 0o140000
_PIPE_KIND = 0o010000
_KIND_MASK = 0o170000
_UNIX, _INET, _INET6 = 1, 2, 10
_SECOND_NS = 1_000_000_000
_CACHED = 4096

_head = HEADER.unpack_from
_opened = OPENED.unpack_from
_comms: dict[bytes, str] = {}
_addresses: dict[bytes, str] = {}
_devices: dict[int, int] = {}


def decode(record: bytes, boot_ns: int) -> Observation:
    """
    Return the observation that one record tells.

    Args:
        record: The bytes of exactly one record.
        boot_ns: When the machine started, ns since the epoch: the kernel counts from there.

    Raises:
        FormatError: a size, shape, type or length that does not fit.
    """
    try:
        (
            size,
            shape,
            flags,
            number,
            stream,
            pid,
            sequence,
            time,
            tid,
            parent,
            uid,
            gid,
            mounts,
            pids,
            count,
            cgroup,
            cgroup_v1,
            result,
            comm,
        ) = _head(record)
        if size != len(record):
            raise FormatError(f"a kernel record of {len(record)} bytes says it has {size}")
        act = _READERS[shape](record, flags, number)
        kind = TYPES[number]
        if shape <= _LIVES:
            kind, act = _finished(kind, act, boot_ns)
        return Observation(
            kind,
            act,
            time + boot_ns,
            pid,
            tid,
            parent,
            uid,
            gid,
            cgroup,
            cgroup_v1,
            mounts,
            pids,
            _comms.get(comm) or _comm(comm),
            result,
            count,
            sequence,
            stream,
        )
    except (KeyError, IndexError, ValueError, struct.error) as error:
        raise FormatError(f"a kernel record is damaged: {error}") from None


def _finished(kind: str, act: Act, boot_ns: int) -> tuple[str, Act]:
    """Put in what the record of an execution or an end leaves to its reader."""
    if isinstance(act, Exited):
        return kind, Exited(act.code, act.started_ns + boot_ns)
    if isinstance(act, Executed) and act.called.startswith("/dev/fd/"):
        return "execveat", act
    return kind, act


def _read_opened(record: bytes, flags: int, number: int) -> Act:
    inode, device, mode_flags, mode, _, fd, path_size, outside, given_size = _opened(
        record, HEADER_BYTES
    )
    end = _OPENED_AT + path_size
    if end + given_size != len(record):
        raise ValueError("texts do not fill it")
    walked, passed = record[_OPENED_AT + outside : end], record[end:]
    path = walked.decode("utf-8", "replace")
    # Most programs pass the whole path: one text then stands for both.
    given = path if passed == walked else passed.decode("utf-8", "replace")
    if not path and inode:
        path = "/"
    device = _devices.get(device) or _device(device)
    upper = bool(flags & _UPPER)
    root = record[_OPENED_AT : _OPENED_AT + outside].decode("utf-8", "replace") if outside else ""
    if number == _MMAP_EXEC:
        shared = bool(mode & _MAP_SHARED)
        return Mapped(path, inode, device, upper, bool(flags & _MEMFD), root, shared)
    return Opened(
        path if fd >= 0 else given, mode_flags, fd, mode, given, inode, device, upper, root
    )


def _read_executed(record: bytes, flags: int, _: int) -> Act:
    (
        inode,
        effective,
        permitted,
        inheritable,
        changed_s,
        modified_s,
        changed_ns,
        modified_ns,
        device,
        login_uid,
        session,
        group,
        virtual_pid,
        tty,
        path_size,
        outside,
        *sizes,
        _,
    ) = EXECUTED.unpack_from(record, HEADER_BYTES)
    path, called, interpreter, directory, arguments, environment = _texts(
        record, HEADER_BYTES + EXECUTED.size, (path_size, *sizes)
    )
    called_text = called.decode("utf-8", "replace")
    return Executed(
        path[outside:].decode("utf-8", "replace"),
        _split(arguments),
        called_text,
        called_text if interpreter else "",
        _split(environment),
        directory.decode("utf-8", "replace") or "/",
        inode,
        _device(device),
        bool(flags & _UPPER),
        bool(flags & _MEMFD),
        effective,
        permitted,
        inheritable,
        tty,
        login_uid,
        session,
        group,
        virtual_pid,
        changed_s * _SECOND_NS + changed_ns,
        modified_s * _SECOND_NS + modified_ns,
        bool(flags & _CUT),
        path[:outside].decode("utf-8", "replace"),
    )


def _read_forked(record: bytes, _flags: int, _number: int) -> Act:
    return Forked(*FORKED.unpack_from(record, HEADER_BYTES))


def _read_exited(record: bytes, _flags: int, _number: int) -> Act:
    code, _, started = EXITED.unpack_from(record, HEADER_BYTES)
    return Exited(code, started)


def _read_socket(record: bytes, _flags: int, _number: int) -> Act:
    return _socket(record, HEADER_BYTES)


def _read_copied_file(record: bytes, flags: int, _number: int) -> Act:
    old, new = COPY.unpack_from(record, HEADER_BYTES)
    at = HEADER_BYTES + COPY.size
    inode, device, mode_flags, mode, kind, fd, path_size, outside, _ = _opened(record, at)
    (path,) = _texts(record, at + OPENED.size, (path_size,))
    name = path[outside:].decode("utf-8", "replace")
    if kind & _KIND_MASK == _PIPE_KIND and not path:
        name = f"pipe:[{inode}]"
    root = path[:outside].decode("utf-8", "replace")
    file = Opened(
        name, mode_flags, fd, mode, "", inode, _device(device), bool(flags & _UPPER), root
    )
    return Duplicated(old, new, file)


def _read_copied_socket(record: bytes, _flags: int, _number: int) -> Act:
    old, new = COPY.unpack_from(record, HEADER_BYTES)
    return Duplicated(old, new, _socket(record, HEADER_BYTES + COPY.size))


def _read_dns(record: bytes, _flags: int, _number: int) -> Act:
    source, target, _, target_port, length, _, outgoing = DNS.unpack_from(record, HEADER_BYTES)
    at = HEADER_BYTES + DNS.size
    if length > len(record) - at:
        raise ValueError("the message does not fit")
    server = target if target_port == 53 else source
    try:
        message = read_message(record[at : at + length])
    except FormatError:
        # What goes over port 53 need not be DNS: that too is worth knowing.
        return Resolved("", 0, (), _address(server), not outgoing, -1)
    return Resolved(
        message.name,
        message.kind,
        message.answers,
        _address(server),
        message.response,
        message.code,
        message.ttl_s,
    )


def _read_cgroup(record: bytes, _flags: int, number: int) -> Act:
    group, hierarchy, process, size, _, _, _ = CGROUP.unpack_from(record, HEADER_BYTES)
    (path,) = _texts(record, HEADER_BYTES + CGROUP.size, (size,))
    name = path.decode("utf-8", "replace")
    if number == _ATTACH:
        return Called((process, group, hierarchy), name)
    return CgroupChanged(name, group, hierarchy, number == 7)


def _read_refused(record: bytes, _flags: int, _number: int) -> Act:
    inode, device, measure, address, port, size, _ = REFUSED.unpack_from(record, HEADER_BYTES)
    at = HEADER_BYTES + REFUSED.size
    what = record[at : at + size].decode("utf-8", "replace")
    if measure == Measure.DESTINATION:
        what = f"{_address(address)} {port}"
    return Called((measure, inode, _device(device), port), what)


_READERS: dict[int, Callable[[bytes, int, int], Act]] = {
    Shape.OPENED.value: _read_opened,
    Shape.EXECUTED.value: _read_executed,
    Shape.FORKED.value: _read_forked,
    Shape.EXITED.value: _read_exited,
    Shape.NAMES.value: named,
    Shape.SOCKET.value: _read_socket,
    Shape.DUPLICATED_FILE.value: _read_copied_file,
    Shape.DUPLICATED_SOCKET.value: _read_copied_socket,
    Shape.DNS.value: _read_dns,
    Shape.CGROUP.value: _read_cgroup,
    Shape.REFUSED.value: _read_refused,
}


def _socket(record: bytes, at: int) -> SocketUsed:
    (
        fd,
        family,
        kind,
        protocol,
        local_port,
        remote_port,
        local,
        remote,
        size,
        data_size,
        _,
    ) = SOCKET.unpack_from(record, at)
    path, data = _texts(record, at + SOCKET.size, (size, data_size))
    if family not in (_INET, _INET6):
        # An abstract name begins with NUL, which is written as @.
        shown = b"@" + path[1:] if path[:1] == b"\0" else path
        name = shown.split(b"\0", 1)[0].decode("utf-8", "replace")
        return SocketUsed(fd, family, kind, protocol, path=name, data=data)
    if remote[:12] == _IPV4_INSIDE or local[:12] == _IPV4_INSIDE:
        family = _INET if remote[:12] == _IPV4_INSIDE else family
    return SocketUsed(
        fd,
        family,
        kind,
        protocol,
        _addresses.get(local) or _address(local),
        local_port,
        _known(remote, remote_port),
        remote_port,
        data=data,
    )


def _known(address: bytes, port: int) -> str:
    """Return an address, or nothing where there is neither address nor port."""
    if not port and not any(address[12:]) and address[:12] in (_IPV4_INSIDE, b"\0" * 12):
        return ""
    return _addresses.get(address) or _address(address)


def _address(address: bytes) -> str:
    if address[:12] == _IPV4_INSIDE:
        text = ".".join(map(str, address[12:]))
    else:
        text = inet_ntop(AF_INET6, address)
    if len(_addresses) >= _CACHED:
        _addresses.clear()
    _addresses[address] = text
    return text


def _comm(comm: bytes) -> str:
    text = comm.split(b"\0", 1)[0].decode("utf-8", "replace")
    if len(_comms) >= _CACHED:
        _comms.clear()
    _comms[comm] = text
    return text


def _device(number: int) -> int:
    """Return stat(2)'s number of a device for the kernel's own."""
    major, minor = number >> 20, number & 0xFFFFF
    device = (minor & 0xFF) | major << 8 | (minor & ~0xFF) << 12
    if len(_devices) >= _CACHED:
        _devices.clear()
    _devices[number] = device
    return device


def _texts(record: bytes, at: int, sizes: tuple[int, ...]) -> list[bytes]:
    """Cut the texts behind the fixed part; they must fill the record."""
    if at + sum(sizes) != len(record):
        raise ValueError("texts do not fill it")
    found = []
    for size in sizes:
        found.append(record[at : at + size])
        at += size
    return found


def _split(block: bytes) -> tuple[str, ...]:
    if not block:
        return ()
    return tuple(block.removesuffix(b"\0").decode("utf-8", "replace").split("\0"))
