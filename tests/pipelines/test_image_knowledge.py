"""What a scan stored is what a watcher is told, by any digest of the image."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from pratique.kit.store import FILE, Store
from pratique.model.errors import StorageError
from pratique.model.verdict import Answer, PolicyName, Verdict
from pratique.model.workload import Workload
from pratique.pipelines.image_files import FileKeeper
from pratique.pipelines.image_knowledge import image_knowledge
from pratique.pipelines.scan_target import ScanSettings, scan_target
from pratique.pipelines.store_inventory import store_report
from pratique.pipelines.update_db import DbSettings
from pratique.sources.interface import Options
from tests.makers import scanned

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SHELL = {
    **scanned.FILES,
    "var/lib/dpkg/info/bash.list": b"/.\n/usr/bin/bash\n",
    "usr/bin/bash": b"#!/bin/sh\n",
}


def test_what_a_scan_keeps(tmp_path: Path) -> None:
    """Verdict, counts and files: by the manifest's digest and the config's."""
    scanned.mirror(tmp_path / "mirror")
    database = DbSettings(folder=tmp_path / "shards", source=str(tmp_path / "mirror"), now=NOW)
    keeper = FileKeeper()
    settings = ScanSettings(source=Options(), now=NOW, database=database, workers=0, keeper=keeper)
    report = scan_target(f"oci:{scanned.debian(tmp_path / 'image', SHELL)}:app", settings)
    (subject,) = report.subjects
    assert subject.image is not None
    judged = Verdict(
        answer=Answer.DENY, policy=PolicyName(name="strict", sha256="0"), now=report.now
    )
    report = replace(report, subjects=(replace(subject, verdict=judged),))

    with Store(tmp_path / "data") as store:
        store_report(report, store, keeper.packed)
        known = image_knowledge(store)
        for digest in (subject.digest, subject.image.config_digest):
            index = known.of(str(digest))
            assert index is not None
            assert index.owner("/usr/bin/bash").startswith("pkg:deb/debian/bash@")
            assert not index.has("/usr/bin/zsh")
        workload = Workload(id="a", engine="x", image_id=subject.image.config_digest)
        facts = known.facts(workload)
        assert facts is not None
        assert (facts.digest, facts.verdict) == (subject.digest, "deny")
        assert facts.judged_ns == int(NOW.timestamp()) * 10**9
        assert dict(facts.flaws) == {"critical": 1, "unknown": 1}
        assert msgspec.json.encode(facts)


def test_a_store_that_cannot_be_read(tmp_path: Path) -> None:
    """Is as one that knows nothing, and that is told: it must not end a watch."""
    (tmp_path / FILE).write_bytes(b"no database")
    told: list[StorageError] = []
    with Store(tmp_path) as store:
        known = image_knowledge(store, told.append)
        assert known.of("sha256:x") is None
        assert known.facts(Workload(id="a", engine="x", digest="sha256:x")) is None
    assert len(told) == 2


def test_a_store_that_knows_nothing(tmp_path: Path) -> None:
    """An unknown image has neither facts nor files; a damaged row has no files."""
    with Store(tmp_path) as store:
        known = image_knowledge(store)
        assert known.of("sha256:x") is None
        assert known.facts(Workload(id="a", engine="x", digest="sha256:x")) is None
