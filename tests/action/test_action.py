"""The GitHub action is pinned and inert, and its script reports the gravest of what it ran."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.formats.ci.test_providers import BIN, zizmor
from tests.house.tree import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = ACTION["runs"]["steps"]
STUB = """#!/bin/sh
case "$1" in lint) code=$LINT_CODE ;; gate) code=$GATE_CODE ;; esac
echo "$@" >> "$LOG"
for word in "$@"; do
  case "$word" in
    markdown=*)
      [ "$code" = 2 ] || echo "**$1** table" > "${word#markdown=}"
      [ -z "$ROWS" ] || yes '| näher |' | head -n "$ROWS" >> "${word#markdown=}" ;;
    sarif=*) [ "$code" = 2 ] || echo "{}" > "${word#sarif=}" ;;
  esac
done
[ "$code" = 2 ] && echo "pratique: error: no such image" >&2
exit "$code"
"""


def test_the_action_follows_its_schema() -> None:
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-actions"]
    done = subprocess.run([*command, ROOT / "action.yml"], capture_output=True, check=False)

    assert done.returncode == 0, done.stdout


def test_zizmor_finds_nothing_in_the_action() -> None:
    assert zizmor(ROOT / "action.yml") == []


def test_every_action_it_uses_is_a_commit() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]

    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one) for one in used)


def test_no_expression_stands_in_a_shell_line() -> None:
    """What others wrote reaches the shell as environment variables."""
    assert [step["run"] for step in STEPS if "${{" in step.get("run", "")] == []


def test_every_input_is_used_and_described() -> None:
    text = (ROOT / "action.yml").read_text()

    assert all(f"inputs.{name}" in text for name in ACTION["inputs"])
    assert all(
        one["description"] for one in (*ACTION["inputs"].values(), *ACTION["outputs"].values())
    )


@pytest.mark.parametrize("script", ["install.sh", "check.sh"])
def test_the_scripts_are_shell_and_can_be_run(script: str) -> None:
    place = ROOT / "action" / script

    assert subprocess.run(["bash", "-n", place], check=False).returncode == 0
    assert os.access(place, os.X_OK)


class Job:
    """What a job of GitHub has: files to write to, and a pratique that is a stub."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        stubs = folder / "temp/pratique/env/bin"
        stubs.mkdir(parents=True)
        (stubs / "pratique").write_text(STUB)
        (stubs / "pratique").chmod(0o755)
        self.reports = folder / "temp/pratique/reports/app"

    def run(self, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run the script."""
        wanted = {
            "PATH": "/usr/bin:/bin",
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "LOG": str(self.folder / "log"),
            "NAME": "app",
            "LINT": "",
            "IMAGE": "",
            "FAIL_ON": "high",
            "POLICY": "baseline",
            "LINT_CODE": "0",
            "GATE_CODE": "0",
            "ROWS": "",
        }
        return subprocess.run(
            ["bash", ROOT / "action/check.sh"],
            env=wanted | environ,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def read(self, name: str) -> str:
        """Return a file that the script wrote, empty where it did not."""
        place = self.folder / name
        return place.read_text() if place.exists() else ""

    @property
    def outputs(self) -> dict[str, str]:
        """Return the outputs of the step."""
        return dict(line.split("=", 1) for line in self.read("output").splitlines())


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """Return a job in a folder of its own."""
    return Job(tmp_path)


def test_a_summary_that_is_too_long_is_cut_at_a_line_and_says_so(job: Job) -> None:
    """GitHub would refuse the whole of it; the comment and the reports stay whole."""
    assert job.run(LINT=".", IMAGE="docker:app", ROWS="60000").returncode == 0
    *_, row, _, said = job.read("summary").rstrip("\n").split("\n")

    assert 900_000 < len(job.read("summary").encode()) < 1 << 20
    assert row in ("| näher |", "")
    assert said == "**Shortened**: the reports of the job hold everything."
    assert len((job.reports / "summary.md").read_bytes()) > 1 << 20
    assert job.outputs["exit-code"] == "0"


def test_both_are_run_and_told(job: Job) -> None:
    done = job.run(LINT=".\n  \ncharts/app\n", IMAGE="docker:app")

    assert done.returncode == 0, done.stderr
    called = job.read("log").splitlines()
    assert called[0].startswith("lint --fail-on high . charts/app -o github -o markdown=")
    assert called[1].startswith("gate --policy baseline docker:app -o github")
    assert job.outputs == {"exit-code": "0", "reports": str(job.reports), "sarif": "true"}
    assert job.read("summary") == "## pratique: app\n\n**lint** table\n\n**gate** table\n\n"
    assert (job.reports / "summary.md").is_file()


@pytest.mark.parametrize(
    ("lint", "gate", "worst"),
    [("0", "1", "1"), ("1", "3", "1"), ("3", "0", "3"), ("1", "2", "2"), ("70", "1", "70"),
     ("0", "137", "70"), ("0", "0", "0")],
)  # fmt: skip
def test_the_gravest_code_counts(job: Job, lint: str, gate: str, worst: str) -> None:
    """A killed process is never taken for a yes."""
    done = job.run(LINT=".", IMAGE="docker:app", LINT_CODE=lint, GATE_CODE=gate)

    assert done.returncode == 0
    assert job.outputs["exit-code"] == worst


def test_a_refusal_is_shown_and_uploads_nothing(job: Job) -> None:
    done = job.run(IMAGE="docker:app", GATE_CODE="2")

    assert "::error title=pratique gate::exit code 2: pratique: error: no such image" in done.stdout
    assert "could not run (exit code 2)" in job.read("summary")
    assert job.outputs["exit-code"] == "2"
    assert "sarif" not in job.outputs


@pytest.mark.parametrize("name", ["", "..", "a/b", "a b", "$(id)"])
def test_a_name_cannot_leave_its_folder(job: Job, name: str) -> None:
    done = job.run(NAME=name, LINT=".")

    assert done.returncode == 1
    assert job.outputs == {}
    assert job.read("log") == ""


def test_nothing_asked_for_is_a_mistake(job: Job) -> None:
    done = job.run()

    assert done.returncode == 1
    assert "nothing to do" in done.stdout


def test_what_is_asked_for_is_no_option_and_no_code(job: Job) -> None:
    """A path that looks like an option is a path; nothing is expanded."""
    job.run(LINT="--fix\n$(touch made)\n")

    assert job.read("log").startswith("lint --fail-on high ./--fix $(touch made) -o github")
    assert not (job.folder / "made").exists()


def test_the_real_program_takes_the_line(job: Job) -> None:
    """With pratique itself, lint annotates, writes its reports and meets its threshold."""
    stub = job.folder / "temp/pratique/env/bin/pratique"
    stub.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pratique "$@"\n')
    (job.folder / "Dockerfile").write_text("FROM alpine\nMAINTAINER a\n")
    done = job.run(LINT=".", FAIL_ON="negligible")

    assert job.outputs["exit-code"] == "1", done.stderr
    assert "file=Dockerfile,line=1" in done.stdout
    assert (job.reports / "lint.sarif").is_file()
    assert "Dockerfile:1" in job.read("summary")
