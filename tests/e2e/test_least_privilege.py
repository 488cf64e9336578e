"""A workload starts again under the profiles of its baseline, and can do no more than it did."""

import os
import re
import shlex
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pratique.detections.baseline.profiles import run_flags, seccomp
from pratique.model.baseline import Baseline
from tests.e2e.engines import podman_environ

pytestmark = pytest.mark.e2e

IMAGE = "localhost/tool:1"
WORK = "mkdir -p /data/x; echo hi > /data/x/f; cat /data/x/f; rm -r /data/x; ls / > /dev/null; echo done"
CALL = re.compile(r"^(?:\d+ +)?(\w+)\(", re.MULTILINE)


@pytest.fixture(scope="module")
def engine(need: Callable[[str], str]) -> Iterator[tuple[str, dict[str, str], Path]]:
    """Give podman, its environment and a folder, with an image that holds a static busybox."""
    podman, busybox, _ = need("podman"), need("busybox"), need("runc")
    with tempfile.TemporaryDirectory(prefix="pq-") as name:
        folder = Path(name)
        environ = podman_environ(folder, "vfs")
        with tarfile.open(folder / "tool.tar", "w") as image:
            image.add(os.path.realpath(busybox), "bin/busybox")
            for applet in ("sh", "cat", "ls", "mkdir", "rm", "ln", "chmod"):
                link = tarfile.TarInfo(f"bin/{applet}")
                link.type, link.linkname = tarfile.SYMTYPE, "busybox"
                image.addfile(link)
        command = [podman, "import", "-q", str(folder / "tool.tar"), IMAGE]
        subprocess.run(command, check=True, capture_output=True, env=environ)
        yield podman, environ, folder


def learnt(strace: str, folder: Path) -> Baseline:
    """Learn the workload's calls from a run of the same program outside."""
    trace, data = folder / "trace", folder / "learn"
    data.mkdir(exist_ok=True)
    work = WORK.replace("/data", str(data))
    busybox = "/bin/busybox" if Path("/bin/busybox").exists() else "busybox"
    command = [strace, "-f", "-qq", "-o", str(trace), busybox, "sh", "-c", work]
    subprocess.run(command, check=True, capture_output=True)
    calls = set(CALL.findall(trace.read_text()))
    return Baseline(
        digest="",
        workload="tool",
        writes=("/data/x/f",),
        syscalls=tuple(sorted(calls)),
        syscalls_whole=True,
    )


def test_it_starts_again_under_its_profiles_and_does_no_more(
    engine: tuple[str, dict[str, str], Path], need: Callable[[str], str]
) -> None:
    podman, environ, folder = engine
    baseline = learnt(need("strace"), folder)
    (folder / "tool.seccomp.json").write_text(seccomp.write(baseline).text)
    flags = shlex.split(run_flags.write(baseline).text)
    # The only folder it writes to is a volume, which an anonymous one stands for here.
    flags = [one if not one.startswith("--volume") else "--tmpfs=/data" for one in flags]

    def run(work: str, *options: str) -> subprocess.CompletedProcess[str]:
        command = [podman, "run", "--rm", "--network=none", *options, IMAGE, "/bin/sh", "-c", work]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=environ, cwd=folder
        )

    free, held = run(WORK, "--tmpfs=/data"), run(WORK, *flags)
    assert (free.returncode, free.stdout) == (0, "hi\ndone\n"), free.stderr
    assert (held.returncode, held.stdout) == (0, "hi\ndone\n"), held.stderr

    # A process that the engine starts inside later lives under the same profile.
    start = [podman, "run", "-d", "--name=t", "--network=none", *flags, IMAGE, "/bin/sh", "-c"]
    started = subprocess.run(
        [*start, "while :; do :; done"],
        capture_output=True,
        text=True,
        check=False,
        env=environ,
        cwd=folder,
    )
    joined = subprocess.run(
        [podman, "exec", "t", "/bin/cat", "/proc/self/comm"],
        capture_output=True,
        text=True,
        check=False,
        env=environ,
    )
    subprocess.run([podman, "rm", "-f", "-t", "0", "t"], check=False, env=environ)
    assert (joined.returncode, joined.stdout) == (0, "cat\n"), started.stderr + joined.stderr

    link = "ln -s /bin/sh /data/y && echo linked"
    assert run(link, "--tmpfs=/data").stdout == "linked\n"
    refused = run(link, *flags)
    assert refused.returncode != 0
    assert "Operation not permitted" in refused.stderr
    assert "Read-only file system" in run("echo x > /bin/z", *flags).stderr
