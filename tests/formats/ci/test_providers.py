"""Every file that a provider gets is read by its schema, and its shell lines do what they should."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pratique.cli.commands import LazyGroup
from pratique.cli.main import program
from pratique.formats.ci.interface import Build, Origin, Plan, Provider
from pratique.pipelines.write_ci import providers

COMMIT = "0123456789" * 4
ORIGINS = {
    "github": Origin("https://github.com/acme/pratique", COMMIT),
    "elsewhere": Origin("https://git.example/acme/pratique.git", COMMIT),
    "installed": Origin(),
}
BUILDS = (
    Build(name="image", dockerfile="Dockerfile", context="."),
    Build(name="api", dockerfile="services/api/Dockerfile.prod", context="services", target="run"),
)
SCHEMAS = {
    "github": ("github-workflows", ""),
    "gitlab": ("gitlab-ci", "gitlab-ci"),
    "azure": ("azure-pipelines", "azure-pipelines"),
    "bitbucket": ("bitbucket-pipelines", ""),
    "circleci": ("circle-ci", ""),
}
BIN = Path(sys.executable).parent
STUB = '#!/bin/sh\necho "$(basename "$0") $*" >> "$LOG"\n'
SHELL = ("run", "script", "command", "before_script")


def plan(origin: str, *, lints: bool = True, builds: tuple[Build, ...] = BUILDS) -> Plan:
    """Return a plan with two images."""
    return Plan(
        origin=ORIGINS[origin],
        lints=lints,
        builds=builds,
        policy="strict",
        fail_on="medium",
        runner="registry.example/python@sha256:" + "a" * 64,
    )


EVERY = [
    pytest.param(one, origin, id=f"{name}-{origin}")
    for name, one in providers().items()
    for origin in ORIGINS
]


@pytest.mark.parametrize(
    ("provider", "origin"),
    [
        *((one, "elsewhere") for one in providers().values()),
        (providers()["github"], "github"),
    ],
    ids=lambda one: getattr(one, "NAME", one),
)
def test_the_file_follows_the_schema_of_its_service(
    provider: Provider, origin: str, tmp_path: Path
) -> None:
    """The published schema takes it; where none is published, it is YAML (or a Jenkinsfile)."""
    text = provider.render(plan(origin))
    assert text.endswith("\n")
    if provider.NAME == "jenkins":
        assert "\\" not in text
        assert text.count("'''") == 2 * 3
        return
    assert list(yaml.safe_load_all(text))
    if provider.NAME not in SCHEMAS:
        return
    schema, transform = SCHEMAS[provider.NAME]
    file = tmp_path / "pipeline.yml"
    file.write_text(text)
    command = [BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}"]
    command += ["--regex-variant", "nonunicode"]
    command += ["--data-transform", transform] if transform else []
    done = subprocess.run([*command, file], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize("origin", ORIGINS)
def test_zizmor_finds_nothing_in_a_workflow(origin: str, tmp_path: Path) -> None:
    """No finding of any kind, as a user of zizmor would see it."""
    file = tmp_path / ".github/workflows/pratique.yml"
    file.parent.mkdir(parents=True)
    file.write_text(providers()["github"].render(plan(origin)))

    assert zizmor(file) == []


@pytest.mark.parametrize(("provider", "origin"), EVERY)
def test_the_shell_lines_build_and_judge_each_image(
    provider: Provider, origin: str, tmp_path: Path
) -> None:
    """Run with stubs in place of git, Python, docker and pratique, they call what the plan says."""
    text = provider.render(plan(origin))
    scripts = list(shell_of(provider, text))
    if provider.NAME == "pre-commit" or (provider.NAME == "github" and origin == "github"):
        assert not any("pratique lint" in one for one in scripts)
        return
    called = [line for one in scripts for line in run_stubbed(one, tmp_path)]
    linted = [one for one in called if one.startswith("pratique lint")]
    gated = [one for one in called if one.startswith("pratique gate")]
    built = [one for one in called if one.startswith("docker build")]
    twice = 2 if provider.NAME == "bitbucket" else 1

    assert len(linted) == twice
    assert all("--fail-on medium" in one and one.endswith(" .") for one in linted)
    assert all("--policy strict" in one for one in gated)
    if provider.NAME in ("gitlab", "tekton"):
        assert not built
        assert gated
        return
    assert len(gated) == len(built) == twice * 2
    assert [one.split()[-1] for one in built[:2]] == [".", "services"]
    for one, other in zip(built, gated, strict=True):
        assert other.endswith("docker:" + one.split(" --tag ")[1].split()[0])


@pytest.mark.parametrize(("provider", "origin"), EVERY)
def test_every_command_is_one_of_ours(provider: Provider, origin: str, tmp_path: Path) -> None:
    """Click takes each line of pratique that a job runs, with all its options."""
    group = program
    assert isinstance(group, LazyGroup)
    for script in shell_of(provider, provider.render(plan(origin))):
        for line in run_stubbed(script, tmp_path):
            words = line.split()
            if words[0] == "pratique" and words[1] in ("lint", "gate"):
                command = group.get_command(group.make_context("x", ["list"]), words[1])
                assert command is not None
                assert command.make_context(words[1], words[2:])


@pytest.mark.parametrize(("provider", "origin"), EVERY)
def test_every_fetched_thing_is_pinned(provider: Provider, origin: str) -> None:
    """Actions and sources are named by a full commit."""
    text = provider.render(plan(origin))
    used = [line.partition("uses:")[2].split()[0] for line in text.splitlines() if "uses:" in line]

    assert all(len(one.partition("@")[2]) == 40 for one in used)
    assert " main" not in text.replace("[main, master]", "")


@pytest.mark.parametrize("provider", providers().values(), ids=lambda one: one.NAME)
def test_a_repository_without_images_is_linted_only(provider: Provider) -> None:
    text = provider.render(plan("installed", builds=()))

    assert "pratique lint" in text
    assert "pratique gate" not in text


def zizmor(file: Path) -> list[str]:
    """Return what zizmor says against a file, without asking the network."""
    command = [BIN / "zizmor", "--offline", "--no-progress", "--no-exit-codes", "--format=json"]
    done = subprocess.run([*command, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [f"{one['ident']}: {one['desc']}" for one in json.loads(done.stdout)]


def shell_of(provider: Provider, text: str) -> Iterator[str]:
    """Yield the scripts of a file."""
    if provider.NAME == "jenkins":
        yield from text.split("'''")[1::2]
        return
    for document in yaml.safe_load_all(text):
        yield from _scripts(document)


def _scripts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name in SHELL and isinstance(value, str):
                yield value
            elif name in SHELL and isinstance(value, list):
                yield "\n".join(one for one in value if isinstance(one, str))
            else:
                yield from _scripts(value)
    elif isinstance(node, list):
        for one in node:
            yield from _scripts(one)


def run_stubbed(script: str, folder: Path) -> list[str]:
    """Run a script with stubs on PATH and return what it called."""
    stubs = folder / "stubs"
    stubs.mkdir(exist_ok=True)
    log = folder / "log"
    log.write_text("")
    for name in ("git", "pratique", "docker", "pip"):
        _executable(stubs / name, STUB)
    # An environment that was made has a pip that says what it was asked for.
    venv = f'{STUB}mkdir -p "$3/bin"\ncp "{stubs}/pip" "$3/bin/pip"\n'
    _executable(stubs / "python3", venv)
    environ = {
        "PATH": f"{stubs}{os.pathsep}/usr/bin:/bin",
        "LOG": str(log),
        "HOME": str(folder),
        "IMAGE": "registry.example/app:1",
        "GATED_IMAGE": "registry.example/app:1",
        "PRATIQUE_SOURCE": "https://git.example/acme/pratique.git",
        "PRATIQUE_COMMIT": COMMIT,
        "BITBUCKET_CLONE_DIR": str(folder),
        "TMPDIR": str(folder),
    }
    done = subprocess.run(
        ["sh", "-e", "-c", script],
        env=environ,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return log.read_text().splitlines()


def _executable(place: Path, text: str) -> None:
    place.write_text(text)
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
