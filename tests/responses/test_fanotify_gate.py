"""Programs that lie in a writable layer are refused; the gate neither hangs nor stays where it should not."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from pratique.model.errors import CapabilityError
from pratique.responses.fanotify_gate import FanotifyGate, hand_over, why_not
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


def guarded(gate, overlay, place) -> None:
    root, upper = overlay
    hand_over(place, root=str(root), upper=str(upper), shown=str(root))


def test_what_the_image_lacks_is_refused(overlay, short_folder) -> None:
    """What it has runs on, also after the other was refused; at the end everything passes."""
    root, _ = overlay
    with FanotifyGate(short_folder / "a") as gate:
        assert runs(root / "bin/evil")
        guarded(gate, overlay, short_folder / "a")

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
        guarded(gate, overlay, short_folder / "b")
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
    guarded(gate, overlay, place)
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
    guarded(gate, overlay, short_folder / "c")
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
    with pytest.raises(CapabilityError, match="does not answer"):
        hand_over(short_folder / "none", root=str(tmp_path), upper=str(tmp_path), shown="")


def test_a_container_without_a_writable_folder(short_folder) -> None:
    """It cannot be guarded, and that is said."""
    if why := why_not():
        missing("fanotify", why)
    from tests.makers.alerts import WORKLOAD

    with (
        FanotifyGate(short_folder / "d") as gate,
        pytest.raises(CapabilityError, match="writable folder"),
    ):
        gate.refuse(WORKLOAD)
