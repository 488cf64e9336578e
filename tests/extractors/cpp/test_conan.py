"""Read Conan's references."""

import pytest

from pratique.extractors.cpp._conan import pin_of
from pratique.model.package import Scope


@pytest.mark.parametrize("reference", ["", "a", "a/", "/1", "a/[>1]", "a b/1"])
def test_what_is_no_reference_to_one_version(reference: str) -> None:
    """Name and version are needed."""
    assert pin_of(reference, Scope.RUNTIME) is None


def test_users_that_stand_for_none() -> None:
    """Conan 1 writes underscores."""
    pin = pin_of("a/1@_/_", Scope.DEVELOPMENT)

    assert pin is not None
    assert (pin.purl, pin.scope) == ("pkg:conan/a@1", Scope.DEVELOPMENT)
