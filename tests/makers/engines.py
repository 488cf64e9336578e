"""
Let container engines unpack an image, to compare trees.

Each engine keeps its storage in a folder of its own; nothing of the machine's is touched. Working
flags where no rlimit may be raised and cgroups are hybrid: runc, cgroupfs, no network.
"""

import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Seen = dict[str, tuple[str, int, str, int]]
"""Path → (kind, mode, link target, size)."""

_KINDS = {
    stat.S_IFREG: "file",
    stat.S_IFDIR: "directory",
    stat.S_IFLNK: "symlink",
    stat.S_IFCHR: "device",
    stat.S_IFBLK: "device",
    stat.S_IFIFO: "fifo",
}


class EngineRefused(Exception):
    """The engine did not unpack the image."""


class Podman:
    """podman (containers-storage) with the ``overlay`` or ``vfs`` driver."""

    def __init__(self, folder: Path, driver: str) -> None:
        folder.mkdir()
        (folder / "containers.conf").write_text(
            '[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n'
        )
        (folder / "policy.json").write_text('{"default": [{"type": "insecureAcceptAnything"}]}')
        places = ("--root", f"{folder}/root", "--runroot", f"{folder}/run")
        self._command = ("podman", *places, "--storage-driver", driver)
        self._policy = folder / "policy.json"
        self._environ = {
            **os.environ,
            "CONTAINERS_CONF": f"{folder}/containers.conf",
            "TMPDIR": str(folder),
        }

    @contextmanager
    def unpacked(self, layout: Path) -> Iterator[Path]:
        """Give the folder in which the image of an OCI layout lies unpacked."""
        policy = ("--signature-policy", str(self._policy))
        # By its bare name: podman makes a reference of the path, and not every path can be one.
        image = self._run("pull", "-q", *policy, f"oci:{layout.name}:t", cwd=layout.parent)
        try:
            yield Path(self._run("image", "mount", image))
        finally:
            self._run("image", "umount", "-f", image)
            self._run("rmi", "-f", image)

    def tree(self, layout: Path) -> Seen:
        """Return what a container would see."""
        with self.unpacked(layout) as root:
            return seen(root)

    def close(self) -> None:
        """Unmount the overlay's own place, so that the folder can be removed."""
        subprocess.run(("umount", f"{self._command[2]}/overlay"), capture_output=True, check=False)

    def _run(self, *arguments: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            (*self._command, *arguments),
            cwd=cwd,
            env=self._environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if done.returncode:
            raise EngineRefused(done.stderr[-400:])
        return done.stdout.strip()


class Containerd:
    """containerd of its own, with the ``overlayfs`` or ``native`` snapshotter."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        (folder / "config.toml").write_text(
            f'version = 2\nroot = "{folder}/root"\nstate = "{folder}/state"\n'
            'disabled_plugins = ["io.containerd.grpc.v1.cri"]\n'
            f'[grpc]\naddress = "{folder}/c.sock"\n'
        )
        self._log = (folder / "log").open("wb")
        self._daemon = subprocess.Popen(
            ("containerd", "--config", str(folder / "config.toml")),
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def close(self) -> None:
        """Stop the daemon."""
        self._daemon.terminate()
        self._daemon.wait(20)
        self._log.close()

    def ready(self) -> bool:
        """Wait until the daemon answers; False when it does not come up."""
        for _ in range(40):
            try:
                self._run("version")
            except EngineRefused:
                if self._daemon.poll() is not None:
                    return False
                subprocess.run(("sleep", "0.25"), check=True)
            else:
                return True
        return False

    def tree(self, archive: Path, snapshotter: str) -> Seen:
        """Return what a container would see of the image of an OCI archive tagged ``t``."""
        target = self._folder / "mounted"
        target.mkdir(exist_ok=True)
        name = "example.invalid/x:t"
        with_base = ("--base-name", "example.invalid/x", "--snapshotter", snapshotter)
        self._run("images", "import", *with_base, str(archive))
        try:
            self._run("images", "mount", "--snapshotter", snapshotter, name, str(target))
            try:
                return seen(target)
            finally:
                self._run("images", "unmount", "--rm", "--snapshotter", snapshotter, str(target))
        finally:
            self._run("images", "rm", "--sync", name)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            ("ctr", "-a", f"{self._folder}/c.sock", "-n", "test", *arguments),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if done.returncode:
            raise EngineRefused(done.stderr[-400:])
        return done.stdout.strip()


def seen(root: Path) -> Seen:
    """Return everything below a folder, without following a link."""
    found: Seen = {}
    for parent, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = Path(parent, name)
            try:
                status = path.lstat()
            except FileNotFoundError:
                # overlayfs lists a whiteout that has nothing below it, but nobody can open it
                continue
            kind = _KINDS.get(stat.S_IFMT(status.st_mode), "other")
            link = str(path.readlink()) if kind == "symlink" else ""
            size = status.st_size if kind == "file" else 0
            found[str(path.relative_to(root))] = kind, stat.S_IMODE(status.st_mode), link, size
    return found
