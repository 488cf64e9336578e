"""
Load the kernel programs as far as this machine lets us, and say what is blind without the rest.

Programs are tried together; the one that the kernel refuses is left out and the others are tried
again, until they load. Then each is attached for itself. Law: what is not attached is named, with
the kernel's reason and with what cannot be seen or done without it.
"""

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from pratique.model.errors import CapabilityError
from pratique.sensors._libbpf import Object
from pratique.sensors.interface import Hook

OBJECT = Path(__file__).parent / "_object" / "sensor.bpf.o"
BTF = Path("/sys/kernel/btf/vmlinux")
RIGHTS = (
    "needs root, or CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN in the node's own user namespace"
    " (systemd: AmbientCapabilities=; Kubernetes: securityContext.capabilities)"
)
_MOUNTS = Path("/proc/self/mounts")
_ROOT_NUMBER = 1


class Program(Struct, frozen=True):
    """One program: what the user calls it, and what is missing without it."""

    hook: str
    blind: str
    handler: int = 0
    """Its place among the handlers of system calls; 0: it is attached by itself."""
    group: bool = False
    """It is attached to the root of the control groups."""
    needed: bool = False


PROGRAMS: dict[str, Program] = {
    "on_exec": Program("raw_tp/sched_process_exec", "executions", needed=True),
    "on_fork": Program("raw_tp/sched_process_fork", "new processes", needed=True),
    "on_exit": Program("raw_tp/sched_process_exit", "ends of processes", needed=True),
    "on_call": Program("raw_tp/sys_exit", "system calls", needed=True),
    "handle_open": Program("handler open", "opened files", 1),
    "handle_names": Program("handler names", "names, mounts, identities and most other calls", 2),
    "handle_socket": Program("handler socket", "socket calls", 3),
    "handle_dup": Program("handler dup", "copied descriptors", 4),
    "handle_map": Program("handler mmap", "mapped libraries", 5),
    "on_signal": Program("raw_tp/signal_generate", "the node's pid of whom a signal reaches"),
    "on_cloned": Program(
        "raw_tp/task_newtask", "what clone3 made where its arguments were changed"
    ),
    "on_module": Program("raw_tp/module_load", "names of modules loaded from memory"),
    "on_uring": Program("raw_tp/io_uring_submit_req", "what io_uring does without system calls"),
    "on_cgroup_made": Program("raw_tp/cgroup_mkdir", "births of control groups"),
    "on_cgroup_removed": Program("raw_tp/cgroup_rmdir", "deaths of control groups"),
    "on_cgroup_entered": Program("raw_tp/cgroup_attach_task", "moves into control groups"),
    "dns_out": Program("cgroup_skb/egress", "DNS questions", group=True),
    "dns_in": Program("cgroup_skb/ingress", "DNS answers", group=True),
    "deny_connect4": Program("cgroup/connect4", "blocking of IPv4 connections", group=True),
    "deny_connect6": Program("cgroup/connect6", "blocking of IPv6 connections", group=True),
    "deny_sendmsg4": Program("cgroup/sendmsg4", "blocking of IPv4 datagrams", group=True),
    "deny_sendmsg6": Program("cgroup/sendmsg6", "blocking of IPv6 datagrams", group=True),
    "refuse_exec": Program(
        "lsm/bprm_check_security", "refusal of executions, scripts included: only killing is left"
    ),
}

OLDER = {"on_uring": "on_uring_before_6_4"}
"""Program -> the one that takes its place where an older kernel lacks its point."""

ALWAYS_BLIND = (
    "DNS over TCP, TLS or HTTPS, and behind IPv6 extension headers",
    "read and write on open descriptors",
    "symbolic links in names that are changed: such names are told as they were passed",
    "memory that becomes executable by mprotect after it was mapped",
)


class Loaded(Struct, frozen=True):
    """The object in the kernel, and how each hook fared."""

    object: Object
    hooks: tuple[Hook, ...]

    def has(self, program: str) -> bool:
        """Return whether a program is attached."""
        name = PROGRAMS[program].hook
        return any(hook.ready for hook in self.hooks if hook.name == name)

    def blind(self) -> tuple[str, ...]:
        """Return what cannot be seen or done."""
        missing = [program.blind for name, program in PROGRAMS.items() if not self.has(name)]
        return (*missing, *ALWAYS_BLIND)

    def tier(self) -> str:
        """Return how much it can do."""
        if self.has("refuse_exec"):
            return "refuses executions"
        return "sees and kills" if self.has("deny_connect4") else "sees, and kills executions"


