"""Both sides are read alike, whether a target or a report of one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.model.errors import TargetError, UsageError
from pratique.pipelines.diff_targets import diff_targets
from pratique.pipelines.scan_target import ScanSettings, scan_target
from pratique.pipelines.update_db import DbSettings
from pratique.reports import json as json_report
from pratique.reports.interface import Style
from pratique.sources.interface import Options
from tests.makers import scanned

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> ScanSettings:
    """Return settings with data of the generated mirror."""
    source = str(scanned.mirror(tmp_path / "mirror"))
    database = DbSettings(folder=tmp_path / "shards", source=source, now=NOW)
    return ScanSettings(source=Options(), now=NOW, database=database, workers=0)


@pytest.fixture
def image(tmp_path: Path) -> str:
    return f"oci:{scanned.debian(tmp_path / 'image')}:app"


def test_an_image_does_not_differ_from_itself(settings: ScanSettings, image: str) -> None:
    found = diff_targets(image, image, settings)
    assert (found.new, found.gone, found.packages, found.size_bytes) == ((), (), (), 0)
    assert found.layers_shared > 0


def test_a_report_stands_for_its_image(settings: ScanSettings, image: str, tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    file.write_bytes(json_report.render(scan_target(image, settings), Style()))
    found = diff_targets(str(file), image, settings)
    assert (found.before, found.after, found.new, found.gone) == (image, image, (), ())


def test_a_side_that_is_not_there_is_told(
    settings: ScanSettings, image: str, tmp_path: Path
) -> None:
    with pytest.raises((TargetError, UsageError)):
        diff_targets(image, f"oci:{tmp_path}/absent", settings)
