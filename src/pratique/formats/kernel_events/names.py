"""
Read the records that are numbers and texts: names changed, mounts, identities, and the plain calls.

Which argument means what depends on the call; one table says it. A file name that does not start
with a slash is joined to its directory, and ``.`` and ``..`` are taken out by their letters, as a
path is read; symbolic links in it are not followed.
"""

import posixpath
from collections.abc import Callable

from msgspec import Struct

from pratique.formats.kernel_events.calls import TYPES
from pratique.formats.kernel_events.layout import HEADER, NAMES, Slot
from pratique.model.observation import (
    Act,
    BpfUsed,
    Called,
    Executed,
    IdentityChanged,
    ModuleLoaded,
    Mounted,
    NamespaceEntered,
    PathChanged,
    ProcessTouched,
    RingSubmitted,
)

_MOST_SLOTS = 3
_UINT = 0xFFFFFFFF


class Told(Struct, frozen=True, gc=False):
    """What such a record holds: the call's arguments, what was found besides, and its texts."""

    arguments: tuple[int, ...]
    extra: tuple[int, ...]
    given: tuple[str, str, str]
    paths: tuple[str, str, str]


def named(record: bytes, _flags: int, number: int) -> Act:
    """
    Return what a record of this shape tells.

    Raises:
        ValueError: the texts do not fill the record.
        KeyError: the type is not known.
    """
    call = TYPES[number]
    return _MAKERS.get(call, _called)(_told(record), call)


def _told(record: bytes) -> Told:
    fields = NAMES.unpack_from(record, HEADER.size)
    kinds, directories, sizes = fields[9:12], fields[13:16], fields[16:19]
    at = HEADER.size + NAMES.size
    if at + sum(directories) + sum(sizes) != len(record):
        raise ValueError("texts do not fill it")
    given, paths = [], []
    for kind, base, size in zip(kinds, directories, sizes, strict=True):
        text = record[at : at + size].decode("utf-8", "replace")
        at += size
        directory = record[at : at + base].decode("utf-8", "replace")
        at += base
        given.append(text)
        paths.append(_joined(directory, text) if kind == Slot.NAME else text)
    return Told(fields[:6], fields[6:9], tuple(given), tuple(paths))  # type: ignore[arg-type]


def _joined(directory: str, name: str) -> str:
    """
    Return the path that a name means in a directory, by its letters.

    >>> _joined("/srv/www", "../x"), _joined("", "/etc//passwd"), _joined("/tmp", "")
    ('/srv/x', '/etc/passwd', '/tmp')
    """
    if not directory and not name.startswith("/"):
        return name
    path = posixpath.normpath(f"{directory}/{name}")
    return path[1:] if path.startswith("//") else path


def _signed(value: int) -> int:
    value &= _UINT
    return value - (1 << 32) if value >> 31 else value


def _changed(told: Told, call: str) -> Act:
    mode, flags = _MODE.get(call), _FLAGS.get(call)
    return PathChanged(
        told.paths[0],
        told.paths[1],
        0 if mode is None else told.arguments[mode] & _UINT,
        0 if flags is None else told.arguments[flags] & _UINT,
        told.given[0],
        told.given[1],
    )


_MODE = {"chmod": 1, "fchmod": 1, "fchmodat": 2, "fchmodat2": 2, "mkdir": 1, "mkdirat": 2}
_MODE |= {"mknod": 1, "mknodat": 2}
_FLAGS = {"unlinkat": 2, "renameat2": 4, "linkat": 4, "fchmodat2": 3, "fchownat": 4}


def _mounted(told: Told, call: str) -> Act:
    flags = told.arguments[_MOUNT_FLAGS[call]] & _UINT if call in _MOUNT_FLAGS else 0
    first, second, third = told.paths
    if call == "mount":
        return Mounted(first, second, third, flags)
    if call in ("move_mount", "pivot_root"):
        source, path = (first, second) if call == "move_mount" else (second, first)
        return Mounted(source, path, "", flags)
    if call == "fsopen":
        return Mounted("", "", first, flags)
    if call == "fsconfig":
        return Mounted(second, "", "", flags)
    return Mounted("", first, "", flags)


