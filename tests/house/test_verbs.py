"""The Makefile, the CI script and the requirements say the same thing as the documentation."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOT, text

VERBS = ("demo", "test", "check", "bench", "docs", "golden", "fuzz", "soak", "new-check")
"""Promised verbs; they mean the same in every part of the project."""


@pytest.mark.parametrize("verb", VERBS)
def test_every_promised_verb_is_listed(verb: str) -> None:
    """`make` alone names it with a line of help."""
    assert re.search(rf"^{verb}:.*## .+", text(Path("Makefile")), re.MULTILINE)


def test_every_verb_is_phony() -> None:
    """A file that happens to be called like a verb does not switch it off."""
    makefile = text(Path("Makefile"))
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    phony = set(re.search(r"\.PHONY: ((?:.*\\\n)*.*)", makefile)[1].replace("\\\n", "").split())  # type: ignore[index]

    assert targets == phony


def test_ci_calls_what_the_readme_says() -> None:
    """The script runs the two commands of the README and the checks, and may be executed."""
    script = text(Path(".ci/run"))

    for verb in ("check", "demo", "test"):
        assert f"\nattempt make {verb}\n" in script
    assert (ROOT / ".ci/run").stat().st_mode & 0o100
    assert subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=False).returncode == 0


def test_the_two_lists_of_dependencies_agree() -> None:
    """What pyproject.toml needs is what requirements/run.in pins, by name."""
    project = tomllib.loads(text(Path("pyproject.toml")))["project"]
    declared = {re.split(r"[<>=~!\[; ]", line)[0] for line in project["dependencies"]}
    pinned = {line.split("[")[0] for line in text(Path("requirements/run.in")).split()}

    assert declared == pinned


def test_pins_satisfy_the_declared_ranges() -> None:
    """The versions that are tested are versions that the project allows."""
    from packaging.requirements import Requirement

    project = tomllib.loads(text(Path("pyproject.toml")))["project"]
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)", text(Path("requirements/run.txt")), re.MULTILINE))
    for line in project["dependencies"]:
        needed = Requirement(line)
        assert needed.specifier.contains(pins[needed.name]), line


def test_all_files_pin_one_version() -> None:
    """A package has one version in every requirements file, so they can be installed together."""
    seen: dict[str, set[str]] = {}
    for path in (ROOT / "requirements").glob("*.txt"):
        for name, version in re.findall(
            r"^([\w.-]+)==([^\s;]+) \\$", path.read_text(), re.MULTILINE
        ):
            seen.setdefault(name, set()).add(version)

    assert {name: sorted(found) for name, found in seen.items() if len(found) > 1} == {}


def test_the_licence_is_the_declared_one() -> None:
    """The text in LICENSE is that of the identifier in pyproject.toml."""
    project = tomllib.loads(text(Path("pyproject.toml")))["project"]

    assert project["license"] == "Apache-2.0"
    assert "Apache License" in text(Path("LICENSE"))
    assert "Version 2.0, January 2004" in text(Path("LICENSE"))


def test_the_version_is_said_once() -> None:
    """The package and its metadata agree."""
    import pratique

    assert tomllib.loads(text(Path("pyproject.toml")))["project"]["version"] == pratique.__version__
