"""
Say what a recording holds besides observations, and how its frames are told apart.

A recording is ``MAGIC`` and frames: one kind byte, a 4-byte big-endian length, the payload (MessagePack).
``H`` the header, always the first; ``O`` a run of observations; ``W`` what is known of a workload;
``P`` what is known of a process that began before the recording; ``E`` the end, with counts. A small
letter (``o``, ``w``, ``p``) is the same packed with zstd. A frame is whole in itself: of a recording
that was cut short only its last frame is lost.
"""

from msgspec import Struct

from pratique.model.event import Process
from pratique.model.workload import Workload

MAGIC = b"PRATREC\x01"
HEAD = 5
MAX_FRAME_BYTES = 8 << 20
"""One frame as stored."""
MAX_RUN_BYTES = 32 << 20
"""One frame unpacked."""
RUN = 512
"""Observations that a writer puts into one frame."""


class Header(Struct, frozen=True, kw_only=True):
    """
    Who recorded, where and when.

    ``booted_ns`` and ``started_ns`` are since the epoch. ``redacted`` says that arguments were taken
    out, ``interest`` in words what was asked of the sensor (empty: everything).
    """

    version: int = 1
    node: str = ""
    sensor: str = ""
    tool_version: str = ""
    booted_ns: int = 0
    started_ns: int = 0
    redacted: bool = False
    interest: str = ""


class WorkloadFact(Struct, frozen=True, gc=False, array_like=True):
    """A control group and whose it is from now on; ``workload`` None is the node itself."""

    cgroup: int
    cgroup_v1: int
    time_ns: int
    workload: Workload | None = None


class ProcessFact(Struct, frozen=True, gc=False, array_like=True):
    """A process that was there when the recording began."""

    process: Process
    cgroup: int = 0
    cgroup_v1: int = 0
    inside: bool = False
    """It runs in a container."""


class End(Struct, frozen=True, kw_only=True):
    """What the writer counted; a recording without it was cut short."""

    observations: int = 0
    workloads: int = 0
    processes: int = 0
    ended_ns: int = 0
