"""
Run an image in a sandbox that it cannot leave and that nobody can reach, by podman.

The container has no network but its own loopback: nothing it does leaves it, and only who enters its
network namespace reaches it. Its root file system is read-only, with small temporary folders in
memory; it has no capability, gains no privilege, and is bounded in memory, processes, CPU and time
(podman stops it itself where this program was killed). It runs as nobody; where it does not come up so, once more
as the user its config names. Images and containers lie in a private folder that is removed at the end;
nothing of the user's own is touched. Anything that fails is a ``SandboxError`` in words: no weaker sandbox is tried.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from pratique.pipelines.lay_out_image import TAG

INSTALL = "apt-get install podman"
MEMORY = "1g"
PROCESSES = 256
SCRATCH = "64m"
NOBODY = "65534:65534"
SECONDS = 120
"""How long one call of podman may take."""
_UP_S = 30.0
_STEP_S = 0.1
_LOG_BYTES = 64 << 10
_LISTENING = "0A"
_KEPT = ("CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF", "XDG_RUNTIME_DIR", "HOME", "LANG")


class SandboxError(Exception):
    """Say why the image cannot be run."""


class Running(Struct, frozen=True, kw_only=True):
    """A container that runs: its first process, the ports it listens at, the user it runs as."""

    pid: int
    ports: tuple[int, ...]
    user: str
    notes: tuple[str, ...] = ()


@contextlib.contextmanager
def run_container(
    podman: str, layout: Path, ports: Sequence[int], own_user: str, seconds: int
) -> Iterator[Running]:
    """
    Give the running container of the image in an OCI layout; it is gone after the block.

    Args:
        podman: the program.
        layout: what ``lay_out_image`` wrote.
        ports: where the application is expected; any port it listens at where there is none.
        own_user: the user of the image's config.
        seconds: after so long podman ends it by itself.

    Raises:
        SandboxError: it cannot be started, or never listened.
    """
    place = Path(tempfile.mkdtemp(prefix="pq-", dir=_temporary()))
    engine = _Engine(podman, place)
    try:
        engine.load(layout)
        yield _up(engine, ports, own_user, seconds)
    finally:
        engine.clear()


def _up(engine: "_Engine", ports: Sequence[int], own_user: str, seconds: int) -> Running:
    is_root = own_user.partition(":")[0] in ("", "0", "root")
    users = (NOBODY, "") if is_root else ("",)
    notes: list[str] = []
    for user in users:
        pid = engine.start(user, seconds)
        found, trouble = _wait(engine, pid, ports)
        if found:
            shown = user or own_user or "root"
            return Running(pid=pid, ports=found, user=shown, notes=tuple(notes))
        said = engine.log()
        engine.stop()
        if user == users[-1]:
            raise SandboxError(f"{trouble}; its last words: {said or 'none'}")
        notes.append(f"as nobody {trouble}, so it ran as root without capabilities")
    raise AssertionError("a container has at least one user to run as")


def _wait(engine: "_Engine", pid: int, ports: Sequence[int]) -> tuple[tuple[int, ...], str]:
    """Return the ports that are listened at, the expected first; none where it ended or was silent."""
    if not pid:
        return (), "it ended by itself"
    end = time.monotonic() + _UP_S
    while time.monotonic() < end:
        try:
            open_now = listening(Path(f"/proc/{pid}/net"))
        except OSError:
            return (), "it ended by itself"
        expected = [port for port in ports if port in open_now]
        if expected or (open_now and not ports):
            return (*expected, *sorted(open_now - set(expected))), ""
        if not engine.is_running():
            return (), "it ended by itself"
        time.sleep(_STEP_S)
    where = f"port {', '.join(map(str, ports))}" if ports else "any port"
    return (), f"it did not listen at {where} within {_UP_S:g} s"


def listening(folder: Path) -> set[int]:
    """
    Return the TCP ports that are listened at in a network, from its ``/proc/PID/net``.

    Source: proc(5), ``/proc/net/tcp``: hexadecimal ``address:port`` and the state, 0A is LISTEN.
    """
    found = set()
    for name in ("tcp", "tcp6"):
        with contextlib.suppress(FileNotFoundError), (folder / name).open() as file:
            for line in file:
                fields = line.split()
                if len(fields) > 3 and fields[3] == _LISTENING:
                    found.add(int(fields[1].rpartition(":")[2], 16))
    return found


class _Engine:
    """A podman whose images and containers lie in one private folder."""

    def __init__(self, podman: str, place: Path) -> None:
        self._podman = podman
        self._place = place
        self._ways: Sequence[tuple[str, ...]] = ((), ("--cgroup-manager", "cgroupfs"))
        if runc := shutil.which("runc", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"):
            self._ways = (*self._ways, ("--runtime", runc, "--cgroup-manager", "cgroupfs"))
        self._name = ""

    def load(self, layout: Path) -> None:
        """Take the image from its layout; nothing is fetched."""
        # Podman names an image after the path of its layout, which must suit a name.
        (self._place / "image").symlink_to(layout)
        done = self._call((), "pull", "--quiet", f"oci:image:{TAG}")
        lines = done.stdout.decode("utf-8", "replace").split()
        if done.returncode or not lines:
            raise SandboxError(f"podman cannot load the image: {_words(done.stderr)}")
        self._image = lines[-1]

    def start(self, user: str, seconds: int) -> int:
        """
        Start the container and return its first process, 0 where that has ended already.

        The first way that podman can start it is kept.
        """
        told: list[str] = []
        for way in self._ways:
            self._name = f"pratique-{self._place.name}"
            done = self._call(
                way, *sandbox_options(user, seconds), "--name", self._name, self._image
            )
            if not done.returncode:
                self._ways = (way,)
                return self._pid()
            told.append(_words(done.stderr))
            self.stop()
        # What the user's own settings led to, and what the last guess did: either may be the cause.
        shown = "; another way: ".join(dict.fromkeys((told[0], told[-1])))
        raise SandboxError(f"podman cannot start it: {shown}")

    def is_running(self) -> bool:
        """Whether it still runs."""
        return self._inspect("{{.State.Running}}") == "true"

    def log(self) -> str:
        """Return the last words of the application in one line."""
        done = self._call(self._ways[0], "logs", "--tail", "5", self._name)
        return _words(done.stderr + done.stdout)

    def stop(self) -> None:
        """Remove the container, running or not."""
        with contextlib.suppress(SandboxError):
            self._call(self._ways[0], "rm", "--force", "--time", "0", "--ignore", self._name)

    def clear(self) -> None:
        """Remove everything."""
        if self._name:
            self.stop()
        with contextlib.suppress(SandboxError):
            self._call((), "rmi", "--all", "--force")
        shutil.rmtree(self._place, ignore_errors=True)
        if self._place.exists():  # files of other users of a rootless podman
            with contextlib.suppress(SandboxError):
                self._call((), "unshare", "rm", "-rf", str(self._place))

    def _pid(self) -> int:
        pid = self._inspect("{{.State.Pid}}")
        return int(pid) if pid.isdigit() else 0

    def _inspect(self, what: str) -> str:
        done = self._call(self._ways[0], "inspect", "--format", what, self._name)
        return done.stdout.decode("utf-8", "replace").strip()

    def _call(self, way: Sequence[str], *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        own = ("--root", str(self._place / "root"), "--runroot", str(self._place / "run"))
        try:
            return subprocess.run(
                (self._podman, *own, "--events-backend", "file", *way, *arguments),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=_environ(os.environ, self._place),
                cwd=self._place,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SandboxError(f"podman took more than {SECONDS} s") from None
        except OSError as error:
            raise SandboxError(f"podman cannot be started: {error.strerror}") from None


def sandbox_options(user: str, seconds: int) -> tuple[str, ...]:
    """Return what makes the sandbox, whoever runs in it."""
    limits = ("--memory", MEMORY, "--pids-limit", str(PROCESSES), "--cpus", "2")
    files = ("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024")
    closed = ("--network", "none", "--cap-drop", "all", "--security-opt", "no-new-privileges")
    still = ("--read-only", "--read-only-tmpfs=false", *_scratch("/tmp"), *_scratch("/run"))  # noqa: S108
    # Nobody may listen below 1024 there: it is its own network, and it has no capability.
    ports = ("--sysctl", "net.ipv4.ip_unprivileged_port_start=0")
    log = ("--log-driver", "k8s-file", "--log-opt", "max-size=1mb")
    who = ("--user", user) if user else ()
    bounds = ("--timeout", str(seconds), "--pull", "never", "--no-healthcheck")
    return ("run", "--detach", *closed, *still, *limits, *files, *ports, *log, *bounds, *who)


def _scratch(place: str) -> tuple[str, str]:
    return "--tmpfs", f"{place}:rw,size={SCRATCH},mode=1777,nosuid,nodev"


def _environ(around: Mapping[str, str], place: Path) -> dict[str, str]:
    kept = {name: around[name] for name in _KEPT if name in around}
    path = f"{around.get('PATH', '/usr/bin:/bin')}:/usr/sbin:/sbin"
    return {**kept, "PATH": path, "TMPDIR": str(place)}


def _temporary() -> str:
    """Return where podman keeps large things by itself: a disk, not memory."""
    return next((one for one in ("/var/tmp",) if os.access(one, os.W_OK)), tempfile.gettempdir())  # noqa: S108


def _words(said: bytes) -> str:
    text = said[-_LOG_BYTES:].decode("utf-8", "replace")
    return " ".join(text.split())[-300:]
