"""Build a virtual machine's first file system, boot a kernel with it, and read its console."""

import re
import shutil
import subprocess
from pathlib import Path

from msgspec import Struct

from pratique.model.interest import EVERYTHING
from pratique.sensors._filters import Filters
from pratique.sensors._hooks import OBJECT, PROGRAMS
from tests.conftest import missing
from tests.vm.narrow import narrow_program

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build"
PATIENCE_S = 100
_CONTROL = re.compile(r"\x1b(c|\[[0-9;?]*[A-Za-z])")
_FOLDERS = ["bin", "proc", "sys", "dev", "cg", "tmpfs", "upper", "lower", "merged"]
_MARKS = (1 << 20, 1 << 20)


class Machine(Struct, frozen=True):
    """A kind of machine: what emulates it, what compiles for it, and where its kernel lies."""

    name: str
    """As ``uname -m`` says it."""
    word: str
    """How ``PRATIQUE_REQUIRE`` asks for it."""
    emulator: tuple[str, ...]
    console: str
    compiler: str
    kernels: Path
    """Where `python -m tools.kernel` puts Debian's kernel for virtual machines."""
    own_libraries: bool = False
    """Libraries and busybox lie with the kernel, too: the node has none for this machine."""

    def program(self, name: str) -> str:
        """Return the path of a program; without it there is no machine."""
        found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
        if not found:
            missing(self.word, f"{name} is not here")
        return str(found)

    def busybox(self) -> Path:
        """Return the static busybox of this machine."""
        if self.own_libraries:
            return self.kernels / "bin/busybox"
        return Path(self.program("busybox"))

    def compile(self, source: Path, output: Path) -> None:
        """Compile a loader, linked statically; skips where a compiler or library is not here."""
        command = [self.program(self.compiler), "-static", "-O1", "-Wall", "-Wextra", "-Werror"]
        if self.own_libraries:
            libraries = self.kernels / f"usr/lib/{self.name}-linux-gnu"
            command += [f"-I{self.kernels}/usr/include", f"-L{libraries}"]
        command += ["-o", str(output), str(source), "-lbpf", "-lelf", "-lz"]
        done = subprocess.run(command, capture_output=True, text=True)
        if re.search(r"cannot find -l|bpf/\w+\.h: No such file", done.stderr):
            missing(self.word, "libbpf-dev, libelf-dev or zlib1g-dev is not installed")
        assert done.returncode == 0, done.stderr


X86_64 = Machine(
    "x86_64",
    "qemu",
    ("qemu-system-x86_64", "-cpu", "max", "-nodefaults"),
    "ttyS0",
    "gcc",
    BUILD / "kernel",
)
AARCH64 = Machine(
    "aarch64",
    "qemu-arm64",
    ("qemu-system-aarch64", "-machine", "virt", "-cpu", "cortex-a72", "-smp", "2"),
    "ttyAMA0",
    "aarch64-linux-gnu-gcc",
    BUILD / "kernel-aarch64",
    own_libraries=True,
)


class Kernel:
    """A kernel that was unpacked, and its module for overlays."""

    def __init__(self, machine: Machine) -> None:
        found = sorted(machine.kernels.glob("boot/vmlinuz-*"))
        if not found:
            missing(machine.word, "no kernel was unpacked (python -m tools.kernel)")
        self.machine = machine
        self.image = found[-1]
        version = self.image.name.removeprefix("vmlinuz-")
        modules = machine.kernels / f"lib/modules/{version}/kernel"
        (self.overlay,) = modules.glob("fs/overlayfs/overlay.ko")


class Tables:
    """Takes what the sensor writes into its kernel tables, instead of a kernel."""

    fd = 0

    def __init__(self, lines: list[str], name: str) -> None:
        self._lines, self._name = lines, name

    def put(self, key: bytes, value: bytes) -> None:
        """Note one entry."""
        self._lines.append(f"{self._name} {key.hex()} {value.hex()}")

    def keys(self) -> tuple[bytes, ...]:
        """Return nothing: the tables are empty at first."""
        return ()


class Object:
    """Stands for the loaded object; ``lines`` are what it was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def map(self, name: str) -> Tables:
        """Return a table by its name."""
        return Tables(self.lines, name)


def settings(machine: str) -> str:
    """Return the content of the kernel's tables when everything is wanted."""
    taken = Object()
    filters = Filters(taken, machine, _MARKS)  # type: ignore[arg-type]
    # The loader gives one group a policy.
    filters.policies = 1
    filters.want(EVERYTHING, repeats=False)
    return "".join(f"{line}\n" for line in taken.lines)


def build(folder: Path, kernel: Kernel) -> Path:
    """Return the first file system, packed; skips where a compiler or library is not here."""
    machine, root = kernel.machine, folder / "root"
    for name in _FOLDERS:
        (root / name).mkdir(parents=True)
    machine.compile(HERE / "vmload.c", root / "vmload")
    busybox = machine.busybox().read_bytes()
    programs = {"init": HERE / "init.sh", "sensor.bpf.o": OBJECT, "overlay.ko": kernel.overlay}
    for name, source in programs.items():
        (root / name).write_bytes(source.read_bytes())
    for name in ("bin/busybox", "bin/sh", "bin/true", "lower/true"):
        (root / name).write_bytes(busybox)
    (root / "narrow").write_bytes(narrow_program(machine.name))
    for name in ("init", "narrow", "bin/busybox", "bin/sh", "bin/true", "lower/true"):
        (root / name).chmod(0o755)
    (root / "maps").write_text(settings(machine.name))
    handlers = {name: one.handler for name, one in PROGRAMS.items() if one.handler}
    (root / "handlers").write_text("".join(f"{place} {name}\n" for name, place in handlers.items()))
    names = "".join(f"{one.relative_to(root)}\n" for one in sorted(root.rglob("*")))
    packed = folder / "first.cpio"
    with packed.open("wb") as output:
        command = [machine.program("cpio"), "-o", "-H", "newc", "--quiet"]
        subprocess.run(command, input=names.encode(), stdout=output, cwd=root, check=True)
    return packed


def boot(kernel: Kernel, first: Path) -> str:
    """Return what the machine says until it switches itself off."""
    emulator, *options = kernel.machine.emulator
    words = f"console={kernel.machine.console} quiet panic=-1 rootfstype=ramfs"
    words += " lsm=landlock,lockdown,bpf"
    command = [kernel.machine.program(emulator), *options, "-accel", "tcg", "-m", "512"]
    command += ["-no-reboot", "-nographic", "-serial", "stdio", "-monitor", "none"]
    command += ["-kernel", str(kernel.image), "-initrd", str(first), "-append", words]
    done = subprocess.run(
        command, capture_output=True, timeout=PATIENCE_S, stdin=subprocess.DEVNULL
    )
    return done.stdout.decode("utf-8", "replace").replace("\r", "")


def told(console: str) -> dict[str, str]:
    """Return the lines ``what: value`` of a console, records left out."""
    clean = _CONTROL.sub("", console)
    lines = (line.partition(": ") for line in clean.splitlines())
    return {what: value for what, colon, value in lines if colon and what != "record"}


def records(console: str) -> list[bytes]:
    """Return the records that the console tells."""
    start = "record: "
    lines = (line for line in console.splitlines() if line.startswith(start))
    return [bytes.fromhex(line.removeprefix(start)) for line in lines]
