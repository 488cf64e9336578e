"""A made-up /proc in a folder."""

from pathlib import Path

from pratique.sensors.without_ebpf._proc import Proc

STAT = "{pid} ({name}) S {parent} {pid} 7 0 " + "0 " * 14 + "500 0\n"
STATUS = "Uid:\t{uid}\t{uid}\t0\t0\nGid:\t5\t5\t0\t0\nNSpid:\t{pid}\t3\nCapEff:\t00000000000000ff\n"


def add_process(root: Path, pid: int, name: str = "sh", *, parent: int = 1, uid: int = 0) -> Path:
    """Add a process; its program is a real file below ``root``."""
    place = root / str(pid)
    for folder in ("ns", "fd", "net", "root"):
        (place / folder).mkdir(parents=True)
    program = root / "programs" / name
    program.parent.mkdir(exist_ok=True)
    program.write_bytes(b"\x7fELF")
    (place / "exe").symlink_to(program)
    (place / "cwd").symlink_to("/srv")
    (place / "stat").write_text(STAT.format(pid=pid, name=name, parent=parent))
    (place / "status").write_text(STATUS.format(pid=pid, uid=uid))
    (place / "cmdline").write_bytes(f"{name}\0-c\0x\0".encode())
    (place / "environ").write_bytes(b"SECRET=1\0LD_PRELOAD=/x.so\0")
    (place / "loginuid").write_text("4294967295")
    (place / "cgroup").write_text("8:pids:/g\n0::/g\n")
    for kind, number in (("mnt", 11), ("pid", 12), ("net", 13)):
        (place / "ns" / kind).symlink_to(f"{kind}:[{number}]")
    return place


def proc(root: Path) -> Proc:
    """Return a /proc whose control groups lie in ``root/two`` and ``root/pids``."""
    for name in ("two/g", "pids/g", "self"):
        (root / name).mkdir(parents=True, exist_ok=True)
    mounts = f"c {root}/two cgroup2 rw 0 0\nc {root}/pids cgroup rw,pids 0 0\nd / ext4 rw 0 0\n"
    (root / "self/mounts").write_text(mounts)
    return Proc(str(root))
