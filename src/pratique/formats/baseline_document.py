"""
Write a baseline as YAML that people review, and read it back.

::

    pratique-baseline: 1
    workload: shop/web
    digest: sha256:…
    mode: detect
    learnt-from:
      - {id: c0ffee…, node: node-1, first: 1790000000000000000, last: …, newest: …, events: 5120}
    processes:
      - path: /usr/sbin/nginx
        parent: /bin/sh
        arguments: ["-g *"]
    writes: [/var/log/nginx/*.log, /tmp/**]
    destinations: ["db.example.org:5432/tcp", "10.0.0.0/16:443/tcp", "unix:/run/db.sock"]
    listens: [80/tcp]

Laws: reading what was written gives an equal baseline; a mistake refuses the whole file with its
place. ``*`` stands for any text in one name, ``/**`` at the end for everything below. Bounds: those of
``typed_yaml``, and ``MAX_VALUES`` of each kind.
"""

from collections.abc import Iterable

from msgspec import Struct

from pratique.formats.documents.typed_yaml import parse_typed
from pratique.model.baseline import (
    MAX_VALUES,
    Baseline,
    Destination,
    Listening,
    Mode,
    ProcessSeen,
    Run,
)
from pratique.model.errors import UsageError

MARK = "pratique-baseline"
_HEAD = """\
# What a workload does when it does what it should, as far as it was seen: a baseline of pratique.
# Strike out what it should not do. `*` is any text in one name, `/**` everything below a folder.
"""
_UNIX = "unix:"


class _Program(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    path: str
    parent: str = ""
    arguments: tuple[str, ...] = ("",)


class _Learnt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    node: str = ""
    first: int = 0
    last: int = 0
    newest: int = 0
    events: int = 0


class _Document(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"mark": MARK, "learnt_from": "learnt-from", "syscalls_whole": "syscalls-whole"},
):
    mark: str
    workload: str
    digest: str = ""
    image: str = ""
    mode: Mode = Mode.DETECT
    learnt_from: tuple[_Learnt, ...] = ()
    processes: tuple[_Program, ...] = ()
    writes: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    listens: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    syscalls: tuple[str, ...] = ()
    syscalls_whole: bool = False
    full: tuple[str, ...] = ()


def write_baseline(baseline: Baseline) -> bytes:
    """Return the document, UTF-8 (in fact ASCII: whatever a hostile name holds is escaped)."""
    import yaml  # only who writes one

    document: dict[str, object] = {
        MARK: 1,
        "workload": baseline.workload,
        "digest": baseline.digest,
        "image": baseline.image,
        "mode": baseline.mode.value,
        "learnt-from": [_learnt(run) for run in baseline.runs],
        "processes": _programs(baseline.processes),
        "writes": list(baseline.writes),
        "libraries": list(baseline.libraries),
        "destinations": list(map(destination_words, baseline.destinations)),
        "listens": [f"{one.port}/{one.protocol}" for one in baseline.listens],
        "names": list(baseline.names),
        "capabilities": list(baseline.capabilities),
        "syscalls": list(baseline.syscalls),
        "syscalls-whole": baseline.syscalls_whole,
        "full": list(baseline.full),
    }
    kept = {key: value for key, value in document.items() if value not in ("", [], False)}
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(kept, Dumper=dumper, sort_keys=False, allow_unicode=False, width=1 << 16)
    return (_HEAD + text).encode()


def read_baseline(content: bytes, place: str) -> Baseline:
    """
    Return the baseline in a file; ``place`` is the file's name.

    Raises:
        UsageError: a mistake; the message begins with the place.
    """
    document = parse_typed(content, _Document, place)
    if document.mark != "1":
        raise UsageError(f"{place}: {MARK} must be 1", hint="another version is not known")
    for kind in ("processes", "writes", "libraries", "destinations", "names", "syscalls"):
        if len(getattr(document, kind)) > MAX_VALUES:
            raise UsageError(f"{place}: more than {MAX_VALUES} {kind}")
    return Baseline(
        digest=document.digest,
        workload=document.workload,
        image=document.image,
        mode=document.mode,
        runs=tuple(
            Run(
                id=one.id,
                node=one.node,
                first_ns=one.first,
                last_ns=one.last,
                newest_ns=one.newest,
                events=one.events,
            )
            for one in document.learnt_from
        ),
        processes=_sorted(
            ProcessSeen(one.path, one.parent, shape)
            for one in document.processes
            for shape in one.arguments
        ),
        writes=tuple(sorted(set(document.writes))),
        libraries=tuple(sorted(set(document.libraries))),
        destinations=tuple(sorted({read_destination(one, place) for one in document.destinations})),
        listens=tuple(sorted({_listening(one, place) for one in document.listens})),
        names=tuple(sorted(set(document.names))),
        capabilities=tuple(sorted({_capability(one) for one in document.capabilities})),
        syscalls=tuple(sorted(set(document.syscalls))),
        syscalls_whole=document.syscalls_whole,
        full=document.full,
    )


def destination_words(one: Destination) -> str:
    """
    Return a destination as it is written.

    >>> destination_words(Destination("2001:db8::1", 443)), destination_words(Destination("unix:/s", 0, "unix"))
    ('2001:db8::1:443/tcp', 'unix:/s')
    """
    return one.to if one.protocol == "unix" else f"{one.to}:{one.port}/{one.protocol}"


def read_destination(text: str, place: str) -> Destination:
    """
    Return a destination as it was written.

    Raises:
        UsageError: it is none.
    """
    if text.startswith(_UNIX):
        return Destination(text, 0, "unix")
    rest, _, protocol = text.rpartition("/")
    to, _, port = rest.rpartition(":")
    if not to or protocol not in ("tcp", "udp") or not _is_port(port):
        raise UsageError(f"{place}: {text[:80]!r} is no destination", hint="name:port/tcp")
    return Destination(to, int(port), protocol)


def _listening(text: str, place: str) -> Listening:
    port, _, protocol = text.partition("/")
    if protocol not in ("tcp", "udp") or not _is_port(port):
        raise UsageError(f"{place}: {text[:80]!r} is no port", hint="port/tcp, or port/udp")
    return Listening(int(port), protocol)


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6 and int(text) < 65536


def _capability(text: str) -> str:
    return text.upper().removeprefix("CAP_")


def _sorted(processes: Iterable[ProcessSeen]) -> tuple[ProcessSeen, ...]:
    return tuple(sorted(set(processes)))


def _learnt(run: Run) -> dict[str, object]:
    return {
        "id": run.id,
        "node": run.node,
        "first": run.first_ns,
        "last": run.last_ns,
        "newest": run.newest_ns,
        "events": run.events,
    }


def _programs(processes: Iterable[ProcessSeen]) -> list[dict[str, object]]:
    groups: dict[tuple[str, str], list[str]] = {}
    for one in processes:
        groups.setdefault((one.path, one.parent), []).append(one.arguments)
    return [
        {"path": path, **({"parent": parent} if parent else {}), "arguments": shapes}
        for (path, parent), shapes in groups.items()
    ]
