"""`pratique fix` plans, shows and writes changes; what it predicts is what matching says."""

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.scanning import Run
from tests.makers import mending


@pytest.fixture
def fix(pratique: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs the command on the sample image."""
    monkeypatch.setenv("PRATIQUE_DB_SOURCE", str(mending.feeds(tmp_path / "feeds")))
    monkeypatch.setenv("PRATIQUE_SCANNERS", "vuln")
    target = mending.image(tmp_path / "sample")
    mending.context(tmp_path / "context")
    return lambda *arguments: pratique("fix", target, *arguments)


def plan(fix: Run, *arguments: object) -> dict[str, Any]:
    code, out, err = fix("-o", "json", *arguments)
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def flaws(listed: list[dict[str, Any]]) -> set[str]:
    return {f"{one['rule']} {one['package']}" for one in listed}


def test_without_a_dockerfile_it_lists(fix: Run) -> None:
    """What clears what, what may break, what would remain, and what was not chosen."""
    code, out, _ = fix()
    assert code == 0
    assert "5 findings (4 critical): 2 changes clear 3, 2 would remain" in out
    assert "run: apt-get update && apt-get install" in out
    assert "Upgrade requests from 2.30.0 to 2.31.0" in out
    assert "Upgrade flask from 3.0.0 to 4.0.0: it may break more than a minor change" in out
    assert "---" not in out


def test_a_patch_of_the_files(fix: Run, tmp_path: Path) -> None:
    """`patch` takes it, and it makes what --write makes."""
    place = tmp_path / "context"
    code, out, _ = fix("-f", place / "Dockerfile", "-o", "patch")
    assert code == 0
    patch = tmp_path / "p"
    patch.write_text(out)
    fix("-f", place / "Dockerfile", "--write", "-o", f"json={tmp_path / 'j'}")
    written = {name: (place / name).read_bytes() for name in ("Dockerfile", "requirements.txt")}
    mending.context(place)
    subprocess.run(["git", "apply", str(patch)], cwd=place, check=True)

    assert {name: (place / name).read_bytes() for name in written} == written
    assert b"flask==3.0.0" in written["requirements.txt"]
    assert b"requests==2.31.0" in written["requirements.txt"]
    assert b"harbour\nRUN apt-get update && apt-get install -y" in written["Dockerfile"]


def test_written_files_keep_their_rights_and_links(fix: Run, tmp_path: Path) -> None:
    """They are a person's: a file that only its owner reads stays so, a link leads where it led."""
    place = tmp_path / "context"
    file, real = place / "Dockerfile", tmp_path / "shared.Dockerfile"
    file.rename(real)
    real.chmod(0o600)
    file.symlink_to(real)
    assert fix("-f", file, "--write")[0] == 0
    assert file.is_symlink()
    assert b"apt-get install" in real.read_bytes()
    assert real.stat().st_mode & 0o7777 == 0o600


def test_what_is_predicted_is_what_matching_says(fix: Run, tmp_path: Path) -> None:
    """The unfixed flaw and the one beyond the range remain, nothing else."""
    found = plan(fix, "-f", tmp_path / "context/Dockerfile")

    assert flaws(found["remaining"]) == {"CVE-2099-1002 harbour", "CVE-2099-1005 flask"}
    assert flaws(found["cleared"]) == {
        "CVE-2099-1001 harbour",
        "CVE-2099-1003 zlib",
        "CVE-2099-1004 requests",
    }
    assert found["introduced"] == []
    assert {one["version"] for one in found["remaining"]} == {"1.1-1", "3.0.0"}


def test_gitlab_gets_a_patch_for_each_finding_that_one_clears(
    fix: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each applies by itself, from the folder that the command ran in."""
    monkeypatch.chdir(tmp_path)
    code, out, err = fix("-f", "context/Dockerfile", "-o", "gitlab")
    assert code == 0, err
    told = json.loads(out)
    names = {one["id"]: one["identifiers"][0]["name"] for one in told["vulnerabilities"]}
    cleared = [{names[each["id"]] for each in one["fixes"]} for one in told["remediations"]]

    assert cleared == [{"CVE-2099-1001", "CVE-2099-1003"}, {"CVE-2099-1004"}]
    for one in told["remediations"]:
        mending.context(tmp_path / "context")
        patch = base64.b64decode(one["diff"])
        subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, check=True)
    assert b"requests==2.31.0" in (tmp_path / "context/requirements.txt").read_bytes()


def test_sarif_points_at_the_dockerfile(
    fix: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A result is at the instruction that made its layer, or at the FROM that brought it."""
    monkeypatch.chdir(tmp_path)
    code, out, err = fix("-f", "context/Dockerfile", "-o", "sarif")
    assert code == 0, err
    spots = {
        one["ruleId"]: (spot["artifactLocation"]["uri"], spot["region"]["startLine"])
        for one in json.loads(out)["runs"][0]["results"]
        for spot in [one["locations"][0]["physicalLocation"]]
    }
    lines = (tmp_path / "context/Dockerfile").read_text().splitlines()

    assert {place for place, _ in spots.values()} == {"context/Dockerfile"}
    assert {rule: lines[line - 1] for rule, (_, line) in spots.items()} == {
        "CVE-2099-1001": "RUN apt-get update && apt-get install -y harbour",
        "CVE-2099-1002": "RUN apt-get update && apt-get install -y harbour",
        "CVE-2099-1003": "FROM debian:12",
        "CVE-2099-1004": "COPY requirements.txt /srv/requirements.txt",
        "CVE-2099-1005": "COPY requirements.txt /srv/requirements.txt",
    }


def test_more_may_break_on_request(fix: Run) -> None:
    found = plan(fix, "--breaking", "major")
    assert flaws(found["remaining"]) == {"CVE-2099-1002 harbour"}
    only_patches = plan(fix, "--breaking", "patch")
    assert "CVE-2099-1004 requests" in flaws(only_patches["remaining"])


def test_a_candidate_takes_the_place_of_the_base(fix: Run, tmp_path: Path) -> None:
    """Its flaws are the base's then; here it has none of zlib's."""
    base = mending.newer_base(tmp_path / "newer")
    found = plan(fix, "-f", tmp_path / "context/Dockerfile", "--candidate", f"debian:12.9={base}")
    both = {one["remedy"]: one for one in (*found["changes"], *found["left"])}
    change = both["change-base-image"]

    assert [one["rule"] for one in change["clears"]] == ["CVE-2099-1003"]
    assert change["what"] == "Build on debian:12.9 instead of debian:12"


def test_a_worse_candidate_is_left(fix: Run, tmp_path: Path) -> None:
    base = mending.newer_base(tmp_path / "older", zlib="0.9-1")
    found = plan(fix, "-f", tmp_path / "context/Dockerfile", "--candidate", f"debian:11={base}")
    assert "change-base-image" not in {one["remedy"] for one in found["changes"]}


def test_markdown_is_short_first(fix: Run, tmp_path: Path) -> None:
    code, out, _ = fix("-f", tmp_path / "context/Dockerfile", "-o", "markdown")
    assert code == 0
    assert out.startswith("**5 findings \\(4 critical\\): 2 changes clear 3, 2 would remain**")
    assert "```diff\n--- a/Dockerfile" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--write",), "--write needs a file"),
        (("-f", "none"), "none: No such file"),
        (("--build-arg", "=x"), "NAME=VALUE"),
        (("-f", "context/Dockerfile", "--stage", "x"), "no stage 'x'"),
        (("-f", "context/requirements.txt"), "no stage (FROM)"),
    ],
)
def test_what_cannot_be_done(
    fix: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = fix(*arguments)
    assert code == 2
    assert said in err
