"""`pratique list` shows the units of each kind, and plugins without running them."""

import json
from pathlib import Path

import pytest

from pratique.cli.explain_behaviour import summaries
from pratique.cli.listing import KINDS, LISTED, WATCHED
from pratique.kit import registry
from tests.cli.scanning import Run
from tests.makers import plugin


def test_without_a_kind_the_kinds_are_listed(pratique: Run) -> None:
    """One a line, so a script can go through them."""
    assert pratique("list")[1].split() == list(LISTED)


@pytest.mark.parametrize("kind", LISTED)
def test_json_says_the_same_as_the_lines(pratique: Run, kind: str) -> None:
    """Name and summary of every unit."""
    lines = pratique("list", kind)[1].splitlines()
    units = json.loads(pratique("list", kind, "-o", "json")[1])["units"]

    shown = [line.strip() for line in lines if line.startswith(" ") or not units[0]["group"]]
    assert {unit["kind"] for unit in units} == {kind}
    for unit in units:
        named = [line for line in shown if unit["name"] in line.replace(",", " ").split()]
        told = any(line.endswith(unit["summary"]) for line in named)
        assert told or (named and unit["group"] == "programs")


def test_units_of_a_folder_stand_below_what_it_is_for(pratique: Run) -> None:
    """A long list is read by its headings; very many of one sort are names only."""
    lines = pratique("list", "extractors")[1].splitlines()

    assert (
        "PYTHON  Read packages of Python: what pip installed and what its lockfiles pin." in lines
    )
    assert all(len(line) <= 80 for line in lines if "nginx" in line)
    assert len(lines) < 160


def test_json_without_a_kind_has_all(pratique: Run) -> None:
    """Every unit of every kind in one document."""
    units = json.loads(pratique("list", "-o", "json")[1])["units"]

    assert {unit["kind"] for unit in units} == set(LISTED)
    watched = sum(len(list(summaries(kind))) for kind in WATCHED)
    assert len(units) == sum(len(registry.load(kind)) for kind in KINDS) + watched
    assert {"reverse-shell", "container-to-node", "seccomp"} <= {unit["name"] for unit in units}


def test_a_plugin_is_marked_and_not_run(
    pratique: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its package is named; a module that would fail is not even imported."""
    site = plugin.install(
        tmp_path / "site", "acme-units", {"extractors:acme-boom": "acme_boom"}, acme_boom="1 / 0\n"
    )
    monkeypatch.syspath_prepend(str(site))

    assert "acme-boom" in pratique("list", "extractors")[1]
    units = json.loads(pratique("list", "extractors", "-o", "json")[1])["units"]
    assert [unit["plugin"] for unit in units if unit["plugin"]] == ["acme-units 2.5"]


def test_an_unknown_kind_names_the_known(pratique: Run) -> None:
    """The hint lists what can be asked for."""
    code, _, err = pratique("list", "tea")

    assert code == 2
    assert "kinds: sources, extractors" in err
