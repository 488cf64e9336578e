"""``proc.*`` and ``thread.*``: the process that did it, and its ancestors."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from pratique.detections.rules.fields import flags
from pratique.detections.rules.fields.field import (
    Field,
    Kind,
    Many,
    Source,
    Takes,
    Value,
    field,
    missing,
    or_none,
)
from pratique.model.event import Ancestor, Event, Process
from pratique.model.observation import Forked

SHELLS = frozenset({"ash", "bash", "csh", "dash", "fish", "ksh", "mksh", "sh", "tcsh", "zsh"})
_TABLES = "descriptor tables are not kept"
_SAMPLED = "processors and memory are not sampled"
_UNSET = 0xFFFFFFFF


def _args(process: Process) -> str:
    return " ".join(process.arguments)


def _line(process: Process) -> str:
    return " ".join((process.executable, *process.arguments))


def _argument(process: Process, index: str) -> str | None:
    at = int(index) if index.isdigit() and len(index) < 6 else -1
    return process.arguments[at] if 0 <= at < len(process.arguments) else None


def _characters(process: Process) -> int:
    return sum(map(len, process.arguments))


def _environment(process: Process) -> str:
    return " ".join(process.environment)


def _variable(process: Process, name: str) -> str | None:
    prefix = f"{name}="
    found = (one[len(prefix) :] for one in process.environment if one.startswith(prefix))
    return next(found, None)


def _session_leader(process: Process) -> Ancestor | None:
    same = [one for one in process.ancestors if one.pid == process.session]
    return same[0] if same else None


def _of_leader(read: Callable[[Ancestor], str]) -> Callable[[Process], str | None]:
    """Return what is known of the session's leader, which may be the process itself."""

    def answer(process: Process) -> str | None:
        if process.session == process.pid:
            return read(_itself(process)) or None
        leader = _session_leader(process)
        return None if leader is None else read(leader) or None

    return answer


def _itself(process: Process) -> Ancestor:
    return Ancestor(
        process.pid, process.name, process.path, process.command_line, process.executable
    )


def _of_group(read: Callable[[Ancestor], str]) -> Callable[[Process], str | None]:
    def answer(process: Process) -> str | None:
        known = (_itself(process), *process.ancestors)
        return next((read(one) for one in known if one.pid == process.process_group), None)

    return answer


def _ancestor(part: str) -> tuple[Source, Source, Source]:
    """Return the sources for all ancestors, one by index, and the parent."""
    read: Callable[[Ancestor], Value] = attrgetter(part)

    def all_of(process: Process) -> Value | None:
        return tuple(map(read, process.ancestors)) or None  # type: ignore[return-value]

    def one_of(process: Process, index: str) -> Value | None:
        at = int(index) if index.isdigit() and len(index) < 4 else -1
        if at == 0:
            return read(_itself(process))
        return read(process.ancestors[at - 1]) if 0 < at <= len(process.ancestors) else None

    def parent(process: Process) -> Value | None:
        return read(process.ancestors[0]) if process.ancestors else None

    first = f"({{0}}.ancestors[0].{part} if {{0}}.ancestors else None)"
    return Source("p", all_of), Source("p", one_of), Source("p", parent, first)


def _lineage(name: str, kind: Kind, part: str, what: str) -> list[Field]:
    """Return ``proc.aNAME`` (all, or one by index) and ``proc.pNAME`` (the parent)."""
    every, one, parent = _ancestor(part)
    return [
        Field(
            name=f"proc.a{name}",
            kind=kind,
            doc=f"{what} of an ancestor: [1] the parent; without an index, of any of them",
            sources={None: every},
            argued=one,
            many=Many.ANY,
            takes=Takes.INDEX,
            compared=False,
            transformed=False,
        ),
        Field(
            name=f"proc.p{name}",
            kind=kind,
            doc=f"{what} of the parent",
            sources={None: parent},
        ),
    ]


def _age(event: Event) -> int | None:
    started = event.process.started_ns
    return max(event.observation.time_ns - started, 0) if started else None


def _positive(number: int) -> int | None:
    return number or None


def _since_changed(process: Process) -> int | None:
    if not process.changed_ns or not process.started_ns:
        return None
    return max(process.started_ns - process.changed_ns, 0)


