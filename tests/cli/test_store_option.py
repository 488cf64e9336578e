"""`--store` keeps what is asked of an image while it runs: its verdict, its files, its names."""

from pathlib import Path

import pytest

from pratique.kit.store import Store
from pratique.model.workload import Workload
from pratique.pipelines.image_knowledge import image_knowledge
from tests.cli.scanning import Run


@pytest.mark.parametrize("command", ["scan", "gate"])
def test_what_is_kept(pratique: Run, image: str, tmp_path: Path, command: str) -> None:
    """A scan keeps no verdict, since it gives none; both keep the files and all names."""
    code, _, err = pratique(command, image, "--store")
    assert code in (0, 1, 3), err

    with Store(tmp_path / "data") as store:
        (holder,) = store.holders()
        known = image_knowledge(store)
        index = known.of(holder.digest)
        assert index is not None
        assert index.complete
        assert index.has("/var/lib/dpkg/status")
        facts = known.facts(Workload(id="a", engine="x", digest=holder.digest))
        assert facts is not None
        assert bool(facts.verdict) == (command == "gate")
        assert dict(facts.flaws)["critical"] == 1


def test_nothing_is_kept_unasked(pratique: Run, image: str, tmp_path: Path) -> None:
    """A scan without it leaves no store behind."""
    pratique("scan", image)
    assert Store(tmp_path / "data").holders() == ()
