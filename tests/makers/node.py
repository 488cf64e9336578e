"""Make a node's folders as engines, runtimes and the kernel fill them, below a folder of a test."""

import json
from pathlib import Path

from pratique.workloads.host import Host
from pratique.workloads.interface import MOST_FILE

ID = "ab" * 32
OTHER = "cd" * 32
IMAGE = "1f" * 32
LAYER = "2e" * 32
MANIFEST = "sha256:" + "3d" * 32
CONFIG = f"sha256:{IMAGE}"
POD_UID = "0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f"

MOUNTS = """\
31 25 0:28 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
34 25 0:30 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
"""
CGROUPS = "#subsys_name\thierarchy\tnum_cgroups\tenabled\npids\t8\t3\t1\nmemory\t4\t1\t1\n"


class Node:
    """A node below ``root``; ``pids`` and ``unified`` are its two hierarchies."""

    def __init__(self, root: Path, **environ: str) -> None:
        self.root = root
        self.host = Host(str(root), environ)
        self.write("/proc/1/mountinfo", MOUNTS)
        self.write("/proc/cgroups", CGROUPS)
        self.group("/")

    def write(self, path: str, content: object) -> Path:
        """Write a file: text as it is, anything else as JSON."""
        place = self.root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            place.write_bytes(content)
        else:
            place.write_text(content if isinstance(content, str) else json.dumps(content))
        return place

    def group(self, path: str) -> tuple[int, int]:
        """Make a control group in both hierarchies; return its ids, version 2 first."""
        found = []
        for name in ("unified", "pids"):
            place = self.root / f"sys/fs/cgroup/{name}{path}"
            place.mkdir(parents=True, exist_ok=True)
            found.append(place.stat().st_ino)
        return found[0], found[1]

    def process(self, pid: int, groups: str = "0::/\n", **said: object) -> None:
        """Write a process as ``/proc`` shows it."""
        parent, started = said.get("parent", 1), said.get("started", 100)
        name, arguments = said.get("name", "sh"), said.get("arguments", b"sh\0-c\0id\0")
        stat = f"{pid} ({name}) S {parent} {pid} {pid} 0 -1 " + "0 " * 13 + f"{started} 0 0\n"
        self.write(f"/proc/{pid}/stat", stat)
        status = f"Uid:\t0\t{said.get('uid', 0)}\t0\t0\nGid:\t0\t0\t0\t0\nNSpid:\t{pid}\t7\n"
        self.write(f"/proc/{pid}/status", status + "CapEff:\t00000000a80425fb\n")
        self.write(f"/proc/{pid}/cmdline", arguments)
        self.write(f"/proc/{pid}/cgroup", groups)


class Counting:
    """A view of a node that notes what is read."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.reads: list[str] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._host, name)

    def read(self, path: str, most: int = MOST_FILE) -> bytes | None:
        """Note, and read."""
        self.reads.append(path)
        return self._host.read(path, most)


def storage(node: Node, graph: str, run: str, identity: str = ID, **bundle: object) -> None:
    """Write a container of containers/storage, its image and bundle."""
    told = json.dumps({"image-name": "localhost/web:1", "image-id": IMAGE, "name": "web"})
    row = {"id": identity, "names": ["web"], "image": IMAGE, "layer": LAYER, "metadata": told}
    node.write(f"{graph}/overlay-containers/containers.json", [row])
    node.write(f"{graph}/overlay-images/images.json", [{"id": IMAGE, "digest": MANIFEST}])
    config = {"root": {"path": f"{graph}/overlay/{LAYER}/merged"}, **bundle}
    where = graph if "libpod" in json.dumps(bundle) else run
    node.write(f"{where}/overlay-containers/{identity}/userdata/config.json", config)
    node.write(f"{run}/overlay-containers/{identity}/userdata/pidfile", "77\n")


LIBPOD = {"annotations": {"io.container.manager": "libpod"}}