def load(sizes: dict[str, int]) -> Loaded:
    """
    Load what loads; nothing is attached yet but what ``attach`` is told.

    Raises:
        CapabilityError: there is no libbpf, no BTF, no right, or a needed program is refused.
    """
    if not BTF.exists():
        raise CapabilityError(
            "this kernel does not describe its types (no /sys/kernel/btf/vmlinux)",
            hint="a kernel of 5.12 or later with CONFIG_DEBUG_INFO_BTF is needed",
        )
    refused: dict[str, str] = {}
    for _ in range(len(PROGRAMS) + len(OLDER) + 1):
        found = _opened(sizes, refused)
        try:
            found.load()
        except OSError as error:
            program = found.refused_program()
            log = found.log()
            found.close()
            if program in OLDER.values() and program not in refused:
                refused[program] = ""
                continue
            if program not in PROGRAMS or PROGRAMS[program].needed or program in refused:
                raise _cannot(error, program, log) from None
            refused[program] = f"not loaded: {os.strerror(error.errno or errno.EPERM)}"
        else:
            return Loaded(
                found,
                tuple(
                    Hook(PROGRAMS[name].hook, False, why) for name, why in refused.items() if why
                ),
            )
    raise CapabilityError("the kernel refuses every program", hint=RIGHTS)


def attach(loaded: Loaded) -> Loaded:
    """Attach everything that is loaded; a point that this kernel lacks is named."""
    done = {hook.name: hook for hook in loaded.hooks}
    group, why_no_group = root_group()
    try:
        for name, program in PROGRAMS.items():
            if program.hook not in done:
                done[program.hook] = _attached(loaded.object, name, group, why_no_group)
    finally:
        if group >= 0:
            os.close(group)
    return Loaded(loaded.object, tuple(done.values()))


def _attached(found: Object, name: str, group: int, why_no_group: str) -> Hook:
    program = PROGRAMS[name]
    try:
        if program.handler:
            place = program.handler.to_bytes(4, "little")
            fd = found.program_fd(name).to_bytes(4, "little")
            found.map("handlers").put(place, fd)
        elif not program.group:
            _attach(found, name)
        elif group < 0:
            return Hook(program.hook, False, why_no_group)
        else:
            found.attach_to_group(name, group)
    except OSError as error:
        return Hook(program.hook, False, f"not attached: {error.strerror}")
    return Hook(program.hook, True)


def _attach(found: Object, name: str) -> None:
    """Attach a program to its point, or the one for older kernels to what they have instead."""
    try:
        found.attach(name)
    except FileNotFoundError:
        if found.program_fd(OLDER.get(name, name)) < 0:
            raise
        found.attach(OLDER.get(name, name))


def _opened(sizes: dict[str, int], refused: Sequence[str] | dict[str, str]) -> Object:
    found = Object(OBJECT)
    found.resize(sizes)
    for name in (*PROGRAMS, *OLDER.values()):
        if name in refused:
            found.leave_out(name)
        else:
            found.include(name)
    return found


def _cannot(error: OSError, program: str, log: str) -> CapabilityError:
    what = f"{program or 'a map'} is refused: {error.strerror or error}"
    if error.errno in (errno.EPERM, errno.EACCES):
        return CapabilityError(f"no right to load kernel programs ({what})", hint=RIGHTS)
    last = log.strip().rpartition("\n")[2]
    return CapabilityError(
        f"this kernel cannot run the sensor ({what})",
        hint=f"a kernel of 5.12 or later is needed; libbpf says: {last[:200]}",
    )


def root_group(mounts: Path = _MOUNTS) -> tuple[int, str]:
    """
    Return a descriptor of the root of the v2 hierarchy, or -1 and why not.

    A container sees its own control group where the node sees the root; hooks that were attached
    there would see the agent alone. The real root has the number 1 (``cgroup_setup_root`` in the
    kernel's ``kernel/cgroup/cgroup.c``).
    """
    why = "no cgroup v2 hierarchy is mounted"
    for line in mounts.read_text("utf-8", "replace").splitlines():
        _, place, kind, *_ = line.split(" ")
        if kind != "cgroup2":
            continue
        try:
            found = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            why = f"{place}: {error.strerror}"
            continue
        if os.fstat(found).st_ino == _ROOT_NUMBER:
            return found, ""
        os.close(found)
        why = f"{place} is only a part of the node's control groups"
    return -1, why
