"""
Try the unit of systemd under systemd: ``python -m tools.service``.

A small Debian is made, with systemd as its first process, and booted in a virtual machine without
acceleration, with the kernel of ``python -m tools.kernel``. In it ``examples/systemd/pratique-watch.service``
starts as its user, tells an attack in its file and in the journal, serves metrics, reads its rules again,
is killed, hangs, comes back and tells the gap, and stops when asked. Needs mmdebstrap, Debian's archive, the
registry of Python packages, qemu-system-x86 and cpio; takes some minutes. Part of every release.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools import kernel

ROOT = Path(__file__).resolve().parent.parent
UNIT = ROOT / "examples/systemd/pratique-watch.service"
DEBIAN, PYTHON = "bookworm", "3.11"
PACKAGES = "systemd systemd-sysv dbus libbpf1 python3 iproute2 procps passwd grep"
PATIENCE_S = 900
STEPS = Path(__file__).with_suffix(".sh")
NEEDED = (
    *("started", "user", "capabilities", "file", "journal", "metrics", "reload", "restarted"),
    *("status", "hung", "gap", "stopped", "verified"),
)
"""What must be ``ok``, in this order."""
_STARTER = """#!/usr/bin/python3
import sys
sys.path.insert(0, "/opt/pratique")
from pratique.__main__ import main
raise SystemExit(main())
"""


def main() -> int:
    """Make the machine, boot it, and say what was seen; return the exit status."""
    if kernel.main([]):
        return 1
    with tempfile.TemporaryDirectory(prefix="pratique-service-") as name:
        folder = Path(name)
        said = boot(folder, packed(folder, made(folder / "root")))
    lines = list(told(said))
    print("\n".join(lines))
    lacking = [step for step in NEEDED if f"{step}: ok" not in lines]
    if lacking:
        print(f"not seen: {', '.join(lacking)}\n{said[-3000:]}", file=sys.stderr)
    return bool(lacking)


def made(root: Path) -> Path:
    """Return the folder of a Debian that has the program, the unit, its user, and the steps."""
    words = [
        "mmdebstrap",
        "--quiet",
        "--variant=minbase",
        f"--include={PACKAGES.replace(' ', ',')}",
    ]
    user = "useradd --system --home-dir /var/lib/pratique --shell /usr/sbin/nologin pratique"
    run(*words, f"--customize-hook=chroot $1 {user}", DEBIAN, str(root))
    site = root / "opt/pratique"
    program = ["uv", "pip"] if shutil.which("uv") else [sys.executable, "-m", "pip"]
    install = [*program, "install", "--quiet", "--require-hashes", "--only-binary=:all:"]
    install += ["--python-version", PYTHON, "--target", str(site)]
    run(*install, "-r", str(ROOT / "requirements/run.txt"))
    shutil.copytree(ROOT / "src/pratique", site / "pratique")
    starter = root / "usr/local/bin/pratique"
    starter.write_text(_STARTER)
    starter.chmod(0o755)
    units = root / "etc/systemd/system"
    shutil.copy(UNIT, units)
    shutil.copy(STEPS, root / "steps.sh")
    (units / "steps.service").write_text(
        "[Service]\nType=oneshot\nTimeoutStartSec=infinity\nStandardOutput=file:/dev/ttyS0\n"
        "StandardError=null\nExecStart=/bin/bash /steps.sh\n"
        "ExecStopPost=/bin/systemctl poweroff --force --force\n"
    )
    wanted = units / "multi-user.target.wants"
    wanted.mkdir(exist_ok=True)
    for one in (UNIT.name, "steps.service"):
        (wanted / one).symlink_to(f"/etc/systemd/system/{one}")
    for one in (
        "usr/share/doc",
        "usr/share/locale",
        "usr/share/man",
        "var/lib/apt",
        "var/cache/apt",
    ):
        shutil.rmtree(root / one, ignore_errors=True)
    return root


def packed(folder: Path, root: Path) -> Path:
    """Return everything below a folder as a kernel's first file system."""
    first = folder / "first.cpio"
    names = subprocess.run(["find", "."], cwd=root, capture_output=True, check=True).stdout
    with first.open("wb") as output:
        command = ["cpio", "-o", "-H", "newc", "--quiet"]
        subprocess.run(command, input=names, stdout=output, cwd=root, check=True)
    shutil.rmtree(root)
    return first


def boot(folder: Path, first: Path) -> str:
    """Return what the machine says on its console until it switches itself off."""
    image = max((kernel.BUILD / "kernel/boot").glob("vmlinuz-*"))
    words = (
        "console=ttyS0 quiet panic=-1 rootfstype=ramfs rdinit=/sbin/init lsm=landlock,lockdown,bpf"
    )
    command = ["qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2"]
    command += ["-m", "3072", "-nodefaults", "-no-reboot", "-nographic", "-serial", "stdio"]
    command += ["-kernel", str(image), "-initrd", str(first)]
    command += ["-append", f"{words} systemd.show_status=no"]
    console = folder / "console"
    with console.open("wb") as output:
        subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=output, timeout=PATIENCE_S, check=False
        )
    return console.read_text("utf-8", "replace").replace("\r", "")


def told(console: str) -> Iterator[str]:
    """Yield the lines of the steps, their mark left out."""
    for line in console.splitlines():
        _, mark, said = line.partition("step: ")
        if mark:
            yield said.strip()


def run(*command: str) -> None:
    """Run a program that must end well."""
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main())
