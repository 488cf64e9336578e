"""
Say which capabilities an act needed, as far as an act tells it.

A ``cap_capable`` event says it itself. Else a capability counts as used where the act asks for it and
the process held it: what a process without it does succeeds without it. Law: ``UNTOLD`` are those
that no act tells (they override checks that usually pass); whoever drops them must try it out.
Source: capabilities(7), Linux ``include/uapi/linux/capability.h``.
"""

from collections.abc import Mapping

from pratique.model.event import Event
from pratique.model.observation import Called, Observation, ProcessTouched, SocketUsed

NAMES = (
    *("CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID"),
    *("SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW"),
    *("IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT"),
    *("SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD"),
    *("LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG"),
    *("WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE"),
)
"""Names by bit, without ``CAP_``."""
UNTOLD = ("DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID")
"""What no system call tells."""
_CALLS: Mapping[str, str] = {
    **dict.fromkeys(("chown", "fchown", "lchown", "fchownat"), "CHOWN"),
    **dict.fromkeys(("setuid", "setreuid", "setresuid", "setfsuid"), "SETUID"),
    **dict.fromkeys(("setgid", "setregid", "setresgid", "setgroups", "setfsgid"), "SETGID"),
    **dict.fromkeys(("mount", "umount", "umount2", "move_mount", "open_tree"), "SYS_ADMIN"),
    **dict.fromkeys(("fsopen", "fsmount", "pivot_root", "setns", "unshare"), "SYS_ADMIN"),
    **dict.fromkeys(("sethostname", "setdomainname", "swapon", "swapoff"), "SYS_ADMIN"),
    **dict.fromkeys(("init_module", "finit_module", "delete_module"), "SYS_MODULE"),
    **dict.fromkeys(("process_vm_writev", "process_vm_readv", "ptrace"), "SYS_PTRACE"),
    **dict.fromkeys(("settimeofday", "clock_settime", "adjtimex", "clock_adjtime"), "SYS_TIME"),
    **dict.fromkeys(("iopl", "ioperm"), "SYS_RAWIO"),
    **dict.fromkeys(("mknod", "mknodat"), "MKNOD"),
    **dict.fromkeys(("kexec_load", "kexec_file_load", "reboot"), "SYS_BOOT"),
    "chroot": "SYS_CHROOT",
    "bpf": "BPF",
    "perf_event_open": "PERFMON",
    "syslog": "SYSLOG",
    "acct": "SYS_PACCT",
    "capset": "SETPCAP",
    "sched_setscheduler": "SYS_NICE",
}
_PRIVILEGED_PORTS = 1024
_RAW, _PACKET = 3, 17
_KILLS = frozenset({"kill", "tkill", "tgkill"})


def used_by(event: Event) -> str:
    """Return the capability that an act used, empty where it used none that is known."""
    seen = event.observation
    act = seen.act
    if seen.type == "cap_capable" and isinstance(act, Called):
        number = act.arguments[0] if act.arguments else -1
        return NAMES[number] if 0 <= number < len(NAMES) else ""
    wanted = _wanted(seen)
    if not wanted or seen.result < 0:
        return ""
    held = event.process.cap_effective
    # A process that began before the sensor has no known capabilities: it may have held it.
    known = event.process.known and bool(event.process.executed_ns or held)
    return wanted if not known or held >> NAMES.index(wanted) & 1 else ""


def _wanted(seen: Observation) -> str:
    act = seen.act
    if isinstance(act, SocketUsed):
        if seen.type == "bind" and 0 < act.local_port < _PRIVILEGED_PORTS:
            return "NET_BIND_SERVICE"
        if seen.type == "socket" and (act.kind & 0xF == _RAW or act.family == _PACKET):
            return "NET_RAW"
        return ""
    if isinstance(act, ProcessTouched) and seen.type in _KILLS:
        return ""  # needed only against other users' processes, which is not seen
    return _CALLS.get(seen.type, "")