_MOUNT_FLAGS = {"mount": 3, "umount2": 1, "move_mount": 4, "open_tree": 2, "fsopen": 1}
_MOUNT_FLAGS |= {"fsmount": 1, "fspick": 2, "mount_setattr": 2}


def _identity(told: Told, call: str) -> Act:
    place = {"setreuid": 1, "setresuid": 1, "setregid": 1, "setresgid": 1}.get(call, 0)
    value = _signed(told.arguments[place])
    users = call in ("setuid", "setreuid", "setresuid", "setfsuid")
    groups = call in ("setgid", "setregid", "setresgid", "setfsgid")
    return IdentityChanged(value if users else -1, value if groups else -1, *told.extra)


def _namespace(told: Told, call: str) -> Act:
    if call == "setns":
        return NamespaceEntered(told.arguments[1] & _UINT, _signed(told.arguments[0]))
    return NamespaceEntered(told.arguments[0] & _UINT)


def _touched(told: Told, call: str) -> Act:
    target, request = _TARGETS[call]
    pid = told.extra[0] or (_signed(told.arguments[target]) if target is not None else 0)
    return ProcessTouched(pid, _signed(told.arguments[request]) if request is not None else 0)


_TARGETS: dict[str, tuple[int | None, int | None]] = {
    "ptrace": (1, 0),
    "kill": (0, 1),
    "tkill": (0, 1),
    "tgkill": (0, 2),
    "rt_sigqueueinfo": (0, 1),
    "rt_tgsigqueueinfo": (0, 2),
    "pidfd_send_signal": (None, 1),
    "pidfd_getfd": (None, None),
    "process_vm_readv": (0, None),
    "process_vm_writev": (0, None),
}
"""Call -> which arguments are the process and the request or signal."""


def _module(told: Told, _: str) -> Act:
    path = told.paths[0]
    stem = path.rpartition("/")[2].partition(".ko")[0].replace("-", "_")
    return ModuleLoaded(told.given[1] or stem, path)


def _bpf(told: Told, _: str) -> Act:
    return BpfUsed(told.arguments[0] & _UINT, told.extra[0] & _UINT, told.given[0])


def _not_executed(told: Told, _: str) -> Act:
    return Executed(told.paths[0], called=told.given[0])


def _submitted(told: Told, _: str) -> Act:
    return RingSubmitted(told.arguments[0], _signed(told.arguments[1]), told.given[0])


def _called(told: Told, _: str) -> Act:
    return Called(told.arguments, " ".join(filter(None, told.paths)))


_MAKERS: dict[str, Callable[[Told, str], Act]] = {
    **dict.fromkeys(
        [
            "rename",
            "renameat",
            "renameat2",
            "unlink",
            "unlinkat",
            "rmdir",
            "mkdir",
            "mkdirat",
            "mknod",
            "mknodat",
            "link",
            "linkat",
            "symlink",
            "symlinkat",
            "chmod",
            "fchmod",
            "fchmodat",
            "fchmodat2",
            "chown",
            "lchown",
            "fchown",
            "fchownat",
            "truncate",
            "ftruncate",
            "chroot",
        ],
        _changed,
    ),
    **dict.fromkeys(
        [
            "mount",
            "umount",
            "umount2",
            "move_mount",
            "open_tree",
            "fsopen",
            "fsconfig",
            "fsmount",
            "fspick",
            "mount_setattr",
            "pivot_root",
        ],
        _mounted,
    ),
    **dict.fromkeys(
        [
            "setuid",
            "setgid",
            "setreuid",
            "setregid",
            "setresuid",
            "setresgid",
            "setfsuid",
            "setfsgid",
            "setgroups",
            "capset",
        ],
        _identity,
    ),
    **dict.fromkeys(["setns", "unshare", "clone", "clone3"], _namespace),
    **dict.fromkeys(_TARGETS, _touched),
    "init_module": _module,
    "finit_module": _module,
    "bpf": _bpf,
    "execve": _not_executed,
    "execveat": _not_executed,
    "io_uring_submit": _submitted,
}
