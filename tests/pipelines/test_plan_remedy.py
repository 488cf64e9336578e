"""A plan is made of what remedies propose and matchers confirm."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.model.errors import UsageError
from pratique.pipelines.plan_remedy import Plan, RemedySettings, plan_remedy
from pratique.pipelines.scan_target import ScanSettings
from pratique.pipelines.suppress_findings import SuppressSettings
from pratique.pipelines.update_db import DbSettings
from pratique.remedies.interface import Breaks
from pratique.sources.interface import Options
from tests.makers import mending

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> RemedySettings:
    database = DbSettings(
        folder=tmp_path / "db",
        source=str(mending.feeds(tmp_path / "feeds")),
        offline=False,
        max_age_s=1e9,
        now=NOW,
    )
    scan = ScanSettings(source=Options(environ={}), workers=0, now=NOW, database=database)
    return RemedySettings(scan=scan, dockerfile=mending.context(tmp_path / "context"))


def planned(tmp_path: Path, settings: RemedySettings) -> Plan:
    return plan_remedy(mending.image(tmp_path / "sample"), settings)


def test_what_each_change_clears_is_matched_not_guessed(
    tmp_path: Path, settings: RemedySettings
) -> None:
    """A flaw without a fix is claimed by nobody."""
    plan = planned(tmp_path, settings)
    rules = {one.id: one.rule for one in plan.findings}
    cleared = {one.remedy: sorted(rules[i] for i in one.clears) for one in plan.taken}

    assert cleared == {
        "upgrade-os-packages": ["CVE-2099-1001", "CVE-2099-1003"],
        "upgrade-language-packages": ["CVE-2099-1004"],
    }
    assert [one.removed_risk for one in plan.taken] == sorted(
        (one.removed_risk for one in plan.taken), reverse=True
    )


def test_files_that_change_are_those_beside_the_dockerfile(
    tmp_path: Path, settings: RemedySettings
) -> None:
    """Nothing is written; the places are told."""
    plan = planned(tmp_path, settings)
    places = [one.place for one in plan.files]

    assert places == [tmp_path / "context/Dockerfile", tmp_path / "context/requirements.txt"]
    assert all(one.place.read_bytes() == one.before for one in plan.files)
    assert plan.patch().startswith(b"--- a/Dockerfile\n")


def test_a_suppressed_finding_is_nobodys_concern(tmp_path: Path, settings: RemedySettings) -> None:
    """Neither mended nor counted as remaining."""
    ignore = tmp_path / ".trivyignore"
    ignore.write_text("CVE-2099-1002\nCVE-2099-1004\n")
    heard = replace(settings.scan, suppress=SuppressSettings(ignore=(ignore,)))
    plan = planned(tmp_path, replace(settings, scan=heard))

    assert [one.remedy for one in plan.taken] == ["upgrade-os-packages"]
    assert [one.rule for one in plan.remaining] == ["CVE-2099-1005"]


def test_a_base_that_ends_everything_makes_a_step_needless(
    tmp_path: Path, settings: RemedySettings
) -> None:
    """Its packages are counted as the other image has them."""
    base = mending.newer_base(tmp_path / "newer", zlib="0.1-1")
    plan = planned(tmp_path, replace(settings, candidates=(("debian:11", base),)))
    (left,) = [one for one in plan.left if one.change.remedy == "change-base-image"]

    assert left.change.introduces == 0
    assert left.reason == "it clears nothing"


def test_the_range_of_what_may_break_is_kept(tmp_path: Path, settings: RemedySettings) -> None:
    plan = planned(tmp_path, replace(settings, most=Breaks.MAJOR))
    assert {one.rule for one in plan.remaining} == {"CVE-2099-1002"}
    assert b"+flask==4.0.0" in plan.patch()


def test_a_stage_that_is_not_there(tmp_path: Path, settings: RemedySettings) -> None:
    with pytest.raises(UsageError, match="no stage"):
        planned(tmp_path, replace(settings, stage="x"))
