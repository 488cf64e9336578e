"""Law: a watch tells, records and keeps what its parts say, and gives everything back at its end."""

import io
from pathlib import Path

import pytest
from msgspec import json
from msgspec.structs import replace

from pratique.detections.rules.rule import RuleError
from pratique.kit.store import FILE
from pratique.model.alert import Alert, Priority
from pratique.model.errors import StorageError
from pratique.model.event import Event
from pratique.model.observation import Called
from pratique.outputs.destination import parse_destination
from pratique.pipelines import record_events
from pratique.pipelines.record_events import Replay
from pratique.pipelines.watch_detectors import Detecting
from pratique.pipelines.watch_holding import Holding
from pratique.pipelines.watch_node import NodeWatch, WatchSettings
from tests.makers.disk import Disk
from tests.makers.happenings import WEB, event
from tests.makers.watched import RULE, recorded, story


def settings(tmp_path: Path, **more: object) -> WatchSettings:
    """Return the settings of a watch of the story, by one rule, told as JSON."""
    rules = tmp_path / "rules.yaml"
    if not rules.exists():
        rules.write_bytes(RULE)
    replay = tmp_path / "story.rec"
    if not replay.exists():
        recorded(replay, story())
    asked = WatchSettings(
        detecting=Detecting(rules=(rules,)),
        destinations=(parse_destination("json"),),
        data_folder=tmp_path / "data",
        stdout=io.BytesIO(),
        environ={},
        node="node-1",
        replay=replay,
    )
    return replace(asked, **more)


def watched(asked: WatchSettings) -> NodeWatch:
    """Watch to the end of the recording."""
    with NodeWatch(asked) as node:
        while not node.source.ended:
            node.turn()
    return node


def told(asked: WatchSettings) -> list[dict[str, object]]:
    """Return what went to standard output."""
    assert isinstance(asked.stdout, io.BytesIO)
    return [json.decode(line) for line in asked.stdout.getvalue().splitlines()]


def test_a_recording_is_judged(tmp_path: Path) -> None:
    """The rule's alert names the container; the loss is told too."""
    asked = settings(tmp_path)
    node = watched(asked)
    alerts = told(asked)

    assert [one["rule"] for one in alerts] == ["shadow-read", "events-lost"]
    assert alerts[0]["output"] == "shadow was read by sh -c id in web"
    assert node.tally.events == len(story())


def test_what_is_less_grave_is_not_told_but_counted(tmp_path: Path) -> None:
    """``least`` is for those who read; the counts are whole."""
    asked = settings(tmp_path, least=Priority.ERROR)
    node = watched(asked)

    assert [one["rule"] for one in told(asked)] == ["shadow-read"]
    assert sum(node.tally.by_rule.values()) == 2


def test_a_store_that_cannot_be_read_or_written_ends_no_watch(tmp_path: Path) -> None:
    """The rule's alert comes all the same; what is not known and not kept is told."""
    asked = settings(tmp_path)
    asked.data_folder.mkdir()
    (asked.data_folder / FILE).write_bytes(b"no database")
    watched(asked)
    assert {"shadow-read", "store-not-read"} <= {one["rule"] for one in told(asked)}


def test_a_recording_that_its_disk_refuses_ends_alone(tmp_path: Path, monkeypatch) -> None:
    """The watch goes on; the recording's end is told as an alert, and at the end of the watch."""
    asked, disk = settings(tmp_path, record=tmp_path / "copy.rec"), Disk()
    node = NodeWatch(asked)
    monkeypatch.setattr(record_events, "os", disk.os())
    disk.fails["write"] = 1
    while not node.source.ended:
        node.turn()
    with pytest.raises(StorageError, match="cannot record"):
        node.__exit__(None)
    assert node.tally.events == len(story())
    assert {"shadow-read", "recording-ended"} <= {one["rule"] for one in told(asked)}
    assert list(Replay(tmp_path / "copy.rec").events()) == []


def test_a_watch_records_what_it_judges(tmp_path: Path) -> None:
    """So that the recording of a replay equals the replayed one."""
    copy = tmp_path / "copy.rec"
    watched(settings(tmp_path, record=copy))

    assert list(Replay(copy).events()) == story()


def test_rules_are_read_again_whole_or_not_at_all(tmp_path: Path) -> None:
    """A file with an error leaves the old rules."""
    asked = settings(tmp_path)
    with NodeWatch(asked) as node:
        (tmp_path / "rules.yaml").write_bytes(RULE + b"- rule: broken\n  desc: d\n")
        with pytest.raises(RuleError):
            node.reload()
        while not node.source.ended:
            node.turn()
        (tmp_path / "rules.yaml").write_bytes(RULE.replace(b"shadow-read", b"another"))
        assert node.reload() == "1 rules loaded"

    assert "shadow-read" in [one["rule"] for one in told(asked)]


def test_a_mistake_leaves_nothing_behind(tmp_path: Path) -> None:
    """Neither a recording nor open files."""
    (tmp_path / "rules.yaml").write_bytes(b"- rule: broken\n")
    copy = tmp_path / "copy.rec"
    with pytest.raises(RuleError):
        NodeWatch(settings(tmp_path, record=copy))

    assert not copy.exists()


def test_a_crash_tells_what_was_held(tmp_path: Path) -> None:
    """Nobody is asked any more, and nothing is lost."""

    def asked(_: Event) -> Event:
        raise RuntimeError("upside down")

    bare = event("x", Called(), workload=replace(WEB, name="", complete=False), cgroup=7)
    alert = Alert(rule="held", priority=Priority.ERROR, time_ns=0, output="o")
    settled = settings(tmp_path)

    def crash() -> None:
        with NodeWatch(settled) as node:
            node.watch.holding = Holding(asked)
            node.watch.raise_alerts((alert,), bare)
            node.turn()

    with pytest.raises(RuntimeError):
        crash()

    assert "held" in [one["rule"] for one in told(settled)]
