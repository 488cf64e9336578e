import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.beam import mix_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives


def test_a_package_may_have_another_name_than_its_application() -> None:
    """Needs are named by package, too; old entries are shorter."""
    text = """%{
      "app": {:hex, :real_name, "1.0.0", "x", [:mix], [{:old, "~> 1.0", [hex: :dep, repo: "hexpm"]}], "hexpm"},
      "dep": {:hex, :dep, "1.2.3"}
    }"""
    found = mix_lock.extract_file(layer_file("srv/mix.lock", text)).packages

    assert [(p.name, p.version, p.depends) for p in found] == [
        ("dep", "1.2.3", ()),
        ("real_name", "1.0.0", ("dep",)),
    ]


def test_a_source_nobody_knows_is_said() -> None:
    """It becomes an Unknown; git is known to state no version."""
    text = '%{"a": {:svn, "x", "1"}, "b": {:git, "https://x", "1", []}, "c": "1.0"}'
    found = mix_lock.extract_file(layer_file("srv/mix.lock", text))

    assert found.packages == ()
    assert [u.reason[:13] for u in found.unknowns] == ["2 entries wer"]


@pytest.mark.parametrize("text", ["", "hello", "{:a}", "%{"])
def test_what_is_no_lock_file_is_a_format_error(text: str) -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        mix_lock.extract_file(layer_file("srv/mix.lock", text))


@given(mutated(*samples("mix_lock")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(mix_lock, "srv/mix.lock", content)
