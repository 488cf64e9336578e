import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.beam import rebar_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives


def test_the_old_form_is_a_list_alone() -> None:
    """Before rebar3 3.1 there was no version around it."""
    text = '[{<<"a">>,{pkg,<<"hex_a">>,<<"1.0">>},0},{<<"b">>,{git,"x",{ref,"1"}},1}].\n'
    found = rebar_lock.extract_file(layer_file("srv/rebar.lock", text))

    assert [(p.name, p.version) for p in found.packages] == [("hex_a", "1.0")]
    assert found.unknowns == ()


def test_no_dependencies_are_no_packages() -> None:
    """An empty list is a lock file."""
    assert rebar_lock.extract_file(layer_file("srv/rebar.lock", "[].\n")).packages == ()


def test_an_entry_nobody_knows_is_said() -> None:
    """It becomes an Unknown."""
    found = rebar_lock.extract_file(layer_file("srv/rebar.lock", '[{<<"a">>,{what},0}].\n'))

    assert len(found.unknowns) == 1


@pytest.mark.parametrize("text", ["", "hello.", '{"1.2.0"}.', "["])
def test_what_is_no_lock_file_is_a_format_error(text: str) -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        rebar_lock.extract_file(layer_file("srv/rebar.lock", text))


@given(mutated(*samples("rebar_lock")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(rebar_lock, "srv/rebar.lock", content)