def _login_shell(process: Process) -> int | None:
    shells = [one.pid for one in process.ancestors if one.name in SHELLS]
    return shells[-1] if shells else None


def _bool(name: str, of: str, doc: str, call: Callable[..., bool] | None = None) -> Field:
    return field(name, Kind.BOOL, of, doc, call)


FIELDS: Sequence[Field] = (
    field("proc.name", Kind.TEXT, "p.name", "the process's name (comm, at most 15 bytes)"),
    field("proc.exe", Kind.TEXT, "p.executable", "argv[0]"),
    field("proc.exepath", Kind.TEXT, "p.path", "the file that runs", or_none),
    field("proc.cmdline", Kind.TEXT, "p.command_line", "name and arguments"),
    field("proc.exeline", Kind.TEXT, "p", "argv[0] and arguments", _line),
    Field(
        name="proc.args",
        kind=Kind.TEXT,
        doc="the arguments behind argv[0], or one by its index from 0",
        sources={None: Source("p", _args)},
        argued=Source("p", _argument),
        takes=Takes.INDEX,
        items=Source("p.arguments"),
    ),
    field("proc.cmdnargs", Kind.NUMBER, "p.arguments", "how many arguments", len),
    field("proc.cmdlenargs", Kind.NUMBER, "p", "characters in all arguments", _characters),
    Field(
        name="proc.env",
        kind=Kind.TEXT,
        doc="the environment as far as the sensor carries it, or one variable by name",
        sources={None: Source("p", _environment)},
        argued=Source("p", _variable),
        takes=Takes.KEY,
    ),
    field("proc.cwd", Kind.TEXT, "p.directory", "the working directory", or_none),
    field("proc.script", Kind.TEXT, "p.script", "the script that runs (ours)", or_none),
    field("proc.tty", Kind.NUMBER, "p.tty", "the terminal, 0 for none"),
    field("proc.pid", Kind.NUMBER, "o.pid", "the process, as the host counts"),
    field("proc.ppid", Kind.NUMBER, "o.parent_pid", "its parent", _positive),
    field(
        "proc.vpid", Kind.NUMBER, "p.virtual_pid", "the process, as its container counts", _positive
    ),
    field("proc.sid", Kind.NUMBER, "p.session", "the session"),
    field("proc.pgid", Kind.NUMBER, "p.process_group", "the process group, as the host counts"),
    field("proc.vpgid", Kind.NUMBER, "p.process_group", "the process group"),
    *_lineage("name", Kind.TEXT, "name", "the name"),
    *_lineage("exe", Kind.TEXT, "executable", "argv[0]"),
    *_lineage("exepath", Kind.TEXT, "path", "the file"),
    *_lineage("cmdline", Kind.TEXT, "command_line", "the command line"),
    _lineage("pid", Kind.NUMBER, "pid", "the pid")[0],
    field("proc.sname", Kind.TEXT, "p", "the session leader's name", _of_leader(lambda a: a.name)),
    field("proc.sid.exe", Kind.TEXT, "p", "its argv[0]", _of_leader(lambda a: a.executable)),
    field("proc.sid.exepath", Kind.TEXT, "p", "its file", _of_leader(lambda a: a.path)),
    *(
        field(f"proc.{group}.{name}", Kind.TEXT, "p", f"the group leader's {name}", _of_group(read))
        for group in ("pgid", "vpgid")
        for name, read in (
            ("name", lambda a: a.name),
            ("exe", lambda a: a.executable),
            ("exepath", lambda a: a.path),
        )
    ),
    field("proc.loginshellid", Kind.NUMBER, "p", "pid of the oldest shell above it", _login_shell),
    field("proc.duration", Kind.NUMBER, "e", "nanoseconds since the process began", _age),
    field("proc.pid.ts", Kind.NUMBER, "p.started_ns", "when it began (ns)", _positive),
    _bool(
        "proc.is_exe_upper_layer", "p.upper_layer", "its file is in the container's writable layer"
    ),
    _bool("proc.is_exe_from_memfd", "p.memfd", "its file has no name in any file system"),
    _bool("proc.is_sid_leader", "p", "it leads its session", lambda p: p.session == p.pid),
    _bool("proc.is_pgid_leader", "p", "it leads its group", lambda p: p.process_group == p.pid),
    _bool("proc.is_vpgid_leader", "p", "the same", lambda p: p.process_group == p.pid),
    field("proc.exe_ino", Kind.NUMBER, "p.inode", "the file's inode", _positive),
    field("proc.exe_ino.ctime", Kind.NUMBER, "p.changed_ns", "the file's ctime (ns)", _positive),
    field("proc.exe_ino.mtime", Kind.NUMBER, "p.modified_ns", "the file's mtime (ns)", _positive),
    field(
        "proc.exe_ino.ctime_duration_proc_start",
        Kind.NUMBER,
        "p",
        "nanoseconds from the file's ctime to the process's start",
        _since_changed,
    ),
    field("thread.tid", Kind.NUMBER, "o.tid", "the task, as the host counts"),
    _bool("thread.ismain", "o", "the task is the process's first", lambda o: o.tid in (0, o.pid)),
    *(
        field(
            f"thread.cap_{name}",
            Kind.TEXT,
            f"p.cap_{name}",
            f"{name} capabilities",
            flags.capabilities,
        )
        for name in ("effective", "permitted", "inheritable")
    ),
    Field(
        name="proc.child_pid",
        kind=Kind.NUMBER,
        doc="the process that a fork made (ours)",
        sources={Forked: Source("a.child_pid")},
    ),
    Field(
        name="proc.aargs",
        kind=Kind.TEXT,
        doc="the arguments of an ancestor",
        takes=Takes.INDEX,
        unavailable="the command line is kept instead (proc.acmdline)",
    ),
    Field(
        name="proc.aenv",
        kind=Kind.TEXT,
        doc="the environment of an ancestor",
        takes=Takes.KEY,
        unavailable="environments of ancestors are not kept",
    ),
    missing("proc.pvpid", Kind.NUMBER, "the parent, as its container counts", "not kept"),
    missing("proc.ppid.ts", Kind.NUMBER, "when the parent began", "not kept"),
    missing("proc.ppid.duration", Kind.NUMBER, "how long the parent lives", "not kept"),
    missing("proc.is_exe_writable", Kind.BOOL, "its user may write its file", "not observed"),
    missing("proc.is_exe_lower_layer", Kind.BOOL, "its file is in the image", "not observed"),
    missing(
        "proc.exe_ino.ctime_duration_pidns_start", Kind.NUMBER, "ctime after the start", "not kept"
    ),
    missing("proc.pidns_init_start_ts", Kind.NUMBER, "start of the namespace", "not kept"),
    missing("proc.is_container_healthcheck", Kind.BOOL, "a health check", "not told apart"),
    missing("proc.is_container_liveness_probe", Kind.BOOL, "a liveness probe", "not told apart"),
    missing("proc.is_container_readiness_probe", Kind.BOOL, "a readiness probe", "not told apart"),
    *(
        missing(f"proc.{name}.{what}", Kind.TEXT, f"{what} of {name}", _TABLES)
        for name in ("stdin", "stdout", "stderr")
        for what in ("type", "name")
    ),
    *(
        missing(f"proc.{name}", Kind.NUMBER, "descriptors", _TABLES)
        for name in ("fdopencount", "fdlimit", "fdusage")
    ),
    *(
        missing(name, Kind.NUMBER, "resources in use", _SAMPLED)
        for name in (
            "proc.vmsize",
            "proc.vmrss",
            "proc.vmswap",
            "proc.nthreads",
            "proc.nchilds",
            "thread.cpu",
            "thread.cpu.user",
            "thread.cpu.system",
            "thread.pfmajor",
            "thread.pfminor",
            "thread.vmsize",
            "thread.vmrss",
            "thread.exectime",
            "thread.totexectime",
            "thread.vmsize.b",
            "thread.vmrss.b",
        )
    ),
    missing("thread.nametid", Kind.TEXT, "the process's name and the task", "for tables only"),
    missing("thread.vtid", Kind.NUMBER, "the task, as its container counts", "not observed"),
    missing("thread.cgroups", Kind.TEXT, "all control groups", "known by number alone"),
    Field(
        name="thread.cgroup",
        kind=Kind.TEXT,
        doc="one control group",
        takes=Takes.NEEDED_KEY,
        unavailable="known by number alone",
    ),
)
