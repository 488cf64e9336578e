"""
Look at overlays by open descriptors: is it one, what lies at a path of it and not of what is mounted there, what is new.

Only the standard library is imported, as in all that the gate's processes load.
Source: statfs(2), openat2(2), name_to_handle_at(2), proc_pid_mountinfo(5); the kernel's
fs/overlayfs/overlayfs.h (``struct ovl_fb``) and magic.h.
"""

import ctypes
import os
import re
import struct

_OVERLAY = 0x794C7630
_STATFS_BYTES = 512
"""More than any machine's ``struct statfs``, whose first word is the kind of file system."""
_OPENAT2 = 437
"""The same number on every machine."""
_NO_XDEV, _NO_MAGICLINKS, _NO_SYMLINKS, _BENEATH = 0x1, 0x2, 0x4, 0x8
_RESOLVE = _NO_XDEV | _NO_MAGICLINKS | _NO_SYMLINKS | _BENEATH
_EMPTY_PATH, _HANDLE_FID = 0x1000, 0x200
_HANDLE_BYTES = 128
_MAGIC, _MAGIC_AT, _FLAGS_AT, _PATH_UPPER = 0xFB, 4, 6, 0x4
_MOST = 4 << 20
_ESCAPED = re.compile(r"\\([0-7]{3})")


def is_overlay(folder: int) -> bool:
    """Whether an open folder lies in an overlay."""
    libc = ctypes.CDLL(None, use_errno=True)
    facts = ctypes.create_string_buffer(_STATFS_BYTES)
    checked(libc.fstatfs(folder, facts))
    return ctypes.c_long.from_buffer(facts).value == _OVERLAY


def open_inside(root: int, path: str) -> int:
    """
    Return a descriptor of what lies at a path of the very mount that an open folder is of.

    What is mounted below is not entered, and no symlink is followed: OSError.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    how = struct.pack("=QQQ", os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC, 0, _RESOLVE)
    place = path.lstrip("/").encode(errors="surrogateescape") or b"."
    return checked(libc.syscall(_OPENAT2, root, place, how, len(how)))


def is_new(descriptor: int) -> bool:
    """Whether the overlay itself says that a file was made in the writable folder (Linux 6.6 and later)."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = ctypes.create_string_buffer(8 + _HANDLE_BYTES)
    ctypes.c_uint.from_buffer(handle).value = _HANDLE_BYTES
    mount = ctypes.c_int()
    flags = _EMPTY_PATH | _HANDLE_FID
    if libc.name_to_handle_at(descriptor, b"", handle, ctypes.byref(mount), flags):
        return False
    said = handle.raw[8:]
    return said[_MAGIC_AT] == _MAGIC and bool(said[_FLAGS_AT] & _PATH_UPPER)


def path_by_mount(descriptor: int, pid: int, path: str) -> str:
    """
    Return the path of a file from the root of its file system, nothing where it cannot be known.

    Args:
        descriptor: the file.
        pid: a process that has the mount through which it was opened.
        path: as the kernel tells it for the descriptor.
    """
    number = mount_of(descriptor)
    try:
        with open(f"/proc/{pid}/mountinfo", errors="surrogateescape") as file:
            lines = file.read(_MOST).splitlines()
    except OSError:
        return ""
    for line in lines:
        fields = line.split(" ", 5)
        if fields[0] == number and len(fields) == 6:
            return path_below(_plain(fields[3]), _plain(fields[4]), path)
    return ""


def path_below(root: str, point: str, path: str) -> str:
    """
    Return a path below a mount point as one below the folder that is mounted there.

    >>> path_below("/tmp/x", "/mnt", "/mnt/program"), path_below("/", "/", "/bin/sh")
    ('/tmp/x/program', '/bin/sh')
    >>> path_below("/tmp/x", "/mnt", "/elsewhere"), path_below("/tmp/x", "/mnt/x", "/mnt/x")
    ('', '/tmp/x')
    """
    inside = point.rstrip("/")
    if path != inside and not path.startswith(f"{inside}/"):
        return ""
    return root.rstrip("/") + path[len(inside) :]


def mount_of(descriptor: int) -> str:
    """Return the number of the mount that a descriptor was opened through, as mountinfo has it."""
    with open(f"/proc/self/fdinfo/{descriptor}") as file:
        for line in file.read(_MOST).splitlines():
            if line.startswith("mnt_id:"):
                return line.split()[1]
    return ""


def checked(result: int) -> int:
    """Return what a call of the C library gave; OSError where it failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), text)
