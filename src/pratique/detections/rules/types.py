"""
Say which event types there are, what act each is, and which types a condition can be about.

Law: the types of a condition are never too few: an event of a type that is not among them cannot
make it true, whatever else it holds.
"""

from collections.abc import Mapping

from msgspec import Struct

from pratique.formats.falco.syntax import (
    And,
    Check,
    Condition,
    FieldRef,
    Not,
    Or,
    Text,
    Texts,
)
from pratique.model import observation as acts

TYPE_FIELDS = frozenset({"evt.type", "syscall.type"})


def _all(act: type, names: str) -> dict[str, type]:
    return dict.fromkeys(names.split(), act)


EVENT_TYPES: Mapping[str, type] = {
    **_all(acts.Executed, "execve execveat"),
    **_all(acts.Forked, "fork vfork"),
    **_all(acts.Exited, "procexit"),
    **_all(acts.Opened, "open openat openat2 creat open_by_handle_at"),
    **_all(acts.PathChanged, "rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat"),
    **_all(acts.PathChanged, "link linkat symlink symlinkat chmod fchmod fchmodat fchmodat2"),
    **_all(
        acts.PathChanged, "chown lchown fchown fchownat truncate ftruncate mknod mknodat chroot"
    ),
    **_all(acts.Mounted, "mount umount umount2 move_mount open_tree fsopen fsmount pivot_root"),
    **_all(acts.Mounted, "fsconfig fspick mount_setattr"),
    **_all(acts.SocketUsed, "socket connect accept accept4 bind listen"),
    **_all(acts.SocketUsed, "sendto sendmsg sendmmsg recvfrom recvmsg recvmmsg"),
    **_all(acts.Resolved, "dns"),
    **_all(acts.IdentityChanged, "setuid setgid setreuid setregid setresuid setresgid capset"),
    **_all(acts.IdentityChanged, "setfsuid setfsgid setgroups"),
    **_all(acts.NamespaceEntered, "setns unshare clone clone3"),
    **_all(acts.ProcessTouched, "ptrace kill tkill tgkill process_vm_writev process_vm_readv"),
    **_all(acts.ProcessTouched, "pidfd_getfd pidfd_send_signal rt_sigqueueinfo rt_tgsigqueueinfo"),
    **_all(acts.Duplicated, "dup dup2 dup3 fcntl"),
    **_all(acts.ModuleLoaded, "init_module finit_module"),
    **_all(acts.BpfUsed, "bpf"),
    **_all(acts.Mapped, "mmap_exec"),
    **_all(acts.RingSubmitted, "io_uring_submit"),
    **_all(acts.Called, "memfd_create userfaultfd keyctl add_key request_key kexec_load"),
    **_all(acts.Called, "kexec_file_load delete_module perf_event_open io_uring_setup"),
    **_all(acts.Called, "setsid prctl chdir fchdir reboot swapon swapoff acct quotactl"),
    **_all(acts.Called, "setxattr lsetxattr fsetxattr sethostname setdomainname"),
    **_all(
        acts.Called, "io_uring_enter io_uring_register ioperm iopl memfd_secret pidfd_open seccomp"
    ),
    **_all(acts.CgroupChanged, "cgroup_mkdir cgroup_rmdir"),
    **_all(acts.Called, "cgroup_attach refused"),
    **_all(acts.SyscallsSeen, "syscalls"),
    **_all(acts.Lost, "lost"),
    **_all(acts.LoggedIn, "login"),
    **_all(acts.Elevated, "sudo"),
    **_all(acts.UnitChanged, "unit_started unit_stopped"),
    **_all(acts.ModuleLoaded, "module_present"),
    **_all(acts.HostPackageChanged, "host_package"),
}
"""The class of act that an event type comes with; what comes otherwise is judged all the same."""


class Types(Struct, frozen=True):
    """A set of event types: those named, or all but those."""

    names: frozenset[str] = frozenset()
    all_but: bool = True

    def __and__(self, other: "Types") -> "Types":
        """Return what is in both."""
        return ~(~self | ~other)

    def __or__(self, other: "Types") -> "Types":
        """Return what is in either."""
        if self.all_but and other.all_but:
            return Types(self.names & other.names)
        if self.all_but:
            return Types(self.names - other.names)
        if other.all_but:
            return Types(other.names - self.names)
        return Types(self.names | other.names, all_but=False)

    def __invert__(self) -> "Types":
        """Return what is not in it."""
        return Types(self.names, all_but=not self.all_but)

    def __contains__(self, name: object) -> bool:
        """Return whether a type is in it."""
        return (name in self.names) != self.all_but

    def __bool__(self) -> bool:
        """Return whether there is any type in it."""
        return self.all_but or bool(self.names)


ALL = Types()
NONE = Types(all_but=False)


def types_of(tree: Condition) -> Types:
    """
    Return the event types that can make a condition true.

    >>> from pratique.formats.falco.parsing import parse_condition
    >>> sorted(types_of(parse_condition("evt.type in (open, creat) and not evt.type=creat")).names)
    ['open']
    """
    return _possible(tree)[0]


def constant_number(check: Check, least: int) -> bool | None:
    """Return what a comparison with a number comes to, where the field's lower bound decides it."""
    if not isinstance(check.right, Text) or check.modifier:
        return None
    try:
        wanted = int(check.right.value, 0)
    except ValueError:
        return None
    if wanted < least and check.operator in ("=", "==", "<", "<="):
        return False
    if check.operator == "<" and wanted == least:
        return False
    if check.operator in (">", "!=") and wanted < least:
        return True
    return True if check.operator == ">=" and wanted <= least else None


def _possible(tree: Condition) -> tuple[Types, Types]:
    """Return the types that can make it true, and those that can make it false."""
    match tree:
        case And(parts):
            return _joined([_possible(part) for part in parts])
        case Or(parts):
            yes, no = _joined([_possible(part)[::-1] for part in parts])
            return no, yes
        case Not(part):
            return _possible(part)[::-1]
        case Check():
            return _of_check(tree)
        case _:
            return ALL, ALL


def _joined(parts: list[tuple[Types, Types]]) -> tuple[Types, Types]:
    yes, no = ALL, NONE
    for true, false in parts:
        yes, no = yes & true, no | false
    return yes, no


def _of_check(check: Check) -> tuple[Types, Types]:
    if not isinstance(check.left, FieldRef):
        return ALL, ALL
    if check.left.name == "evt.num":
        known = constant_number(check, 1)
        if known is not None:
            return (ALL, NONE) if known else (NONE, ALL)
    if check.left.name not in TYPE_FIELDS or check.modifier:
        return ALL, ALL
    match check.operator, check.right:
        case ("=" | "==", Text(value)):
            found = Types(frozenset({value}), all_but=False)
        case ("!=", Text(value)):
            found = Types(frozenset({value}))
        case ("in" | "intersects", Texts(values)):
            found = Types(frozenset(one.value for one in values), all_but=False)
        case ("exists", None):
            found = ALL
        case _:
            return ALL, ALL
    return found, ~found
