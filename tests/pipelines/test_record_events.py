"""Law: a replay gives the events that were watched, with their processes and containers."""

import stat
from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.model.errors import FormatError, StorageError, TargetError
from pratique.model.observation import Executed
from pratique.model.workload import ImageFacts
from pratique.pipelines import record_events as subject
from pratique.pipelines.record_events import EventRecorder, Replay
from tests.makers.disk import Disk
from tests.makers.happenings import DIGEST, START, process
from tests.makers.watched import NODE, recorded, story


def test_a_replay_equals_the_watch(tmp_path: Path) -> None:
    """Processes, ancestors, containers and losses included."""
    events = story()
    replay = Replay(recorded(tmp_path / "r", events))

    assert list(replay.events()) == events
    assert replay.cut == ""
    assert replay.header.node == "node-1"


def test_processes_of_before_are_ancestors_in_a_replay(tmp_path: Path) -> None:
    """They are told at the beginning of the file."""
    place = tmp_path / "r"
    recorder = EventRecorder(place, NODE)
    recorder.process(process("/bin/tini", 100), inside=True)
    for event in story()[1:]:
        recorder.take(event)
    recorder.close(START)

    first = next(iter(list(Replay(place).events())))
    ancestors = [(one.path, one.in_container) for one in first.process.ancestors]
    assert ancestors == [("/bin/tini", True)]


def test_what_was_not_known_then_is_known_now(tmp_path: Path) -> None:
    """An image judged later is quoted in a replay; what was recorded stays."""
    judged = ImageFacts(digest=DIGEST, verdict="deny")
    replay = Replay(recorded(tmp_path / "r", story()), lambda workload: judged)

    known = {event.workload.facts for event in replay.events() if event.workload is not None}

    assert known == {judged}


def test_only_the_owner_may_read_a_recording(tmp_path: Path) -> None:
    """It holds what people typed."""
    place = recorded(tmp_path / "r", story())

    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_what_was_typed_can_be_left_out(tmp_path: Path) -> None:
    """Neither arguments nor values of the environment stand in the file, packed or not."""
    place = recorded(tmp_path / "r", story(), replace(NODE, redacted=True))
    act = [event.observation.act for event in Replay(place).events()][1]

    assert isinstance(act, Executed)
    assert act.arguments == ("sh", "-c", "*")
    assert act.environment == ("TOKEN=*",)


def test_a_crash_costs_what_was_not_flushed(tmp_path: Path) -> None:
    """What came before is there, and the replay says that the end is missing."""
    place = tmp_path / "r"
    recorder = EventRecorder(place, NODE)
    events = story()
    for event in events[:2]:
        recorder.take(event)
    recorder.flush()
    replay = Replay(place)

    assert list(replay.events()) == events[:2]
    assert replay.cut
    recorder.close(START)


@pytest.mark.parametrize("after", range(8))
def test_a_disk_that_fills_up_ends_the_recording_behind_a_whole_frame(
    tmp_path: Path, monkeypatch, after: int
) -> None:
    """What came before is replayed; nothing after it, because it would not join; no file stays open."""
    events, disk = [one for _ in range(3) for one in story()], Disk()
    before = len(list(Path("/proc/self/fd").iterdir()))
    recorder = EventRecorder(tmp_path / "r", NODE)
    monkeypatch.setattr(subject, "os", disk.os())
    disk.fails["write"], disk.after = 1, after
    for event in events:
        recorder.take(event)
        recorder.flush()
    assert recorder.failed == "No space left on device"
    with pytest.raises(StorageError, match="No space left"):
        recorder.close(START)
    assert len(list(Path("/proc/self/fd").iterdir())) == before

    replay = Replay(tmp_path / "r")
    replayed = list(replay.events())
    assert replayed == events[: len(replayed)]
    assert len(replayed) < len(events)
    assert replay.cut == "the recording was never finished"


def test_a_recording_that_cannot_be_begun_leaves_no_file(tmp_path: Path, monkeypatch) -> None:
    """The next try finds its name free."""
    disk = Disk()
    monkeypatch.setattr(subject, "os", disk.os())
    disk.fails["write"] = 1
    with pytest.raises(StorageError, match="No space left"):
        EventRecorder(tmp_path / "r", NODE)
    EventRecorder(tmp_path / "r", NODE).close(START)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """In a line that names it: what fails is found only when it is read."""
    with pytest.raises(TargetError, match="cannot read /proc/self/mem: Input/output error"):
        Replay(Path("/proc/self/mem"))


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Neither a file nor what a link leads to."""
    place = tmp_path / "r"
    place.write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    for there in (place, tmp_path / "link", tmp_path / "no" / "folder"):
        with pytest.raises(StorageError):
            EventRecorder(there, NODE)
    assert place.read_text() == "mine"
    assert not (tmp_path / "elsewhere").exists()


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    """In one line, whether it is absent or something else."""
    (tmp_path / "other").write_bytes(b"\x7fELF" + bytes(100))

    with pytest.raises(TargetError):
        Replay(tmp_path / "absent")
    with pytest.raises(FormatError):
        Replay(tmp_path / "other")
