"""A disk that fails never ends a watch: what could not be kept is told, and kept when it works again."""

from pathlib import Path

from msgspec.structs import replace

from pratique.detections.in_use import InUseCollector
from pratique.kit.store import FILE, Store
from pratique.model.errors import StorageError
from pratique.pipelines.kept_baselines import keep_baselines, load_baselines
from pratique.pipelines.watch_keeping import Keeping
from tests.makers.baselines import WEB_BASELINE
from tests.makers.happenings import DIGEST, START, executed
from tests.makers.image_files import CURL, Files, Images


def collector() -> InUseCollector:
    made = InUseCollector(Images(Files()))
    made.see(executed("/usr/bin/curl", at_s=1))
    return made


def test_what_was_at_work_is_kept_when_the_disk_works_again(tmp_path: Path) -> None:
    """Nothing that was seen meanwhile is lost: absence of evidence would read as "not in use"."""
    folder = tmp_path / "data"
    folder.write_bytes(b"a file where a folder should be")
    seen = collector()
    with Store(folder) as store:
        keeping = Keeping(store, folder, "node-1")
        (alert,) = keeping.keep(seen, (), START)
        assert (alert.rule, alert.node) == ("evidence-not-kept", "node-1")
        assert "what was seen at work could not be kept" in alert.output

        folder.unlink()
        seen.see(executed("/usr/bin/curl", at_s=9))
        assert keeping.keep(seen, (), START) == ()
        (row,) = store.in_use(DIGEST)
        assert (row.package, row.last_ns - row.first_ns) == (CURL, 8_000_000_000)
        assert keeping.keep(seen, (), START) == ()


def test_a_baseline_that_people_broke_costs_no_other_one(tmp_path: Path) -> None:
    """It is told and stays as it is, and the watch goes on."""
    other = replace(WEB_BASELINE, workload="other")
    (broken,) = keep_baselines(tmp_path, [WEB_BASELINE])
    broken.write_text("workload: [")
    with Store(tmp_path) as store:
        (alert,) = Keeping(store, tmp_path, "").keep(collector(), (WEB_BASELINE, other), START)
        assert len(store.in_use(DIGEST)) == 1
    assert alert.output.startswith("what web does could not be kept: ")
    assert broken.read_text() == "workload: ["
    broken.unlink()
    assert [one.workload for one in load_baselines(tmp_path)] == ["other"]


def test_a_store_that_is_not_read_is_told_once(tmp_path: Path) -> None:
    """And again when it was read between."""
    (tmp_path / FILE).write_bytes(b"no database")
    with Store(tmp_path) as store:
        keeping = Keeping(store, tmp_path, "")
        told = []
        for times in (2, 1, 0, 1):
            rules = []
            for _ in range(times):
                keeping.unread(StorageError("the disk fails"))
                rules += [one.rule for one in keeping.troubles(START)]
            told.append(rules)
            keeping.read_again()
    assert told == [["store-not-read"], [], [], ["store-not-read"]]
