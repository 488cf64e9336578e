"""A folder's listing is its registration: nothing else has to be kept in step."""

from pathlib import Path

import pytest

import pratique
from pratique.kit import registry
from pratique.model.errors import FormatError, UsageError
from tests.makers import plugin

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


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder of installed packages."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_plugins_are_named_without_being_imported(site: Path) -> None:
    """Name, package and version come from the metadata; the module may be broken."""
    plugin.install(site, "acme", {"reports:boom": "acme_never_imported"})
    (found,) = registry.plugins("reports")

    assert str(found) == "plugin 'boom' of acme 2.5"
    assert "boom" not in registry.load("reports")


def test_a_plugin_keeps_the_interface_and_is_documented(site: Path) -> None:
    """What is loaded has all attributes, and its docstring for listings."""
    plugin.install(site, "acme", {"reports:acme-count": "acme_fine"}, acme_fine=plugin.REPORT)
    unit = registry.load_plugins("reports", ("MEDIA_TYPE", "render"))["acme-count"]

    assert unit.MEDIA_TYPE == "text/plain"
    assert registry.summary(unit) == "Count the packages."


@pytest.mark.parametrize(
    ("name", "source", "words"),
    [
        ("boom", "1 / 0", "ZeroDivisionError"),
        ("absent", None, "ModuleNotFoundError"),
        ("nameless", "VERSION = 1", "lacks NAME"),
        ("half", "NAME = 'half'", "lacks render"),
        ("other", "NAME = 'another'\ndef render(): ...", "another name than its own"),
        ("json", "NAME = 'json'\ndef render(): ...", "another unit of reports has this name"),
    ],
)
def test_a_plugin_that_cannot_be_used_is_named(
    site: Path, name: str, source: str | None, words: str
) -> None:
    """The error says which plugin of which package, and what is wrong with it."""
    module = f"acme_bad_{name}"
    plugin.install(
        site, "acme", {f"reports:{name}": module}, **({module: source} if source else {})
    )

    with pytest.raises(registry.PluginError, match=words) as caught:
        registry.load_plugins("reports", ("render",))
    assert str(caught.value).startswith(f"plugin '{name}' of acme 2.5")
    assert "--plugins" in caught.value.hint()


def test_what_a_plugin_raises_is_said_in_its_name(site: Path) -> None:
    """A crash of a third party is no bug of ours; a refusal of the right kind passes unchanged."""
    source = (
        "from pratique.model.errors import FormatError\n"
        "NAME = 'clumsy'\n"
        "def render(good): raise FormatError('cut short') if good else KeyError('x')\n"
    )
    plugin.install(site, "acme", {"reports:clumsy": "acme_clumsy"}, acme_clumsy=source)
    unit = registry.load_plugins("reports")["clumsy"]

    with pytest.raises(registry.PluginError, match="failed: KeyError"):
        unit.render(good=False)
    with pytest.raises(FormatError, match="cut short"):
        unit.render(good=True)


def test_closed_families_take_no_plugins(site: Path) -> None:
    """Sources, feeds and matchers decide what a result means: their lists are closed."""
    plugin.install(site, "acme", {"matchers:mine": "acme_matcher"})

    assert registry.plugins("matchers") == ()
    assert registry.load_plugins("matchers") == {}
