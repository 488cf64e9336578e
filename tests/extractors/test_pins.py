"""Gather the packages that one file pins."""

import pytest

from pratique.extractors._pins import Pin, Pins
from pratique.kit.limits import Limits
from pratique.model.errors import LimitExceeded
from pratique.model.package import PackageType, Scope


def _pin(name: str, version: str = "1", **more: object) -> Pin:
    return Pin(type=PackageType.PYPI, name=name, version=version, **more)  # type: ignore[arg-type]


def test_one_package_in_several_entries_is_one() -> None:
    """In the scope that reaches furthest, with all needs and licences, under its first name."""
    pins = Pins("x")
    pins.add(_pin("A.b", scope=Scope.DEVELOPMENT, depends=("c",), licences=("MIT",)))
    pins.add(_pin("a-B", scope=Scope.OPTIONAL, depends=("d",), unpublished=True))
    pins.add(_pin("c"))
    pins.add(_pin("D", "2"))

    first = pins.done().packages[0]

    assert (first.name, first.scope, first.licences) == ("A.b", Scope.OPTIONAL, ("MIT",))
    assert first.depends == ("D", "c")
    assert not first.unpublished


def test_names_are_folded_where_the_ecosystem_does() -> None:
    """Conda has two packages where PyPI has one."""
    pins = Pins("x")
    for kind in (PackageType.PYPI, PackageType.CONDA):
        for name in ("a_b", "a-b"):
            pins.add(Pin(type=kind, name=name, version="1"))

    found = [(str(one.type), one.name) for one in pins.done().packages]

    assert found == [("conda", "a-b"), ("conda", "a_b"), ("pypi", "a_b")]


def test_a_need_of_one_version_is_told_so() -> None:
    """One that the file has not is left out."""
    pins = Pins("x")
    pins.add(_pin("a", depends=("b@1", "b@3", "gone")))
    pins.add(_pin("b", "1"))
    pins.add(_pin("b", "2"))

    assert pins.done().packages[0].depends == ("b@1",)


def test_what_is_no_name_or_version_is_counted() -> None:
    """Once for the file, with the first of them."""
    pins = Pins("x")
    pins.add(_pin("a b"))
    pins.add(_pin("a", ""))
    pins.leave_out("third\n")

    (unknown,) = pins.done().unknowns

    assert unknown.reason == "3 entries were not understood, the first: 'a b 1'"
    assert unknown.unit == "x"


def test_packages_and_needs_are_bounded() -> None:
    """Together, for one file."""
    pins = Pins("x", Limits(packages=1, dependencies=2))
    pins.add(_pin("a", depends=("b", "c")))

    with pytest.raises(LimitExceeded):
        pins.add(_pin("b"))
    with pytest.raises(LimitExceeded):
        pins.add(_pin("a", depends=("d",)))
