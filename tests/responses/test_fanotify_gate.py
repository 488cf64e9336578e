"""Programs that lie in a writable layer are refused; the gate neither hangs nor stays where it should not."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pratique.model.errors import CapabilityError
from pratique.responses._trial import Tried, try_one
from pratique.responses.fanotify_gate import FanotifyGate, hand_over, opened, why_not
from tests.conftest import missing


@pytest.fixture
def overlay(tmp_path):
    """Mount an overlay with one program from below and one from above; gives (root, upper)."""
    if why := why_not():
        missing("fanotify", why)
    for name in ("lower/bin", "upper", "work", "root"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy("/bin/true", tmp_path / "lower/bin/good")
    options = ",".join(f"{name}dir={tmp_path}/{name}" for name in ("lower", "upper", "work"))
    mount = ["mount", "-t", "overlay", "overlay", "-o", options, str(tmp_path / "root")]
    if subprocess.run(mount, capture_output=True).returncode:
        missing("overlay", "no overlay can be mounted")
    try:
        shutil.copy("/bin/true", tmp_path / "root/bin/evil")
        yield tmp_path / "root", tmp_path / "upper"
    finally:
        subprocess.run(["umount", "-l", str(tmp_path / "root")], check=True)


def runs(program: Path) -> bool:
    """Whether a program may be executed."""
    try:
        return subprocess.run([program], timeout=30).returncode == 0
    except PermissionError:
        return False


def until(what, ready) -> None:
    """Wait for something that must come."""
    end = time.monotonic() + 30
    while not ready():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(one) for one in text.split()]


def guarded(overlay, place) -> None:
    with opened(*map(str, overlay)) as handed:
        hand_over(place, handed)


def test_what_the_image_lacks_is_refused(overlay, short_folder) -> None:
    """What it has runs on, also after the other was refused; at the end everything passes."""
    root, _ = overlay
    with FanotifyGate(short_folder / "a"):
        assert runs(root / "bin/evil")
        guarded(overlay, short_folder / "a")

        assert not runs(root / "bin/evil")
        assert runs(root / "bin/good")
        shutil.copy(root / "bin/good", root / "bin/later")
        assert not runs(root / "bin/later")
        (root / "bin/evil").rename(root / "bin/good")
        assert not runs(root / "bin/good")
    assert runs(root / "bin/later")


def test_an_answerer_that_hangs_holds_up_nobody(overlay, short_folder) -> None:
    """It is killed, what waited passes, and a new one refuses again."""
    root, _ = overlay
    with FanotifyGate(short_folder / "b", silent_s=0.5) as gate:
        guarded(overlay, short_folder / "b")
        (answerer,) = children(gate.pid)
        os.kill(answerer, signal.SIGSTOP)
        assert runs(root / "bin/evil")
        until("a new answerer", lambda: children(gate.pid) not in ([], [answerer]))

        until("refusal", lambda: not runs(root / "bin/evil"))


@pytest.mark.parametrize("on_loss", ["open", "closed"])
def test_when_pratique_ends(overlay, short_folder, on_loss) -> None:
    """Open lets everything pass; closed goes on refusing until it is told to end."""
    root, _ = overlay
    place = short_folder / on_loss
    gate = FanotifyGate(place, on_loss=on_loss)
    guarded(overlay, place)
    gate._running.stdin.close()  # what the kernel does when the holder of the leash dies
    try:
        if on_loss == "open":
            until("an end", lambda: gate._running.poll() is not None)
            assert runs(root / "bin/evil")
        else:
            time.sleep(0.5)
            assert not runs(root / "bin/evil")
            assert gate._running.poll() is None
    finally:
        gate._running.stdin = None
        gate.close()
    assert runs(root / "bin/evil")


def test_a_watcher_that_is_killed(overlay, short_folder) -> None:
    """The answerer notices, and lets everything pass."""
    root, _ = overlay
    gate = FanotifyGate(short_folder / "c")
    guarded(overlay, short_folder / "c")
    (answerer,) = children(gate.pid)
    os.kill(gate.pid, signal.SIGKILL)
    until("an end", lambda: not Path(f"/proc/{answerer}").exists() or _is_zombie(answerer))

    assert runs(root / "bin/evil")
    with contextlib.suppress(ProcessLookupError):
        gate.close()


def _is_zombie(pid: int) -> bool:
    return ") Z " in Path(f"/proc/{pid}/stat").read_text()


def test_nobody_answers(tmp_path, short_folder) -> None:
    """A gate that is not there is told."""
    with (
        opened(str(tmp_path), str(tmp_path)) as handed,
        pytest.raises(CapabilityError, match="does not answer"),
    ):
        hand_over(short_folder / "none", handed)


def test_a_container_that_is_gone(short_folder) -> None:
    """It cannot be guarded, and that is said."""
    if why := why_not():
        missing("fanotify", why)
    from tests.makers.alerts import WORKLOAD

    with (
        FanotifyGate(short_folder / "d") as gate,
        pytest.raises(CapabilityError, match="no process of the container"),
    ):
        gate.refuse(WORKLOAD)


@pytest.fixture
def mounts(overlay):
    """Undo what a test mounts in the overlay; gives its root."""
    root, _ = overlay
    yield root
    for line in reversed(Path("/proc/self/mountinfo").read_text().splitlines()):
        if (point := line.split()[4]).startswith(f"{root}/"):
            subprocess.run(["umount", "-l", point], check=True)


def bind(folder: Path, point: Path) -> None:
    subprocess.run(["mount", "--bind", folder, point], check=True)


def test_what_is_mounted_elsewhere_is_refused_as_well(overlay, mounts, short_folder) -> None:
    """A folder of the overlay that is seen at another path hides nothing, whenever it was mounted."""
    root = mounts
    for name in ("elsewhere", "again", "new"):
        (root / name).mkdir()
    shutil.copy("/bin/true", root / "new/evil")
    with (root / "bin/good").open("ab") as good:  # now the container's own
        good.write(b"x")
    bind(root / "new", root / "elsewhere")
    with FanotifyGate(short_folder / "e"):
        guarded(overlay, short_folder / "e")
        bind(root / "bin", root / "again")

        assert not runs(root / "elsewhere/evil")
        assert not runs(root / "again/evil")
        assert not runs(root / "again/good")
    assert runs(root / "elsewhere/evil")


def test_what_the_image_has_runs_at_another_path(overlay, mounts, short_folder) -> None:
    """It is known again there."""
    root = mounts
    (root / "again").mkdir()
    bind(root / "bin", root / "again")
    with FanotifyGate(short_folder / "f"):
        guarded(overlay, short_folder / "f")

        assert runs(root / "again/good")
        assert runs(root / "bin/good")
        assert not runs(root / "again/evil")


def test_a_script_of_the_container_is_refused(overlay, short_folder) -> None:
    """The kernel asks of a script before it asks of its interpreter."""
    root, _ = overlay
    script = root / "bin/script"
    script.write_text("#!/bin/sh\nexit 0\n")
    script.chmod(0o755)
    with FanotifyGate(short_folder / "g"):
        assert runs(script)
        guarded(overlay, short_folder / "g")

        assert not runs(script)


def test_a_trial_tells_whether_programs_are_refused(overlay, short_folder) -> None:
    """Nothing is executed; without a gate the trial passes."""
    with opened(*map(str, overlay)) as handed:
        tried = try_one(handed.root, handed.upper)
        if tried is Tried.NOT:
            missing("execve-check", "this kernel cannot be asked whether a file could be executed")
        with FanotifyGate(short_folder / "h"):
            guarded(overlay, short_folder / "h")
            refused = try_one(handed.root, handed.upper)

    assert (tried, refused) == (Tried.PASSED, Tried.REFUSED)


def test_a_container_that_ended_is_let_go(overlay, short_folder) -> None:
    """Nobody holds its files any more, so that its engine can take them away."""
    root, _ = overlay
    with FanotifyGate(short_folder / "i"), subprocess.Popen(["sleep", "600"]) as first:
        with opened(*map(str, overlay), first.pid) as handed:
            hand_over(short_folder / "i", handed)
        assert not runs(root / "bin/evil")
        first.kill()
        first.wait()

        until("an end of the guard", lambda: runs(root / "bin/evil"))
        subprocess.run(["umount", str(root)], check=True)
        subprocess.run(["mount", "-t", "tmpfs", "none", str(root)], check=True)


def test_what_was_refused_is_told_once(overlay, short_folder) -> None:
    """With the container, the process and the path; what passed is not told."""
    root, _ = overlay
    told = []
    with FanotifyGate(short_folder / "l", told=told.append):
        with opened(*map(str, overlay)) as handed:
            hand_over(short_folder / "l", handed, "c0ffee")
        for _ in range(3):
            assert not runs(root / "bin/evil")
        assert runs(root / "bin/good")
        until("what was refused", lambda: told)
    (one,) = told

    assert (one.container, Path(one.path)) == ("c0ffee", root / "bin/evil")
    assert one.pid > 1


def test_a_container_that_is_asked_for_twice(overlay, short_folder) -> None:
    """It is guarded as before."""
    root, _ = overlay
    with FanotifyGate(short_folder / "j"):
        for _ in range(3):
            guarded(overlay, short_folder / "j")

            assert not runs(root / "bin/evil")
            assert runs(root / "bin/good")


def test_a_file_that_is_renamed_while_it_is_executed(overlay, short_folder) -> None:
    """Whoever moves a file between two names all the time does not get it past the gate."""
    root, _ = overlay
    places = [root / "bin" / name for name in ("evil", "other")]
    moving = (
        "import os, sys\na, b = sys.argv[1:]\nprint('up', flush=True)\n"
        "while True:\n  os.rename(a, b)\n  os.rename(b, a)\n"
    )
    with FanotifyGate(short_folder / "k"):
        guarded(overlay, short_folder / "k")
        command = [sys.executable, "-c", moving, *map(str, places)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as mover:
            mover.stdout.readline()
            try:
                ran = [_ran(place) for _ in range(100) for place in places]
            finally:
                mover.kill()

    assert not any(ran)


def _ran(program: Path) -> bool:
    try:
        return runs(program)
    except FileNotFoundError:
        return False
