"""Find programs that get capabilities of root by an attribute of their file."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from pratique.checks.image.interface import File, Marked, Scene, sample
from pratique.formats.file_capability import ATTRIBUTE, FileCapability, read_capability
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting, per_layer

NAME = "file-capability"
TITLE = "a program gets capabilities of root by its file"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-DI-0008", "CIS-Docker-4.8")
RULES = {
    NAME: (
        "A file has the attribute security.capability: whoever runs it gets the capabilities it "
        "names, as by setuid but in parts. net_bind_service (ports below 1024) and net_raw (ping) are "
        "usual and graded negligible or low. Others let a user of the container read or write any "
        "file (dac_override, dac_read_search), become another user (setuid), or take over the host if "
        "the container is given them (sys_admin, sys_ptrace, sys_module, bpf) and are graded high. "
        "Take them away (setcap -r FILE), and give the container the one capability it needs when it "
        "is started."
    )
}
_HARMLESS = frozenset({"net_bind_service"})
_USUAL = frozenset({"net_raw", "ipc_lock", "sys_nice", "audit_write", "net_broadcast"})
_GRAVE = frozenset({
    "bpf", "chown", "dac_override", "dac_read_search", "fowner", "mac_admin", "mac_override", "mknod",
    "perfmon", "setfcap", "setgid", "setpcap", "setuid", "sys_admin", "sys_boot", "sys_chroot",
    "sys_module", "sys_ptrace", "sys_rawio", "checkpoint_restore",
})  # fmt: skip
_MAPPERS = frozenset({"newuidmap", "newgidmap"})


def _capable(path: str, value: str) -> tuple[tuple[str, File], ...]:
    return ((path, File("x", 0o755, xattrs=((ATTRIBUTE, value),))),)


_ADMIN = "0100000200002000" + "00" * 12
FIRES = (
    sample(_capable("usr/bin/tool", _ADMIN)),
    sample(_capable("usr/bin/ping", "0100000200200000" + "00" * 12)),
    sample(_capable("usr/bin/odd", "ffff")),
)
SILENT = (
    sample((("usr/bin/tool", File("x", 0o755, xattrs=(("user.note", "00"),))),)),
    sample(_capable("usr/bin/tool", "0000000200000000" + "00" * 12)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer and grade."""
    found: dict[Severity | None, list[tuple[int, Place]]] = {}
    for marked, value in _attributes(scene):
        try:
            granted = read_capability(value)
        except FormatError as error:
            granted, note = FileCapability(()), str(error)
        else:
            names = sorted({*granted.permitted, *granted.inheritable})
            if not names:
                continue
            note = ", ".join(names) + (" from its start" if granted.effective else "")
        name = marked.entry.path.rpartition("/")[2]
        grade = _grade(name, {*granted.permitted, *granted.inheritable})
        found.setdefault(grade, []).append((marked.layer, Place(marked.entry.path, note)))
    for severity, places in found.items():
        for seen in per_layer(places, scene.tree.refs):
            yield replace(seen, severity=severity)


def _attributes(scene: Scene) -> Iterator[tuple[Marked, bytes]]:
    start = f"{ATTRIBUTE}="
    for marked in scene.special:
        for attribute in marked.entry.xattrs:
            if attribute.startswith(start) and scene.stands(marked):
                yield marked, bytes.fromhex(attribute.removeprefix(start))


def _grade(name: str, granted: set[str]) -> Severity | None:
    if name in _MAPPERS and granted <= {"setuid", "setgid"}:
        return Severity.LOW
    if granted & _GRAVE:
        return Severity.HIGH
    if granted and granted <= _HARMLESS:
        return Severity.NEGLIGIBLE
    return Severity.LOW if granted and granted <= _HARMLESS | _USUAL else None
