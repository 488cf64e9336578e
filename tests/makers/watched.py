"""Make recordings of small stories, as a watch writes them."""

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from pratique.formats.recording.values import Header
from pratique.model.event import Event
from pratique.model.observation import Executed, Forked, Lost, Observation, Opened
from pratique.pipelines.record_events import EventRecorder
from pratique.pipelines.watch_who import ReplayedWho
from tests.makers.happenings import SECOND, START, WEB

NODE = Header(node="node-1", sensor="ebpf", booted_ns=START - 1000 * SECOND, started_ns=START)
RULE = b"""\
- rule: shadow-read
  desc: d
  condition: evt.type in (open, openat) and fd.name = /etc/shadow
  output: shadow was read by %proc.cmdline in %container.name
  priority: ERROR
"""


def story() -> list[Event]:
    """Return what a joiner makes of a shell in a container that reads a file, and of a loss."""
    who = ReplayedWho("node-1", NODE.booted_ns)
    who.index.tell(7, 3, WEB)
    who.index.tell(1, 1, None)
    shell = Observation("fork", Forked(101, 5), START, 100, 100, 1, 0, 0, 1, 1, comm="conmon")
    act = Executed("/bin/sh", ("sh", "-c", "id"), environment=("TOKEN=abc",))
    ran = Observation("execve", act, START + 5, 101, 101, 100, 0, 0, 7, 3, comm="sh")
    read = replace(ran, type="openat", act=Opened("/etc/shadow", fd=3), time_ns=START + 9, result=3)
    lost = Observation("lost", Lost(3, "ring full", "openat"), START + 10, 0)
    return list(who.joiner.join_all([shell, ran, read, lost]))


def recorded(place: Path, events: Iterable[Event], header: Header = NODE) -> Path:
    """Record events and return the file."""
    recorder = EventRecorder(place, header)
    for event in events:
        recorder.take(event)
    recorder.close(START + 20)
    return place
