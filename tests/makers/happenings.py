"""Make observations and events in one line each, as sensors and joins would hand them over."""

from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.model.event import Ancestor, Event, Process
from pratique.model.observation import (
    Act,
    Called,
    CgroupChanged,
    Duplicated,
    Executed,
    Exited,
    Lost,
    Mapped,
    Observation,
    Opened,
    Resolved,
    SocketUsed,
    SyscallsSeen,
)
from pratique.model.workload import Workload

SECOND = 1_000_000_000
START = 1_790_000_000 * SECOND
DIGEST = "sha256:" + "ab" * 32

WEB = Workload(
    id="c0ffee" + "0" * 58,
    engine="podman",
    name="web",
    image="registry.example/shop/web:1.4",
    digest=DIGEST,
)


def process(path: str = "/bin/sh", pid: int = 100, *parents: str, **more: object) -> Process:
    """Return a process of a program whose ancestors are these programs, nearest first."""
    name = path.rpartition("/")[2][:15]
    arguments = more.get("arguments", ())
    assert isinstance(arguments, tuple)
    made = Process(
        pid=pid,
        name=name,
        path=path,
        executable=name,
        command_line=" ".join((name, *arguments)),
        started_ns=START,
        ancestors=tuple(
            Ancestor(pid=pid - 1 - at, name=one.rpartition("/")[2], path=one, in_container=True)
            for at, one in enumerate(parents)
        ),
    )
    return replace(made, **more)


def event(
    type_: str,
    act: Act,
    who: Process | None = None,
    workload: Workload | None = WEB,
    at_s: float = 0.0,
    **more: object,
) -> Event:
    """Return an event of a container, or of the node where ``workload`` is None."""
    who = who or process()
    seen = Observation(type_, act, START + int(at_s * SECOND), who.pid, comm=who.name)
    remote = str(more.pop("remote_name", ""))
    return Event(replace(seen, **more), who, workload, "node-1", "", remote)


def executed(path: str, *arguments: str, at_s: float = 0.0, **more: object) -> Event:
    """Return the execution of a program by a shell in the web container."""
    name = path.rpartition("/")[2]
    parents = more.pop("parents", ("/bin/sh",))
    workload = more.pop("workload", WEB)
    pid = more.pop("pid", 100)
    assert isinstance(parents, tuple)
    assert isinstance(pid, int)
    assert workload is None or isinstance(workload, Workload)
    act = Executed(path=path, arguments=(name, *arguments), **more)  # type: ignore[arg-type]
    known = {key: more[key] for key in ("script", "upper_layer", "memfd") if key in more}
    who = process(path, pid, *parents, arguments=arguments, **known)
    return event("execve", act, who, workload, at_s)


_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
_small = st.integers(0, 2**31)
_sockets = st.builds(
    SocketUsed, fd=_small, family=st.sampled_from((1, 2, 10)), remote_address=_text
)
_opens = st.builds(Opened, path=_text, flags=_small, upper_layer=st.booleans())
acts = st.one_of(
    st.builds(Executed, path=_text, arguments=st.lists(_text, max_size=3).map(tuple)),
    st.builds(Exited, code=_small),
    _opens,
    _sockets,
    st.builds(Resolved, name=_text, answers=st.lists(_text, max_size=3).map(tuple)),
    st.builds(
        Duplicated, old_fd=_small, new_fd=_small, file=st.one_of(st.none(), _opens, _sockets)
    ),
    st.builds(Mapped, path=_text, upper_layer=st.booleans()),
    st.builds(Called, arguments=st.lists(_small, max_size=3).map(tuple), text=_text),
    st.builds(CgroupChanged, path=_text, id=_small),
    st.builds(SyscallsSeen, numbers=st.lists(_small, max_size=5).map(tuple)),
    st.builds(Lost, count=_small, reason=_text),
)
"""Any act, with any text."""

observations = st.builds(
    Observation, type=_text, act=acts, time_ns=st.integers(0, 2**62), pid=_small, comm=_text
)
