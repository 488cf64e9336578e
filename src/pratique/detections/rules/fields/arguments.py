"""
Answer ``evt.arg.NAME``: an argument of a system call under Falco's name, as text.

Source of the names: the event table of falcosecurity/libs (``driver/event_table.c``).
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from pratique.detections.rules.fields import flags
from pratique.model.event import Event
from pratique.model.observation import (
    Act,
    BpfUsed,
    Called,
    Duplicated,
    Executed,
    IdentityChanged,
    ModuleLoaded,
    Mounted,
    NamespaceEntered,
    Opened,
    PathChanged,
    ProcessTouched,
    Resolved,
    SocketUsed,
)

_Names: TypeAlias = Mapping[str, Callable[[Event], str]]
MAX_CHARS = 16_384
"""How long ``evt.args`` may grow."""


def argument(event: Event, name: str) -> str | None:
    """Return one argument, None where the call has none of that name."""
    read = _BY_ACT.get(type(event.observation.act), {}).get(name)
    if read is not None:
        return read(event)
    observation = event.observation
    if name == "res" or (name == "fd" and observation.result < 0):
        return flags.outcome(observation.result)
    return None


def arguments(event: Event) -> str:
    """Return all of them: ``name=value name=value``."""
    names = _BY_ACT.get(type(event.observation.act), {})
    text = " ".join(f"{name}={read(event)}" for name, read in names.items())
    return f"res={event.observation.result} {text}".strip()[:MAX_CHARS]


def names_of(act: type) -> frozenset[str]:
    """Return the names that an act can answer."""
    return frozenset({"res", "fd", *_BY_ACT.get(act, {})})


def _of(read: "Callable[[Act], str]") -> Callable[[Event], str]:
    return lambda event: read(event.observation.act)


def _text(name: str) -> Callable[[Event], str]:
    return lambda event: str(getattr(event.observation.act, name))


def _number(name: str, say: Callable[[int], str]) -> Callable[[Event], str]:
    return lambda event: say(getattr(event.observation.act, name))


def _path(event: Event) -> str:
    """Return the name as it was passed, else the one that was found."""
    act = event.observation.act
    return getattr(act, "given", "") or str(getattr(act, "path", ""))


def _new_path(event: Event) -> str:
    act = event.observation.act
    if isinstance(act, PathChanged):
        return act.new_path or act.new_given
    return ""


def _old_path(event: Event) -> str:
    return str(getattr(event.observation.act, "path", "")) or _path(event)


def _executed_flags(event: Event) -> str:
    act = event.observation.act
    layer = "EXE_UPPER_LAYER" if getattr(act, "upper_layer", False) else ""
    memory = "EXE_FROM_MEMFD" if getattr(act, "memfd", False) else ""
    return "|".join(filter(None, (layer, memory)))


def _line(event: Event) -> str:
    act = event.observation.act
    return " ".join(act.arguments[1:]) if isinstance(act, Executed) else ""


def _first(event: Event) -> str:
    act = event.observation.act
    return act.arguments[0] if isinstance(act, Executed) and act.arguments else ""


def _tuple(event: Event) -> str:
    act = event.observation.act
    if not isinstance(act, SocketUsed):
        return ""
    if act.path:
        return act.path
    local = f"{act.local_address}:{act.local_port}"
    return f"{local}->{act.remote_address}:{act.remote_port}"


def _address(event: Event) -> str:
    act = event.observation.act
    if not isinstance(act, SocketUsed):
        return ""
    if act.path:
        return act.path
    if event.observation.type == "bind":
        return f"{act.local_address}:{act.local_port}"
    return f"{act.remote_address}:{act.remote_port}"


def _user(event: Event) -> str:
    act = event.observation.act
    return str(act.uid) if isinstance(act, IdentityChanged) and act.uid >= 0 else "<NONE>"


def _group(event: Event) -> str:
    act = event.observation.act
    return str(act.gid) if isinstance(act, IdentityChanged) and act.gid >= 0 else "<NONE>"


def _with(names: Mapping[int, str]) -> Callable[[int], str]:
    return lambda number: flags.named(number, names)


_BY_ACT: Mapping[type, _Names] = {
    Opened: {
        "name": _text("path"),
        "path": _text("path"),
        "filename": _path,
        "flags": _number("flags", flags.open_flags),
        "mode": _number("mode", flags.mode_bits),
        "ino": _text("inode"),
    },
    Executed: {
        "exe": _first,
        "args": _line,
        "filename": _of(lambda act: act.called or act.path if isinstance(act, Executed) else ""),
        "trusted_exepath": _text("path"),
        "cwd": _text("directory"),
        "flags": _executed_flags,
        "exe_ino": _text("inode"),
        "cap_effective": _number("cap_effective", flags.capabilities),
        "cap_permitted": _number("cap_permitted", flags.capabilities),
        "loginuid": _text("login_uid"),
        "tty": _text("tty"),
    },
    PathChanged: {
        "path": _old_path,
        "name": _old_path,
        "filename": _old_path,
        "oldpath": _old_path,
        "newpath": _new_path,
        "target": _path,
        "linkpath": _new_path,
        "mode": _number("mode", flags.mode_bits),
        "flags": _text("flags"),
    },
    Mounted: {
        "dev": _text("source"),
        "dir": _text("path"),
        "name": _text("path"),
        "type": _text("file_system"),
        "flags": _number("flags", flags.mount_flags),
    },
    SocketUsed: {
        "fd": _text("fd"),
        "domain": _number("family", _with(flags.FAMILIES)),
        "type": _number("kind", _with(flags.KINDS)),
        "proto": _text("protocol"),
        "tuple": _tuple,
        "addr": _address,
    },
    IdentityChanged: {"uid": _user, "gid": _group, "ruid": _user, "euid": _user},
    NamespaceEntered: {
        "flags": _number("flags", flags.namespace_flags),
        "nstype": _number("flags", flags.namespace_flags),
        "fd": _text("fd"),
    },
    ProcessTouched: {
        "pid": _text("target_pid"),
        "request": _number("request", _with(flags.PTRACE)),
        "sig": _text("request"),
    },
    Duplicated: {"oldfd": _text("old_fd"), "newfd": _text("new_fd"), "fd": _text("old_fd")},
    ModuleLoaded: {"name": _text("name"), "path": _text("path")},
    BpfUsed: {"cmd": _number("command", _with(flags.BPF))},
    Resolved: {"name": _text("name")},
    Called: {
        "name": _text("text"),
        "flags": _of(
            lambda act: str(act.arguments[0]) if isinstance(act, Called) and act.arguments else "0"
        ),
    },
}
