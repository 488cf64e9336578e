"""A record is whole, provable and private."""

import hashlib
import json

from msgspec.structs import replace

from pratique.model.event import Event, Process
from pratique.model.observation import Exited, Observation
from pratique.model.reaction import Outcome
from pratique.responses import record
from tests.makers.alerts import WORKLOAD, alert
from tests.makers.disk import Disk
from tests.makers.responses import about, means, order, sleeper

SEEN = Event(Observation("procexit", Exited(0), 5, 7, comm="x\udcff"), Process(7, "x"))


def taken(tmp_path, told, **changed):
    done = record.act(told, order("record"), means(records=tmp_path / "records", **changed))
    folders = list((tmp_path / "records").iterdir())
    return done, folders


def test_a_record_of_a_process(tmp_path) -> None:
    """Alert, processes, sockets, events; each with its hash in the manifest."""
    with sleeper() as child:
        told = about(child.pid)
        done, (folder,) = taken(tmp_path, told, recent=lambda alert: [SEEN])
    manifest = json.loads((folder / "manifest.json").read_bytes())
    processes = json.loads((folder / "processes.json").read_bytes())

    assert done.outcome is Outcome.DONE
    assert done.detail == str(folder)
    assert manifest["reason"] == "response test"
    assert {path.name for path in folder.iterdir()} == {*manifest["sha256"], "manifest.json"}
    for name, sha256 in manifest["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256
    assert child.pid in [one["pid"] for one in processes]
    assert json.loads((folder / "events.json").read_bytes())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_record_of_a_container_lists_what_it_changed(tmp_path) -> None:
    """Also when all its processes are gone."""
    (tmp_path / "upper").mkdir()
    (tmp_path / "upper/dropped").write_bytes(b"x")
    workload = replace(WORKLOAD, upper=str(tmp_path / "upper"))
    _, (folder,) = taken(tmp_path, alert(workload=workload))
    changed = json.loads((folder / "changed.json").read_bytes())

    assert [one["path"] for one in changed["entries"]] == ["/dropped"]
    assert not (folder / "sockets.txt").exists()


def test_a_rule_is_no_path(tmp_path) -> None:
    """A name that somebody chose stays inside the folder."""
    _, (folder,) = taken(tmp_path, alert(rule="../../etc/x\0\n", workload=None))

    assert folder.parent == tmp_path / "records"


def test_records_are_bounded(tmp_path) -> None:
    """A flood of alerts neither fills the disk nor removes the first records."""
    for number in range(record.MAX_RECORDS):
        (tmp_path / "records" / str(number)).mkdir(parents=True)
    done, folders = taken(tmp_path, alert())

    assert done.outcome is Outcome.FAILED
    assert len(folders) == record.MAX_RECORDS


def test_a_record_without_room_leaves_nothing(tmp_path, monkeypatch) -> None:
    """Half records would fill what is left of the disk, and the number that may be kept."""
    disk = Disk()
    monkeypatch.setattr(record, "os", disk.os())
    disk.fails["open"], disk.after = 1, 1
    done, folders = taken(tmp_path, alert())
    assert (done.outcome, done.detail) == (Outcome.FAILED, "No space left on device")
    assert folders == []
    done, folders = taken(tmp_path, alert())
    assert (done.outcome, len(folders)) == (Outcome.DONE, 1)


def test_without_a_folder() -> None:
    """It is said."""
    assert record.act(alert(), order("record"), means()).outcome is Outcome.FAILED
