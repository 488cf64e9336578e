"""The GitLab component follows GitLab's schema, and its inputs reach no shell as text."""

import subprocess
from pathlib import Path
from typing import Any

import yaml

from tests.formats.ci.test_providers import BIN, run_stubbed
from tests.house.tree import ROOT

SPEC, JOBS = yaml.safe_load_all((ROOT / "templates/pratique.yml").read_text())
INPUTS: dict[str, Any] = SPEC["spec"]["inputs"]


def test_the_jobs_follow_the_schema_once_inputs_are_in(tmp_path: Path) -> None:
    text = (ROOT / "templates/pratique.yml").read_text().partition("---\n")[2]
    for name, one in INPUTS.items():
        text = text.replace(f"$[[ inputs.{name} ]]", str((one or {}).get("default", "x")) or '""')
    assert "$[[" not in text
    file = tmp_path / "jobs.yml"
    file.write_text(text)
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"]
    command += ["--data-transform", "gitlab-ci"]
    done = subprocess.run([*command, file], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_inputs_stand_in_settings_only() -> None:
    """GitLab puts inputs in as text: in a script, an input would be code."""
    for job in JOBS.values():
        for part in ("script", "before_script"):
            assert "$[[" not in str(job.get(part, ""))


def test_every_input_is_used() -> None:
    assert all(f"$[[ inputs.{name} ]]" in str(JOBS) for name in INPUTS)


def test_options_of_the_program_come_as_its_variables() -> None:
    """PRATIQUE_POLICY and PRATIQUE_FAIL_ON are what the options read."""
    from pratique.cli import gate, lint

    assert "PRATIQUE_POLICY" in {str(one.envvar) for one in gate.command.params}
    assert "PRATIQUE_FAIL_ON" in {str(one.envvar) for one in lint.command.params}


def test_a_job_installs_and_judges(tmp_path: Path) -> None:
    first = JOBS[".pratique"]["before_script"]
    gate = run_stubbed("\n".join([*first, *JOBS["pratique-gate"]["script"]]), tmp_path)

    assert gate[-1].startswith(
        "pratique gate -o table -o gitlab=gl-container-scanning-report.json "
    )
    assert gate[-1].endswith(" registry.example/app:1")
