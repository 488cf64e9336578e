"""
Describe one thing that the kernel saw happen, before anybody asked who did it.

A sensor yields observations; what is known of the process and its container is joined to them later
(``model.event``). A recording is a stream of observations, so that a replay goes through the same
joins and rules. Texts come from hostile programs: they are decoded with ``surrogateescape`` replaced
by U+FFFD and stripped of nothing; whoever prints them escapes them. Values are positional and small,
because there are tens of thousands a second.
"""

from msgspec import Struct


class Executed(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """
    A program took over a process (execve, execveat), as told from inside the kernel.

    ``path`` is the file that runs, walked in the kernel; ``script`` the script where ``path`` is its
    interpreter; ``called`` the path as it was passed. ``arguments`` includes argv[0].
    ``upper_layer`` says that the file lies in the writable layer of an overlay, ``memfd`` that it
    has no name in any file system. Capabilities are bit sets. ``tty`` is 0 where there is none.
    Times are ns since the epoch; ``login_uid`` 4294967295 is "not set".
    """

    path: str
    arguments: tuple[str, ...] = ()
    called: str = ""
    script: str = ""
    environment: tuple[str, ...] = ()
    directory: str = ""
    inode: int = 0
    device: int = 0
    upper_layer: bool = False
    memfd: bool = False
    cap_effective: int = 0
    cap_permitted: int = 0
    cap_inheritable: int = 0
    tty: int = 0
    login_uid: int = 0xFFFFFFFF
    session: int = 0
    process_group: int = 0
    virtual_pid: int = 0
    changed_ns: int = 0
    modified_ns: int = 0
    cut: bool = False
    """The arguments, the environment or a path was longer than what the sensor carries."""
    root: str = ""
    """Where the process's own root lies, if lower than that of its mount namespace (chroot)."""


class Forked(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """A process made another one (not a thread); the observation's pid is the parent's."""

    child_pid: int
    child_virtual_pid: int = 0


class Exited(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """
    A process ended, with its last thread, which the observation's tid names.

    ``code`` is as by wait(2), ``started_ns`` since the epoch.
    """

    code: int
    started_ns: int = 0


class Opened(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """
    A file was opened, or could not be (the result is negative, ``path`` is then as it was passed, and
    absolute once its process is known).

    ``flags`` are those of open(2) on this machine, ``given`` the path as it was passed.
    """

    path: str
    flags: int = 0
    fd: int = -1
    mode: int = 0
    given: str = ""
    inode: int = 0
    device: int = 0
    upper_layer: bool = False
    root: str = ""
    """Where the process's own root lies, if lower than that of its mount namespace (chroot)."""


class PathChanged(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """
    A name or its mode changed: rename, unlink, link, symlink, mkdir, rmdir, chmod, chown, truncate.

    ``path`` is the old name, or what a link points to; ``new_path`` the new one where there are two.
    ``given`` and ``new_given`` are the names as they were passed.
    """

    path: str
    new_path: str = ""
    mode: int = 0
    flags: int = 0
    given: str = ""
    new_given: str = ""


class Mounted(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """A mount call of the old or new kind: mount, umount, move_mount, open_tree, fsmount, pivot_root."""

    source: str = ""
    path: str = ""
    file_system: str = ""
    flags: int = 0


class SocketUsed(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """
    A socket call: socket, connect, accept, bind, listen, sendto, sendmsg, recvfrom, recvmsg.

    ``family`` is AF_* (1 unix, 2 IPv4, 10 IPv6), ``protocol`` IPPROTO_* (6 TCP, 17 UDP).
    Addresses are textual (IPv4-mapped ones as IPv4), empty where unknown. ``path`` is a unix socket's.
    ``data`` is the beginning of what was sent or received, where somebody asked for it.
    """

    fd: int = -1
    family: int = 0
    kind: int = 0
    protocol: int = 0
    local_address: str = ""
    local_port: int = 0
    remote_address: str = ""
    remote_port: int = 0
    path: str = ""
    data: bytes = b""


class Resolved(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """A DNS question was asked, or answered (``answers``: addresses and names)."""

    name: str
    kind: int = 1
    answers: tuple[str, ...] = ()
    server: str = ""
    response: bool = False
    code: int = 0
    ttl_s: int = 0
    """How long the answers may be kept; 0 where they do not say."""


class IdentityChanged(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """The user, group or capabilities of a process changed: setuid, setgid, setresuid, capset."""

    uid: int = -1
    gid: int = -1
    cap_effective: int = 0
    cap_permitted: int = 0
    cap_inheritable: int = 0


class NamespaceEntered(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """setns, unshare, or clone with namespace flags; ``flags`` are CLONE_NEW*."""

    flags: int = 0
    fd: int = -1
    path: str = ""


class ProcessTouched(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """
    One process acted on another: ptrace, kill, process_vm_writev, pidfd_getfd.

    ``request`` is the ptrace request, or the signal.
    """

    target_pid: int
    request: int = 0


class Duplicated(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """A descriptor was copied (dup, dup2, dup3, fcntl); ``file`` is what it stands for."""

    old_fd: int
    new_fd: int
    file: Opened | SocketUsed | None = None


class ModuleLoaded(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """A kernel module was loaded (init_module, finit_module)."""

    name: str = ""
    path: str = ""


class BpfUsed(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """The bpf system call; ``command`` is BPF_*."""

    command: int
    program_type: int = 0
    name: str = ""


class Mapped(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """
    A file was mapped for execution: a library, or an image of a program.

    ``shared`` says that what is written elsewhere into the file is seen here (MAP_SHARED).
    """

    path: str
    inode: int = 0
    device: int = 0
    upper_layer: bool = False
    memfd: bool = False
    root: str = ""
    """Where the process's own root lies, if lower than that of its mount namespace (chroot)."""
    shared: bool = False


class RingSubmitted(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """Work was handed to io_uring; ``operation`` is IORING_OP_*, ``path`` what it names, if seen."""

    operation: int
    fd: int = -1
    path: str = ""


class Called(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """
    A system call that needs no shape of its own: memfd_create, userfaultfd, keyctl, kexec_load…

    ``arguments`` are its first arguments as numbers, ``text`` its text argument, if it has one.
    """

    arguments: tuple[int, ...] = ()
    text: str = ""


class CgroupChanged(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """A control group was made or removed; the observation's cgroup is the maker's."""

    path: str
    id: int
    hierarchy: int = 0
    born: bool = True


class SyscallsSeen(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """Which system calls a control group has used so far, by number."""

    numbers: tuple[int, ...]


class Lost(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """
    Events that were not seen. Loss is an event, never silence.

    ``count`` is exact where the kernel counts, -1 where it only says that something was lost;
    ``reason`` says what overflowed.
    """

    count: int
    reason: str
    of: str = ""


class LoggedIn(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """
    Somebody logged in to the node, or failed to.

    ``source`` is where from (an address or a display), ``method`` how (``publickey``, ``password``),
    ``service`` through what (``sshd``, ``login``), each empty where it is not said.
    """

    user: str
    success: bool = True
    source: str = ""
    terminal: str = ""
    method: str = ""
    service: str = ""


class Elevated(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """Somebody ran a command as somebody else (sudo, su), or was refused."""

    user: str
    target_user: str = ""
    command: str = ""
    directory: str = ""
    terminal: str = ""
    success: bool = True


class UnitChanged(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """A unit of the node's service manager began (``started``) or ended."""

    unit: str
    started: bool = True
    path: str = ""


class HostPackageChanged(Struct, frozen=True, gc=False, tag=True, array_like=True):
    """
    A package of the node itself was installed, replaced or removed.

    ``version`` is empty where it is gone, ``was`` where it is new.
    """

    name: str
    version: str = ""
    was: str = ""
    architecture: str = ""


Act = (
    Executed
    | Forked
    | Exited
    | Opened
    | PathChanged
    | Mounted
    | SocketUsed
    | Resolved
    | IdentityChanged
    | NamespaceEntered
    | ProcessTouched
    | Duplicated
    | ModuleLoaded
    | BpfUsed
    | Mapped
    | RingSubmitted
    | Called
    | CgroupChanged
    | SyscallsSeen
    | Lost
    | LoggedIn
    | Elevated
    | UnitChanged
    | HostPackageChanged
)
"""What happened; the class says which facts there are."""


class Observation(Struct, frozen=True, gc=False, array_like=True):
    """
    One act, when, and by which task.

    ``type`` is the system call's name (``openat``, ``execve``: what rules call ``evt.type``), or one
    of our own names where there is no call: ``procexit``, ``fork``, ``dns``, ``mmap_exec``,
    ``io_uring_submit``, ``cgroup_mkdir``, ``cgroup_rmdir``, ``cgroup_attach``, ``refused`` (by us),
    ``syscalls``, ``lost``; and of the node: ``login``, ``sudo``, ``unit_started``, ``unit_stopped``, ``module_present``, ``host_package``. ``time_ns`` is
    since the epoch. ``sequence`` counts each stream of one sensor run without gaps: a gap is a loss.
    ``pid`` is the thread group, ``tid`` the task, both as the host sees them. ``cgroup`` is the id in
    the v2 hierarchy, ``cgroup_v1`` the one in the v1 pids hierarchy (0: there is none). ``result`` is
    the call's return value, negative errno on failure. ``count`` says how many equal acts this one
    stands for.
    """

    type: str
    act: Act
    time_ns: int
    pid: int
    tid: int = 0
    parent_pid: int = 0
    uid: int = 0
    gid: int = 0
    cgroup: int = 0
    cgroup_v1: int = 0
    mount_namespace: int = 0
    pid_namespace: int = 0
    comm: str = ""
    result: int = 0
    count: int = 1
    sequence: int = 0
    stream: int = 0
    """Bit 16: what must not wait (executions, refusals), else the bulk; below: which part of it."""
