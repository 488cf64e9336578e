"""
Tell the kernel what a control group may not do: run drifted programs or named files, reach a place.

A policy holds for the group and all below it. Law: the guard of ``responses`` decides whether; this
only writes it down. Policies of several groups of one process add up; of files and destinations the
innermost group counts that has any. Whatever is written is gone when the sensor closes: nothing stays blocked
without anybody who could lift it.
"""

import threading
from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from typing import Literal

from msgspec import Struct

from pratique.formats.kernel_events import layout
from pratique.formats.kernel_events.layout import Policy
from pratique.model.errors import CapabilityError, UsageError
from pratique.sensors._filters import Filters
from pratique.sensors._hooks import RIGHTS, Loaded

_YES = b"\1\0\0\0"
_PORTS = range(65536)
_ROOT = 1
"""The id of the root of every hierarchy; 0 is none."""


class Group(Struct, frozen=True):
    """A control group: its id, and whether that is of the v1 hierarchy of the pids controller."""

    id: int
    v1: bool = False

    def key(self) -> bytes:
        """Return its key in the kernel's tables."""
        return layout.GROUP.pack(self.id, int(self.v1), 0)


def pids_hierarchy() -> int:
    """Return the number of the v1 hierarchy of the pids controller; 0: it is in v2, or nowhere."""
    try:
        lines = Path("/proc/cgroups").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("pids\t")), 0)


class Enforcement:
    """The tables of what is forbidden; may be called from any thread."""

    def __init__(self, loaded: Loaded, filters: Filters) -> None:
        self._loaded = loaded
        self._filters = filters
        self._policies: dict[Group, Policy] = {}
        self._lock = threading.Lock()

    def deny(self, groups: Sequence[Group], address: str, port: int) -> None:
        """
        Let a container not reach an address on a port, told by its groups.

        Raises:
            CapabilityError: it has no group of its own, or connections cannot be refused here.
            UsageError: it is no address, or no port.
        """
        for group in _own(groups):
            self.deny_destination(group, address, port)

    def refuse(self, groups: Sequence[Group]) -> str:
        """
        Let a container run no drifted program; return by what means, in words.

        Raises:
            CapabilityError: it has no group of its own.
        """
        how = {self.stop_drift(group, "refuse") for group in _own(groups)}
        if how == {"refuse"}:
            return "the kernel refuses them (LSM)"
        return "the kernel kills programs, not scripts, before their first instruction"

    def stop_drift(self, group: Group, how: Literal["kill", "refuse"]) -> str:
        """
        Let no program run that is not of the image: overlay's writable layer, memfd, tmpfs.

        Returns:
            What will be done: ``refuse`` needs LSM and is ``kill`` where that does not load.
        """
        can = how == "refuse" and self._loaded.has("refuse_exec")
        self._set(group, Policy.REFUSE_DRIFT if can else Policy.KILL_DRIFT)
        return "refuse" if can else "kill"

    def deny_file(self, group: Group, inode: int, device: int) -> str:
        """
        Let one file not be executed; ``device`` is as stat(2) says it.

        Returns:
            ``refuse``, or ``kill`` where LSM does not load.
        """
        key = layout.DENIED_FILE.pack(group.id, int(group.v1), 0, inode, _kernel_device(device), 0)
        self._object_map("denied_files", key)
        self._set(group, Policy.FILES)
        return "refuse" if self._loaded.has("refuse_exec") else "kill"

    def deny_destination(self, group: Group, address: str = "", port: int = 0) -> None:
        """
        Let a group not reach an address (empty: any) on a port (0: any); TCP, UDP, io_uring.

        Raises:
            CapabilityError: a hook that refuses connections is missing here.
            UsageError: it is no address, or no port.
        """
        lacking = [
            name
            for name in ("deny_connect4", "deny_connect6", "deny_sendmsg4", "deny_sendmsg6")
            if not self._loaded.has(name)
        ]
        if lacking:
            raise CapabilityError("connections cannot be blocked here", hint=RIGHTS)
        self._object_map("denied_destinations", _destination(group, address, port))
        self._set(group, Policy.DESTINATIONS)

    def allow_destination(self, group: Group, address: str = "", port: int = 0) -> None:
        """Take such a refusal back."""
        self._loaded.object.map("denied_destinations").drop(_destination(group, address, port))

    def mute(self, group: Group) -> None:
        """Tell only executions, new processes, ends and refusals of a group."""
        self._set(group, Policy.MUTE)

    def holds(self, group: Group) -> bool:
        """Return whether anything is forbidden to a group itself."""
        return group in self._policies

    def release(self, group: Group) -> None:
        """Forbid nothing of a group any more."""
        with self._lock:
            self._policies.pop(group, None)
            self._loaded.object.map("policies").drop(group.key())
            self._publish()
        for name in ("denied_files", "denied_destinations"):
            entries = self._loaded.object.map(name)
            for key in [key for key in entries.keys() if key.startswith(group.key())]:  # noqa: SIM118
                entries.drop(key)

    def _set(self, group: Group, bits: Policy) -> None:
        if group.id <= _ROOT:
            raise UsageError("the whole node cannot be held to what a control group may not do")
        with self._lock:
            self._policies[group] = self._policies.get(group, Policy(0)) | bits
            value = self._policies[group].to_bytes(4, "little")
            self._loaded.object.map("policies").put(group.key(), value)
            self._publish()

    def _object_map(self, name: str, key: bytes) -> None:
        self._loaded.object.map(name).put(key, _YES)

    def _publish(self) -> None:
        self._filters.policies = len(self._policies)
        self._filters.publish()


def _own(groups: Sequence[Group]) -> Sequence[Group]:
    """Return the groups that are a container's own: neither none nor the root of a hierarchy."""
    own = [group for group in groups if group.id > _ROOT]
    if not own:
        raise CapabilityError(
            "the container has no control group of its own",
            hint="it shares that of its node; stop it instead",
        )
    return own


def _destination(group: Group, address: str, port: int) -> bytes:
    if port not in _PORTS:
        raise UsageError(f"{port} is no port")
    try:
        parsed = ip_address(address) if address else None
    except ValueError:
        raise UsageError(f"{address!r} is no address") from None
    if parsed is None:
        packed = bytes(16)
    elif isinstance(parsed, IPv6Address):
        packed = parsed.packed
    else:
        packed = bytes(10) + b"\xff\xff" + parsed.packed
    return layout.DESTINATION.pack(group.id, int(group.v1), 0, packed, port, 0)


def _kernel_device(device: int) -> int:
    """
    Return the kernel's own number of a device for stat(2)'s.

    >>> hex(_kernel_device(0x2A)), hex(_kernel_device(0xFE01))
    ('0x2a', '0xfe00001')
    """
    return (device >> 8 & 0xFFF) << 20 | (device & 0xFF) | (device >> 12 & 0xFFF00)
