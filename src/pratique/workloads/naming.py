"""
Tell a name that a process has from its file from one that whoever started it chose.

The kernel names a process after the last part of the path that was executed. A link or a script of
any place gives any name: ``ln -s /bin/cat /tmp/sshd; /tmp/sshd /etc/shadow`` runs as ``sshd``. Law: a
name counts as the file's where it begins the name of the file, or where the path that was called lies
in a folder of the system, in which every write is an act of its own that rules see; a file in a
folder that anybody may write to says nothing by its name. What a runtime copied of itself into memory
is the runtime's. Source: ``begin_new_exec`` of the kernel's ``fs/exec.c``.
"""

from pratique.model.event import Ancestor
from pratique.model.observation import Executed

SYSTEM = (
    *("/bin/", "/lib/", "/lib32/", "/lib64/", "/sbin/"),
    *("/usr/bin/", "/usr/lib/", "/usr/lib32/", "/usr/lib64/", "/usr/libexec/", "/usr/sbin/"),
)
"""Folders of links and scripts whose names count; the rules' list ``system_folders``."""
_LOCAL = (*SYSTEM, "/usr/local/bin/", "/usr/local/sbin/")
_ANYBODYS = ("/dev/", "/proc/", "/run/", "/tmp/", "/var/run/", "/var/tmp/")  # noqa: S108
_RUNTIMES = frozenset({"crun", "runc", "youki"})


def is_chosen(name: str, act: Executed, parent: Ancestor | None) -> bool:
    """
    Return whether the name of a process says nothing of its file; False where the file is not known.

    >>> is_chosen("sshd", Executed("/usr/bin/cat", called="/tmp/sshd"), None)
    True
    >>> is_chosen("sh", Executed("/usr/bin/dash", called="/bin/sh"), None)
    False
    """
    file = act.script or act.path
    own = file.rpartition("/")[2]
    if not file or not name:
        return False
    if act.memfd:
        # Whoever makes a file in memory gives it any name; runtimes run from one that they made.
        return not _is_runtime(parent)
    if own.startswith(name) and not file.startswith(_ANYBODYS):
        # A script is text: whoever may write one anywhere gives it any name.
        return bool(act.script) and not _is_in(file, SYSTEM)
    return not _is_in(act.called, SYSTEM) and not (own in _RUNTIMES and _is_in(file, _LOCAL))


def _is_in(path: str, folders: tuple[str, ...]) -> bool:
    return path.startswith(folders) and "/../" not in path


def _is_runtime(parent: Ancestor | None) -> bool:
    """A runtime's copy is begun by the runtime, or by something of the node."""
    if parent is None or not parent.in_container:
        return True
    return parent.path.rpartition("/")[2] in _RUNTIMES and _is_in(parent.path, _LOCAL)
