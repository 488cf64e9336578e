"""Prove the laws that every version order must keep."""

import importlib
import pkgutil
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pratique.formats.versions as folder
from pratique.formats.versions import order
from pratique.formats.versions._text import MAX_CHARS
from pratique.model.errors import FormatError

ECOSYSTEMS = {name: eco for eco, name in reversed(order.ORDERS.items())}
"""One ecosystem for each order."""

PIECES = st.sampled_from(
    [*"0019.-_+~^:abpr", "10", "rc", "alpha", "-r1", "_p1", "dev", "v", "0.0", "final", "sp", "-1"]
)
VERSIONS = st.one_of(
    st.lists(PIECES, min_size=1, max_size=8).map("".join),
    st.from_regex(
        r"[0-9]{1,2}(\.[0-9]{1,2}){0,3}([-~+.](rc|a|b|x)[0-9]?)?(-[0-9])?", fullmatch=True
    ),
)


def keyed(ecosystem: str, versions: list[str]) -> list[order.Key]:
    """Return the keys of those that are versions."""
    keys = []
    for version in versions:
        try:
            keys.append(order.key_for(ecosystem)(version))
        except FormatError:
            continue
    return keys


@pytest.mark.parametrize("name", sorted(ECOSYSTEMS))
@given(versions=st.lists(VERSIONS, min_size=2, max_size=4))
def test_keys_are_a_total_order(name: str, versions: list[str]) -> None:
    """Exactly one of <, =, > holds for two keys, and < is transitive."""
    keys = keyed(ECOSYSTEMS[name], versions)
    for a, b in product(keys, keys):
        assert (a < b) + (a == b) + (b < a) == 1
        if a == b:
            assert hash(a) == hash(b)
    for a, b, c in product(keys, keys, keys):
        if a < b and b < c:
            assert a < c
        if a == b and b < c:
            assert a < c


@pytest.mark.parametrize("name", sorted(ECOSYSTEMS))
@given(a=VERSIONS, b=VERSIONS)
def test_compare_is_antisymmetric_and_agrees_with_the_keys(name: str, a: str, b: str) -> None:
    """compare(a, b) == -compare(b, a), and 0 exactly when the keys are equal."""
    ecosystem = ECOSYSTEMS[name]
    try:
        answer = order.compare(ecosystem, a, b)
    except FormatError:
        return
    key = order.key_for(ecosystem)
    assert order.compare(ecosystem, b, a) == -answer
    assert (answer == 0) == (key(a) == key(b))


@pytest.mark.parametrize("name", sorted(ECOSYSTEMS))
@given(text=st.text(max_size=40))
def test_any_text_is_a_key_or_a_format_error(name: str, text: str) -> None:
    """No text raises anything but FormatError."""
    try:
        order.key_for(ECOSYSTEMS[name])(text)
        order.check_installed(ECOSYSTEMS[name], text)
    except FormatError:
        pass


@pytest.mark.parametrize("name", sorted(ECOSYSTEMS))
@pytest.mark.parametrize(
    "text", ["", " ", "1 2", "1\n", "\x00", "1" * (MAX_CHARS + 1), "(devel)\t"]
)
def test_what_is_no_version_is_refused(name: str, text: str) -> None:
    """Empty, spaced, overlong text and control characters are refused by every order."""
    with pytest.raises(FormatError):
        order.key_for(ECOSYSTEMS[name])(text)


@pytest.mark.parametrize("name", sorted(ECOSYSTEMS))
def test_the_longest_version_has_a_small_key(name: str) -> None:
    """A version at the bound is handled at once, whatever it is made of."""
    for piece in ("1.", "1a", "-1", "~1", "_p1", "0", "9", "a", ".0-"):
        keyed(ECOSYSTEMS[name], ["1" + (piece * MAX_CHARS)[: MAX_CHARS - 1]])


def test_every_module_is_an_order_of_some_ecosystem() -> None:
    """The table names the modules of the folder, all of them, and each knows its own name."""
    modules = {info.name for info in pkgutil.iter_modules(folder.__path__)}
    found = {name for name in modules if not name.startswith("_")} - {"order"}
    assert found == set(order.ORDERS.values())
    for name in found:
        assert name == importlib.import_module(f"{folder.__name__}.{name}").NAME


def test_an_ecosystem_without_an_order_is_said_aloud() -> None:
    """No order is invented."""
    with pytest.raises(FormatError, match="no version order"):
        order.key_for("Plan 9")


def test_an_installed_version_is_judged_by_its_own_tool() -> None:
    """Legacy Python versions and Composer branches are placed in advisories, never installed."""
    for ecosystem, version in (("PyPI", "unknown"), ("Packagist", "dev-main"), ("Alpine", "1.2-r")):
        order.key_for(ecosystem)(version)
        with pytest.raises(FormatError):
            order.check_installed(ecosystem, version)
    order.check_installed("Debian:12", "1:2.3-4")
