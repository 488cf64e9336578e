"""One report on an application: its packages, its configuration and what tools say, under one verdict."""

from datetime import UTC, datetime

import pytest

from pratique.model.errors import UsageError
from pratique.model.finding import FindingKind
from pratique.model.verdict import Answer
from pratique.pipelines.assess_sources import Tools
from pratique.pipelines.assess_target import AssessSettings, as_target, assess_target
from pratique.pipelines.gate_target import GateSettings
from pratique.pipelines.scan_target import ScanSettings
from pratique.pipelines.suppress_findings import SuppressSettings
from pratique.pipelines.update_db import DbSettings
from pratique.sources.interface import Options
from tests.makers.fake_tools import BANDIT, program

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Give settings with one tool, a bandit that knows eval."""
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    program(tmp_path / "tools", "bandit", BANDIT)
    scan = ScanSettings(
        source=Options(environ={}),
        now=NOW,
        database=DbSettings(folder=tmp_path / "db", offline=True, now=NOW),
        scanners=frozenset({"config"}),
        workers=0,
    )
    tools = Tools(folders=(tmp_path / "tools",), only=frozenset({"bandit"}))
    return AssessSettings(gate=GateSettings(scan=scan), tools=tools)


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    (folder / "lib").mkdir(parents=True)
    (folder / "node_modules").mkdir()
    (folder / "lib/a.py").write_text("eval(x)\n")
    (folder / "node_modules/b.py").write_text("eval(x)\n")
    (folder / "Dockerfile").write_text("FROM scratch\nMAINTAINER me\n")
    return folder


def test_a_folder_is_scanned_linted_and_read(settings, project):
    """One subject holds what lint and the tools found, places below the folder; it was not run."""
    report = assess_target(str(project), settings)
    (subject,) = report.subjects
    found = {(one.kind, one.rule, one.location) for one in subject.findings}
    assert (FindingKind.CODE, "bandit:B307", "lib/a.py") in found
    assert {place for kind, _, place in found if kind is FindingKind.CONFIG} == {"Dockerfile"}
    assert "node_modules/b.py" not in {place for *_, place in found}
    (unrun,) = [one for one in subject.unknowns if one.unit == "sandbox"]
    assert "(--build), or say --no-run" in unrun.reason
    assert subject.verdict.answer is not Answer.ALLOW


def test_what_tools_found_can_be_excepted(settings, project, tmp_path):
    """Ignore files know the tools' rules as any other."""
    from msgspec.structs import replace

    ignore = tmp_path / "ignored"
    ignore.write_text("bandit:B307\n")
    scan = replace(settings.gate.scan, suppress=SuppressSettings(ignore=(ignore,)))
    settings = replace(settings, gate=replace(settings.gate, scan=scan), service=None)
    (subject,) = assess_target(str(project), settings).subjects
    (found,) = [one for one in subject.findings if one.kind is FindingKind.CODE]
    assert found.suppressed
    assert not [one for one in subject.unknowns if one.unit == "sandbox"]


def test_the_policy_is_read_first(settings):
    """A mistake in it costs no scan: not even the target is looked at."""
    from msgspec.structs import replace

    wrong = replace(settings, gate=replace(settings.gate, policy="none"))
    with pytest.raises(UsageError):
        assess_target("/nowhere", wrong)


def test_a_folder_of_sources_is_a_target(project, tmp_path):
    """A layout stays the image that it is."""
    layout = tmp_path / "layout"
    layout.mkdir()
    (layout / "oci-layout").touch()
    assert as_target(str(project)) == f"dir:{project}"
    assert as_target(str(layout)) == str(layout)


def test_a_folder_that_cannot_be_built_is_told(settings, project):
    """What is missing is named; a folder without a Dockerfile is a mistake of the caller."""
    from msgspec.structs import replace

    building = replace(settings, build=True)
    (subject,) = assess_target(str(project), building).subjects
    (unrun,) = [one for one in subject.unknowns if one.unit == "sandbox"]
    assert "buildah is not installed; install it: apt-get install buildah" in unrun.reason
    (project / "Dockerfile").unlink()
    with pytest.raises(UsageError, match="nothing to build"):
        assess_target(str(project), building)
