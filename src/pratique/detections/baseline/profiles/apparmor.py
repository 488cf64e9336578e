"""
Write an AppArmor profile: what may be run, mapped and written; reading stays free.

Source: apparmor.d(5). ``*`` of a baseline is AppArmor's ``*``, ``/**`` its ``/**``.
"""

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.knowing import Known
from pratique.detections.baseline.naming import one_line, safe_name
from pratique.detections.baseline.profiles.interface import Profile
from pratique.model.baseline import Baseline, ProcessSeen

NAME = "apparmor"
TITLE = "an AppArmor profile"
SUFFIX = ".apparmor"

_SPECIAL = frozenset('"[]{}?^,')
_ALWAYS = (
    "  # The program reads what it likes; it runs, maps and writes only what is named.",
    "  /{,**} r,",
    "  signal (send, receive) peer=@{profile_name},",
    "  ptrace (trace, tracedby, read, readby) peer=@{profile_name},",
    "  signal (receive) peer=unconfined,",
    "  /dev/{null,zero,full,random,urandom,tty,ptmx} rw,",
    "  /dev/pts/* rw,",
    "  @{PROC}/@{pid}/** rw,",
    "  @{PROC}/@{pid}/task/** rw,",
    "  deny @{PROC}/sys/kernel/core_pattern w,",
    "  deny @{PROC}/sysrq-trigger rwklx,",
    "  deny /sys/fs/cgroup/**/release_agent w,",
    "  deny mount,",
)


def write(baseline: Baseline) -> Profile:
    """Return the profile; load it with ``apparmor_parser -r``."""
    name = f"pratique-{safe_name(baseline.workload)}"
    programs = sorted({one.path for one in baseline.processes})
    lines = [
        f"# What {one_line(baseline.workload)} needs, as far as it was seen.",
        "abi <abi/3.0>,",
        "include <tunables/global>",
        "",
        f"profile {name} flags=(attach_disconnected,mediate_deleted) {{",
        *_ALWAYS,
        "",
        *(f"  {_path(one)} mrix," for one in programs),
        *(f"  {_path(one)} mr," for one in baseline.libraries),
        *(f"  {_path(one)} rwkl," for one in baseline.writes),
        "",
        *(f"  capability {one.lower()}," for one in baseline.capabilities),
        *_network(baseline),
        "}",
    ]
    if any("mount" in one for one in baseline.syscalls) and "SYS_ADMIN" in baseline.capabilities:
        lines.remove("  deny mount,")
    notes = [
        f"the profile is called {name}: --security-opt apparmor={name}, or "
        f"appArmorProfile.localhostProfile: {name}",
    ]
    if "libraries" in baseline.full or "writes" in baseline.full:
        notes.append("not every path was kept: something may be refused")
    return Profile(name=NAME, text="\n".join(lines) + "\n", notes=tuple(notes))


def refuses(baseline: Baseline, fact: Fact) -> str:
    """Return why an act would be refused under the profile."""
    value = fact.value
    if isinstance(value, ProcessSeen):
        known = any(one.path == value.path for one in baseline.processes)
        return "" if known else f"{value.path} may not be run"
    if fact.kind is Kind.CAPABILITY:
        return "" if value in baseline.capabilities else f"the capability {value} is not granted"
    if fact.kind in (Kind.WRITE, Kind.LIBRARY) and isinstance(value, str):
        always = value.startswith(("/dev/", "/proc/"))
        if always or Known(baseline).outside(fact) is None:
            return ""
        verb = "written" if fact.kind is Kind.WRITE else "mapped"
        return f"{value} may not be {verb}"
    return ""


def _network(baseline: Baseline) -> list[str]:
    protocols = {one.protocol for one in baseline.destinations}
    protocols |= {one.protocol for one in baseline.listens}
    kinds = {"tcp": "stream", "udp": "dgram"}
    lines = [
        f"  network {family} {kinds[one]},"
        for one in sorted(protocols & set(kinds))
        for family in ("inet", "inet6")
    ]
    return [*lines, "  network unix,", "  unix,"] if lines or "unix" in protocols else []


def _path(path: str) -> str:
    """Return a pattern in quotes; what AppArmor would read as its own is escaped."""
    text = "".join(_char(char) for char in path)
    return f'"{text}"'


def _char(char: str) -> str:
    if char in _SPECIAL:
        return "\\" + char
    # What acts on a terminal or ends a line, and the escape itself, is any one character.
    return char if char != "\\" and char.isprintable() and ord(char) < 0x7F else "?"
