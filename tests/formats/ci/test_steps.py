"""The shell lines install one commit, with hashes, and run what the plan asks for."""

import subprocess

from pratique.formats.ci import _steps
from pratique.formats.ci.interface import Build, Origin, Plan

COMMIT = "0123456789" * 4
PLAN = Plan(
    origin=Origin("https://git.example/acme/pratique", COMMIT),
    lints=True,
    builds=(),
    policy="strict",
    fail_on="medium",
    runner="docker.io/library/python:3.12",
)


def test_only_the_commit_is_fetched_and_every_package_has_a_hash() -> None:
    lines = _steps.install(PLAN.origin)
    fetched = [line for line in lines if " fetch " in line]

    assert [line.split()[-2:] for line in fetched] == [[PLAN.origin.address, COMMIT]]
    assert f" checkout -q {COMMIT}" in "\n".join(lines)
    pips = [line for line in lines if "/bin/pip" in line]
    assert ["--require-hashes" in one or "--no-deps" in one for one in pips] == [True, True]


def test_the_lines_are_shell() -> None:
    text = "\n".join((*_steps.install(PLAN.origin), _steps.lint(PLAN), _steps.gate(PLAN, "x")))
    done = subprocess.run(["sh", "-n"], input=text, text=True, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_reports_come_beside_one_for_people() -> None:
    assert _steps.lint(PLAN) == "pratique lint --fail-on medium ."
    assert _steps.lint(PLAN, "junit=a.xml").split()[-5:] == [
        "-o",
        "lines",
        "-o",
        "junit=a.xml",
        ".",
    ]
    assert _steps.gate(PLAN, "docker:a") == "pratique gate --policy strict docker:a"


def test_a_stage_is_built_where_one_is_named() -> None:
    one = Build(name="a", dockerfile="x/Dockerfile", context=".", target="prod")

    wanted = "docker build --file x/Dockerfile --target prod --tag pratique-check/a:latest ."
    assert _steps.build(one) == wanted
