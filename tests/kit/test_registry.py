"""A folder's listing is its registration: nothing else has to be kept in step."""

from pathlib import Path

import pytest

import pratique
from pratique.kit import registry
from pratique.model.errors import UsageError

UNIT = '"""Do one thing.\n\nMore of it."""\n\nNAME = "{name}"\n'


@pytest.fixture
def family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """Return an empty folder that is the package ``pratique.<its name>`` during one test."""
    name = "family_" + request.node.name.removeprefix("test_")[:40]
    monkeypatch.setattr(pratique, "__path__", [*pratique.__path__, str(tmp_path)])
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    return folder


def test_a_new_file_is_a_new_unit(family: Path) -> None:
    """One file is all that it takes, also in a folder below."""
    (family / "one.py").write_text(UNIT.format(name="one"))
    (family / "kind").mkdir()
    (family / "kind/__init__.py").write_text("")
    (family / "kind/two.py").write_text(UNIT.format(name="kind/two"))

    assert sorted(registry.load(family.name)) == ["kind/two", "one"]


def test_the_interface_and_private_files_are_no_units(family: Path) -> None:
    """What units share can lie beside them."""
    for name in ("interface", "_shared"):
        (family / f"{name}.py").write_text(UNIT.format(name=name))

    assert registry.modules(family.name) == ()


def test_a_module_without_a_name_is_no_unit(family: Path) -> None:
    """A module that serves units is listed as module, not loaded as unit."""
    (family / "serving.py").write_text('"""Serve."""\n')

    assert registry.load(family.name) == {}


def test_two_units_cannot_have_one_name(family: Path) -> None:
    """A clash is an error that names the name, not a silent overwriting."""
    for file in ("one", "two"):
        (family / f"{file}.py").write_text(UNIT.format(name="same"))

    with pytest.raises(UsageError, match="same"):
        registry.load(family.name)


def test_the_order_is_that_of_the_names(family: Path) -> None:
    """The listing does not depend on the file system."""
    for file in ("c", "a", "b"):
        (family / f"{file}.py").write_text(UNIT.format(name=file))

    assert [name.rpartition(".")[2] for name in registry.modules(family.name)] == ["a", "b", "c"]


def test_the_summary_is_the_first_line(family: Path) -> None:
    """The same line stands in `pratique list`, in `explain` and in the reference."""
    (family / "one.py").write_text(UNIT.format(name="one"))

    assert registry.summary(registry.load(family.name)["one"]) == "Do one thing."
