"""``evt.*``: the event itself. Falco's ``evt.arg`` names stand in ``arguments``."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime

from pratique.detections.rules.fields import flags
from pratique.detections.rules.fields.arguments import argument, arguments
from pratique.detections.rules.fields.field import Field, Kind, Read, Source, Takes, field, missing
from pratique.model.event import Event
from pratique.model.observation import Called, Observation, Opened, Resolved, SocketUsed

_WRITES = os.O_WRONLY | os.O_RDWR
_IO = "reads and writes are not observed"
_CAPTURE = "Falco's measure of its own captures"
_PLUGIN = "events come from the kernel, not from a plugin"
_READS = frozenset({"recvfrom", "recvmsg"})
_SENDS = frozenset({"sendto", "sendmsg"})


def _is_read(act: Opened) -> bool:
    return act.flags & 3 in (os.O_RDONLY, os.O_RDWR)


def _is_write(act: Opened) -> bool:
    return bool(act.flags & _WRITES)


def _is_created(event: Event) -> bool:
    act = event.observation.act
    asked = isinstance(act, Opened) and act.flags & os.O_CREAT
    return event.observation.result >= 0 and (bool(asked) or event.observation.type == "creat")


_CREATED = f"(o.result >= 0 and (a.flags & {os.O_CREAT} != 0 or o.type == 'creat'))"


def _is_executable(event: Event) -> bool:
    act = event.observation.act
    return isinstance(act, Opened) and bool(act.mode & 0o111) and _is_created(event)


def _time(event: Event) -> datetime:
    return datetime.fromtimestamp(event.observation.time_ns // 1_000_000_000, UTC)


def _clock(event: Event) -> str:
    return f"{_time(event):%H:%M:%S}.{event.observation.time_ns % 1_000_000_000:09}"


def _iso(event: Event) -> str:
    return f"{_time(event):%Y-%m-%dT%H:%M:%S}.{event.observation.time_ns % 1_000_000_000:09}+0000"


def _full(event: Event) -> str:
    return f"{_time(event):%Y-%m-%d %H:%M:%S}.{event.observation.time_ns % 1_000_000_000:09}"


def _seconds(time_ns: int) -> int:
    return time_ns // 1_000_000_000


def _fraction(time_ns: int) -> int:
    return time_ns % 1_000_000_000


def _direction(kind: str) -> str | None:
    return "in" if kind in _READS else "out" if kind in _SENDS else None


def _bytes(data: bytes) -> str | None:
    """Return bytes as letters of the same numbers: rules compare them in hexadecimal, or with text."""
    return data.decode("latin-1") or None


def _length(seen: Observation) -> int | None:
    return seen.result if seen.type in _READS | _SENDS and seen.result >= 0 else None


def _after(number: int) -> int:
    return number + 1


def _opened(name: str, call: Read, doc: str, text: str) -> Field:
    source = Source("e" if call in (_is_created, _is_executable) else "a", call, text)
    return Field(name=name, kind=Kind.BOOL, doc=doc, sources={Opened: source})


FIELDS: Sequence[Field] = (
    Field(
        name="evt.num",
        kind=Kind.NUMBER,
        doc="the event's number in its stream, from 1",
        sources={None: Source("o.sequence", _after)},
        least=1,
    ),
    field("evt.type", Kind.TEXT, "o.type", "the system call, or our own name for what is none"),
    field("syscall.type", Kind.TEXT, "o.type", "the same as evt.type"),
    field("evt.time", Kind.TEXT, "e", "the time of day with nanoseconds (UTC)", _clock),
    field("evt.time.s", Kind.TEXT, "e", "the time of day (UTC)", lambda e: f"{_time(e):%H:%M:%S}"),
    field("evt.time.iso8601", Kind.TEXT, "e", "date and time with nanoseconds", _iso),
    field("evt.datetime", Kind.TEXT, "e", "date and time with nanoseconds", _full),
    field(
        "evt.datetime.s", Kind.TEXT, "e", "date and time", lambda e: f"{_time(e):%Y-%m-%d %H:%M:%S}"
    ),
    field("evt.rawtime", Kind.NUMBER, "o.time_ns", "nanoseconds since the epoch"),
    field("evt.rawtime.s", Kind.NUMBER, "o.time_ns", "seconds since the epoch", _seconds),
    field("evt.rawtime.ns", Kind.NUMBER, "o.time_ns", "the nanoseconds of the second", _fraction),
    field("evt.source", Kind.TEXT, "e", "always syscall", lambda _: "syscall"),
    field("evt.hostname", Kind.TEXT, "e.node", "the node's name"),
    field("evt.dir", Kind.TEXT, "e", "always < (a call's end), as in newer engines", lambda _: "<"),
    field("evt.res", Kind.TEXT, "o.result", "SUCCESS, or the error's name", flags.outcome),
    field("evt.rawres", Kind.NUMBER, "o.result", "what the call returned; below 0 it failed"),
    field("evt.failed", Kind.BOOL, "o.result", "the call failed", lambda r: r < 0),
    field("evt.count", Kind.NUMBER, "e", "always 1", lambda _: 1),
    field("evt.args", Kind.TEXT, "e", "all arguments of the call, as name=value", arguments),
    field("evt.info", Kind.TEXT, "e", "the same as evt.args", arguments),
    Field(
        name="evt.arg",
        kind=Kind.TEXT,
        doc="one argument of the call by name: evt.arg.flags",
        argued=Source("e", argument),
        takes=Takes.NEEDED_KEY,
    ),
    _opened("evt.is_open_read", _is_read, "a file was opened for reading", "(not {}.flags & 1)"),
    _opened("evt.is_open_write", _is_write, "a file was opened for writing", "({}.flags & 3 != 0)"),
    _opened("evt.is_open_create", _is_created, "a file was made", _CREATED),
    _opened(
        "evt.is_open_exec",
        _is_executable,
        "a file was made that can be executed",
        f"(a.mode & {0o111} != 0 and {_CREATED})",
    ),
    Field(
        name="evt.io_dir",
        kind=Kind.TEXT,
        doc="in for what receives, out for what sends",
        sources={SocketUsed: Source("o.type", _direction)},
    ),
    Field(
        name="dns.name",
        kind=Kind.TEXT,
        doc="the name of a DNS question or answer (ours)",
        sources={Resolved: Source("a.name")},
    ),
    Field(
        name="evt.text",
        kind=Kind.TEXT,
        doc="the text argument of a call of no shape of its own (ours)",
        sources={Called: Source("a.text")},
    ),
    *(missing(name, Kind.BOOL, "I/O", _IO) for name in ("evt.is_io", "evt.is_io_read")),
    *(missing(name, Kind.BOOL, "I/O", _IO) for name in ("evt.is_io_write", "evt.is_wait")),
    missing("evt.is_syslog", Kind.BOOL, "a write to syslog", _IO),
    Field(
        name="evt.buffer",
        kind=Kind.BYTES,
        doc="the first 255 bytes that sendto, sendmsg, recvfrom or recvmsg sent or received",
        sources={SocketUsed: Source("a.data", _bytes)},
    ),
    Field(
        name="evt.buflen",
        kind=Kind.NUMBER,
        doc="how many bytes such a call sent or received",
        sources={SocketUsed: Source("o", _length)},
    ),
    *(
        missing(f"evt.buflen.{name}", Kind.NUMBER, "how many bytes", _IO)
        for name in ("in", "out", "file", "file.in", "file.out", "net", "net.in", "net.out")
    ),
    missing("evt.cpu", Kind.NUMBER, "the processor", "not observed"),
    missing("evt.category", Kind.TEXT, "the category of the call", "not kept"),
    Field(
        name="evt.rawarg",
        kind=Kind.NUMBER,
        doc="one argument of the call, raw",
        takes=Takes.NEEDED_KEY,
        unavailable="arguments are kept as text (evt.arg)",
        compared=False,
        transformed=False,
    ),
    Field(
        name="evt.around",
        kind=Kind.NUMBER,
        doc="near a moment of a capture",
        takes=Takes.NEEDED_KEY,
        unavailable=_CAPTURE,
        compared=False,
        transformed=False,
    ),
    Field(
        name="evt.abspath",
        kind=Kind.TEXT,
        doc="the absolute path of the call's argument",
        takes=Takes.KEY,
        unavailable="fs.path.name is the same",
    ),
    Field(
        name="evt.type.is",
        kind=Kind.NUMBER,
        doc="1 for an event of a number",
        takes=Takes.NEEDED_KEY,
        unavailable="types are known by name (evt.type)",
    ),
    *(
        missing(f"evt.{name}", Kind.NUMBER, "a time of the capture", _CAPTURE)
        for name in (
            "latency",
            "latency.s",
            "latency.ns",
            "deltatime",
            "deltatime.s",
            "deltatime.ns",
            "wait_latency",
            "reltime",
            "reltime.s",
            "reltime.ns",
            "latency.quantized",
        )
    ),
    missing("evt.latency.human", Kind.TEXT, "a time of the capture", _CAPTURE),
    *(
        missing(f"evt.count.{name}", Kind.NUMBER, "a count of the capture", _CAPTURE)
        for name in (
            "error",
            "error.file",
            "error.net",
            "error.memory",
            "error.other",
            "exit",
            "procinfo",
            "threadinfo",
        )
    ),
    missing("evt.pluginname", Kind.TEXT, "the plugin", _PLUGIN),
    missing("evt.plugininfo", Kind.TEXT, "the plugin's summary", _PLUGIN),
    missing("evt.is_async", Kind.BOOL, "an event out of order", _PLUGIN),
    missing("evt.asynctype", Kind.TEXT, "its type", _PLUGIN),
)
