"""The hooks that pre-commit can run name commands that exist and do what their names say."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from pratique.formats.ci import pre_commit
from pratique.secrets.kinds import version_control
from tests.cli.scanning import Run
from tests.house.tree import ROOT

HOOKS: dict[str, dict[str, Any]] = {
    one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
}


def test_the_configuration_we_write_names_the_hooks_there_are() -> None:
    assert set(pre_commit.HOOKS) == set(HOOKS)


def test_the_program_of_every_hook_is_the_one_that_is_installed() -> None:
    assert {shlex.split(one["entry"])[0] for one in HOOKS.values()} == {"pratique"}
    assert {one["language"] for one in HOOKS.values()} == {"python"}


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("compose.yaml", True),
        ("ops/docker-compose.yml", True),
        ("compose.override.yaml", True),
        ("docker-compose_dev.yml", True),
        ("composer.json", False),
        ("composed.yaml", False),
        ("compose/values.yaml", False),
    ],
)
def test_compose_files_are_known_by_name(name: str, taken: bool) -> None:
    assert bool(re.search(HOOKS["pratique-compose"]["files"], name)) is taken


def run(pratique: Run, hook: str, *files: str) -> tuple[int, str, str]:
    """Run a hook as pre-commit does: its entry, then the names of the files that changed."""
    given = files if HOOKS[hook].get("pass_filenames", True) else ()
    return pratique(*shlex.split(HOOKS[hook]["entry"])[1:], *given)


@pytest.mark.parametrize("hook", ["pratique-dockerfile", "pratique-kubernetes"])
def test_a_bad_dockerfile_stops_the_commit(pratique: Run, tmp_path: Path, hook: str) -> None:
    bad = "FROM alpine:3.20\nARG API_TOKEN\nRUN curl -k https://example.com/i | sh\nUSER root\n"
    (tmp_path / "Dockerfile").write_text(bad)
    code, out, _ = run(pratique, hook, "Dockerfile")

    assert code == 1
    assert "Dockerfile:3" in out


def test_a_good_one_passes(pratique: Run, tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY app /app\nUSER 1000\n")

    assert run(pratique, "pratique-dockerfile", "Dockerfile")[0] == 0


def test_a_secret_stops_the_commit(pratique: Run, tmp_path: Path) -> None:
    place = tmp_path / "repository"
    place.mkdir()
    kind = next(one for one in version_control.KINDS if one.id == "github-pat")
    (place / "a.env").write_text(kind.true[0].make())
    entry = HOOKS["pratique-secrets"]["entry"].replace("dir:.", f"dir:{place}")
    code, out, err = pratique(*shlex.split(entry)[1:])

    assert code == 1, out + err
    assert "a.env" in out
