"""
Read the files of ``/proc/PID``: ``stat``, ``status``, ``cmdline``, ``cgroup``.

Law: a name may hold any character but NUL, brackets and line ends included, so ``stat`` is read
from its last bracket; what is missing or damaged is 0 or empty. Source: proc_pid_stat(5) and its
neighbours.
"""

from msgspec import Struct

MOST_ARGUMENTS = 512
MOST_TEXT = 16_384


class Stat(Struct, frozen=True):
    """``started_ticks`` are clock ticks since the machine's start."""

    name: str
    parent: int
    process_group: int
    session: int
    tty: int
    started_ticks: int


class Status(Struct, frozen=True):
    """Effective ids, capability sets as bits, and the pid in the innermost namespace."""

    uid: int = 0
    gid: int = 0
    virtual_pid: int = 0
    cap_effective: int = 0
    cap_permitted: int = 0
    cap_inheritable: int = 0


def read_stat(content: bytes) -> Stat | None:
    """
    Return what ``stat`` says, None where it is damaged.

    >>> read_stat(b"7 (a) b) S 1 7 7 34816 " + b"0 " * 14 + b"99 0").started_ticks
    99
    """
    start, end = content.find(b"("), content.rfind(b")")
    fields = content[end + 1 :].split()
    if start < 0 or end < start or len(fields) < 20:
        return None
    numbers = [_number(one) for one in (*fields[1:5], fields[19])]
    name = content[start + 1 : end].decode("utf-8", "replace")
    return Stat(name[:64], numbers[0], numbers[1], numbers[2], max(numbers[3], 0), numbers[4])


def read_status(content: bytes) -> Status:
    """
    Return what ``status`` says.

    >>> read_status(b"Uid:\\t0\\t1000\\t0\\t0\\nNSpid:\\t77\\t5\\n").virtual_pid
    5
    """
    rows = dict(line.partition(b":")[::2] for line in content[:65_536].split(b"\n"))
    spaces = rows.get(b"NSpid", b"").split()
    return Status(
        uid=_second(rows.get(b"Uid", b"")),
        gid=_second(rows.get(b"Gid", b"")),
        virtual_pid=_number(spaces[-1]) if spaces else 0,
        cap_effective=_bits(rows.get(b"CapEff", b"")),
        cap_permitted=_bits(rows.get(b"CapPrm", b"")),
        cap_inheritable=_bits(rows.get(b"CapInh", b"")),
    )


def read_arguments(content: bytes) -> tuple[str, ...]:
    """
    Return the arguments of ``cmdline``, as many as are carried.

    >>> read_arguments(b"sh\\x00-c\\x00\\x00")
    ('sh', '-c', '')
    """
    parts = content[:MOST_TEXT].split(b"\0")
    if parts and not parts[-1]:
        parts.pop()
    return tuple(part.decode("utf-8", "replace") for part in parts[:MOST_ARGUMENTS])


def read_groups(content: bytes) -> dict[str, str]:
    """
    Return the control group's path by controllers, that of version 2 under an empty name.

    >>> read_groups(b"8:pids:/a\\n0::/b:c")
    {'pids': '/a', '': '/b:c'}
    """
    found = {}
    for line in content[:65_536].decode("utf-8", "surrogateescape").splitlines():
        number, _, rest = line.partition(":")
        controllers, colon, path = rest.partition(":")
        if colon and number.isdigit():
            found[controllers] = path.removesuffix(" (deleted)")
    return found


def _second(content: bytes) -> int:
    fields = content.split()
    return _number(fields[1]) if len(fields) > 1 else 0


def _bits(content: bytes) -> int:
    text = content.strip()
    try:
        return int(text, 16) if len(text) <= 16 else 0
    except ValueError:
        return 0


def _number(content: bytes) -> int:
    text = content.strip()
    digits = text[1:] if text[:1] == b"-" else text
    return int(text) if digits.isdigit() and len(text) < 21 else 0
