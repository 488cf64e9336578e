"""Find capabilities that a service is given beyond the engine's own, by what each lets it do."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "dangerous-capability-added"
TITLE = "a service is given a capability by which it can leave its container"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.4",)
RULES = {
    NAME: (
        "cap_add gives the container a power over the host's kernel. ALL, SYS_ADMIN, SYS_MODULE, "
        "SYS_PTRACE, SYS_RAWIO, DAC_READ_SEARCH, BPF and PERFMON are as good as root on the host; "
        "NET_ADMIN, SYS_TIME, SYSLOG, MKNOD and others change or read what belongs to everybody. Give "
        "none of them; where a program binds a port below 1024, NET_BIND_SERVICE is enough, and it is "
        "not told here."
    )
}
_GRADES = {
    **dict.fromkeys(
        ("ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF"),
        Severity.HIGH,
    ),
    **dict.fromkeys(
        (
            "PERFMON", "NET_ADMIN", "SYS_BOOT", "SYS_TIME", "SYSLOG", "MAC_ADMIN", "MAC_OVERRIDE",
            "LINUX_IMMUTABLE", "IPC_OWNER", "CHECKPOINT_RESTORE", "AUDIT_CONTROL", "AUDIT_READ",
            "SYS_PACCT", "SYS_TTY_CONFIG", "BLOCK_SUSPEND", "WAKE_ALARM", "LEASE",
        ),
        Severity.MEDIUM,
    ),
    **dict.fromkeys(("IPC_LOCK", "SYS_NICE", "SYS_RESOURCE", "NET_BROADCAST"), Severity.LOW),
}  # fmt: skip
BAD = (
    service("cap_add: [SYS_ADMIN]"),
    service("cap_add:", "  - CAP_NET_ADMIN"),
    service("cap_add: ['all']"),
)
GOOD = (service("cap_add: [NET_BIND_SERVICE, CHOWN]"), service("cap_drop: [ALL]"), service())
FIXED = (
    (
        service("cap_add:", "  - SYS_ADMIN # why", "  - CHOWN"),
        service("cap_add:", "  # why", "  - CHOWN"),
    ),
    (service("cap_add:", "  - SYS_PTRACE"), service()),
)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each capability."""
    for one in scene.services:
        for item in one.get("cap_add").texts():
            name = item.text.strip().upper().removeprefix("CAP_")
            if name in _GRADES:
                yield scene.told(
                    one,
                    item,
                    f"it is given the capability {name}",
                    key=name,
                    severity=_GRADES[name],
                    edits=scene.remove_item(one, "cap_add", item),
                    fix=FixClass.VERIFIED,
                    remedy=f"take {name} out",
                )
