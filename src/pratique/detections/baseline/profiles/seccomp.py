"""
Write a seccomp profile: the system calls that were used, and those that a runtime needs to start.

In the form of Docker and Podman (``--security-opt seccomp=FILE``), with EPERM for everything else.
Calls of other architectures (32-bit ones on a 64-bit machine) are not in it and so are refused.
Source: https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp and the
``archMap`` form of github.com/containers/common/pkg/seccomp.
"""

import msgspec

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.profiles.interface import Profile
from pratique.formats.syscall_names import known_calls
from pratique.model.baseline import Baseline
from pratique.model.errors import UsageError

NAME = "seccomp"
TITLE = "the system calls that it may use (Docker, Podman, Kubernetes)"
SUFFIX = ".seccomp.json"

_RUNTIME = {
    "the runtime starts the program and sets its identity": (
        *(
            "execve",
            "capget",
            "capset",
            "prctl",
            "setgid",
            "setgroups",
            "setuid",
            "chdir",
            "fchdir",
        ),
        *("getcwd", "getuid", "getgid", "getpid", "getppid", "gettid", "fchown", "close_range"),
        *("statfs", "fstatfs", "prlimit64"),
    ),
    "the runtime itself is a program of Go or C that waits, reads and writes": (
        *("arch_prctl", "brk", "clone", "clone3", "close", "dup", "dup2", "dup3", "epoll_create1"),
        *(
            "epoll_ctl",
            "epoll_pwait",
            "epoll_wait",
            "exit",
            "exit_group",
            "fcntl",
            "fstat",
            "futex",
        ),
        *("getdents64", "getrandom", "ioctl", "lseek", "lstat", "madvise", "mmap", "mprotect"),
        *(
            "munmap",
            "nanosleep",
            "newfstatat",
            "openat",
            "openat2",
            "pipe2",
            "poll",
            "ppoll",
            "pread64",
        ),
        *("read", "readlinkat", "restart_syscall", "rseq", "rt_sigaction", "rt_sigprocmask"),
        *("rt_sigreturn", "sched_getaffinity", "sched_yield", "set_robust_list", "set_tid_address"),
        *("sigaltstack", "stat", "statx", "tgkill", "wait4", "write", "access", "faccessat"),
        *("faccessat2", "clock_gettime", "clock_nanosleep"),
    ),
}
"""What is added, and why."""
_ARCHITECTURES = [
    {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": []},
    {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": []},
]
_EPERM = 1
_NOTE = (
    "calls by which a runtime makes a container (mount, unshare, pivot_root…) are in it only if the "
    "workload itself was seen to make them"
)


def write(baseline: Baseline) -> Profile:
    """
    Return the profile as JSON.

    Raises:
        UsageError: not every system call was seen, so the profile would stop the workload.
    """
    if not baseline.syscalls_whole or not baseline.syscalls:
        raise UsageError(
            f"the baseline of {baseline.workload!r} does not hold every system call",
            hint="learn with the sensor that counts them: `pratique watch --probe` says which",
        )
    used = sorted(one for one in baseline.syscalls if not one.startswith("syscall_"))
    rules = [_rule(used, "seen while it was learnt")]
    known = known_calls("x86_64") | known_calls("aarch64")
    for reason, names in _RUNTIME.items():
        more = sorted(set(names) & known - set(used))
        if more:
            rules.append(_rule(more, reason))
    document = {
        "defaultAction": "SCMP_ACT_ERRNO",
        "defaultErrnoRet": _EPERM,
        "archMap": _ARCHITECTURES,
        "syscalls": rules,
    }
    text = msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
    nameless = [one for one in baseline.syscalls if one.startswith("syscall_")]
    notes = [_NOTE]
    notes += (
        [f"calls without a known name were left out: {', '.join(nameless)}"] if nameless else []
    )
    return Profile(name=NAME, text=text, notes=tuple(notes))


def refuses(baseline: Baseline, fact: Fact) -> str:
    """Return why a system call would be refused."""
    if fact.kind is not Kind.SYSCALL or not isinstance(fact.value, str):
        return ""
    if fact.value in baseline.syscalls or any(fact.value in names for names in _RUNTIME.values()):
        return ""
    return f"the system call {fact.value} is not in the profile"


def _rule(names: list[str], comment: str) -> dict[str, object]:
    return {"names": names, "action": "SCMP_ACT_ALLOW", "comment": comment}
