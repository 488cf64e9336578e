"""`pratique list` shows the units of each kind, and plugins without running them."""

import json
from pathlib import Path

import pytest

from pratique.cli.listing import KINDS
from pratique.kit import registry
from tests.cli.scanning import Run
from tests.makers import plugin


def test_without_a_kind_the_kinds_are_listed(pratique: Run) -> None:
    """One a line, so a script can go through them."""
    assert pratique("list")[1].split() == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_json_says_the_same_as_the_lines(pratique: Run, kind: str) -> None:
    """Name and summary of every unit."""
    lines = pratique("list", kind)[1].splitlines()
    units = json.loads(pratique("list", kind, "-o", "json")[1])["units"]

    assert [line.split()[0] for line in lines] == [unit["name"] for unit in units]
    assert all(line.endswith(unit["summary"]) for line, unit in zip(lines, units, strict=True))
    assert {unit["kind"] for unit in units} == {kind}


def test_json_without_a_kind_has_all(pratique: Run) -> None:
    """Every unit of every kind in one document."""
    units = json.loads(pratique("list", "-o", "json")[1])["units"]

    assert {unit["kind"] for unit in units} == set(KINDS)
    assert len(units) == sum(len(registry.load(kind)) for kind in KINDS)


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
