"""
Read what the low-level runtimes keep of a container: runc's ``state.json``, crun's ``status``.

Sources: https://github.com/opencontainers/runc, ``libcontainer/container.go`` (``State``);
https://github.com/containers/crun, ``src/libcrun/status.c``.
"""

from msgspec import Struct

from pratique.formats.image.json_document import decode_document
from pratique.kit.limits import DEFAULT, Limits


class RuntimeState(Struct, frozen=True, kw_only=True):
    """
    One container: ``cgroups`` are paths below the root of their hierarchy, without repeats.

    ``bundle`` is the folder of its ``config.json``; empty where it is not told.
    """

    id: str
    pid: int = 0
    cgroups: tuple[str, ...] = ()
    bundle: str = ""
    root: str = ""


def read_runc(content: bytes, limits: Limits = DEFAULT) -> RuntimeState:
    """
    Return what runc's ``state.json`` says.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.
    """
    wire = decode_document(content, _Runc, limits)
    config = wire.config or _RuncConfig()
    labels = dict(label.partition("=")[::2] for label in config.labels or ())
    paths = (below_mount(path) for path in (wire.cgroup_paths or {}).values())
    return RuntimeState(
        id=wire.id,
        pid=wire.init_process_pid,
        cgroups=tuple(sorted(set(paths) - {""})),
        bundle=labels.get("bundle", ""),
        root=config.rootfs,
    )


def read_crun(content: bytes, name: str, limits: Limits = DEFAULT) -> RuntimeState:
    """
    Return what crun's ``status`` says of the container whose folder is called ``name``.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.

    >>> read_crun(b'{"pid": 7, "cgroup-path": "/a/b", "bundle": "/x"}', "one").cgroups
    ('/a/b',)
    """
    wire = decode_document(content, _Crun, limits)
    path = wire.cgroup_path
    cgroups = (path if path.startswith("/") else f"/{path}",) if path else ()
    root = wire.rootfs
    if root and not root.startswith("/") and wire.bundle.startswith("/"):
        root = f"{wire.bundle}/{root}"  # as the bundle writes it
    return RuntimeState(id=name, pid=wire.pid, cgroups=cgroups, bundle=wire.bundle, root=root)


def below_mount(path: str) -> str:
    """
    Return a control group's path below the root of its hierarchy.

    >>> below_mount("/sys/fs/cgroup/pids/k8s.io/a"), below_mount("/sys/fs/cgroup/user.slice/a")
    ('/k8s.io/a', '/user.slice/a')
    """
    rest = path.removeprefix("/sys/fs/cgroup/")
    if rest == path:
        return ""
    first, slash, below = rest.partition("/")
    if first.endswith((".slice", ".scope", ".service")) or first not in HIERARCHIES:
        return f"/{rest}"
    return f"/{below}" if slash else ""


HIERARCHIES = frozenset(
    [
        "blkio",
        "cpu",
        "cpuacct",
        "cpuset",
        "devices",
        "freezer",
        "hugetlb",
        "memory",
        "misc",
        "net_cls",
        "net_prio",
        "perf_event",
        "pids",
        "rdma",
        "systemd",
        "unified",
        "cpu,cpuacct",
        "cpuacct,cpu",
        "net_cls,net_prio",
        "net_prio,net_cls",
    ]
)
"""What the mounts of the version 1 hierarchies, and of version 2 beside them, are called."""


class _RuncConfig(Struct):
    rootfs: str = ""
    labels: list[str] | None = None


class _Runc(Struct):
    id: str
    init_process_pid: int = 0
    cgroup_paths: dict[str, str] | None = None
    config: _RuncConfig | None = None


class _Crun(Struct, rename="kebab"):
    pid: int = 0
    cgroup_path: str = ""
    bundle: str = ""
    rootfs: str = ""
