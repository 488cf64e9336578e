"""The list answers to any case and to identifiers that were replaced."""

from pratique.licences._spdx import folded, listed


def test_old_identifiers_lead_to_the_new_ones() -> None:
    """``GPL-3.0`` was withdrawn in favour of ``-only``."""
    for name in ("GPL-3.0", "gpl-3.0-only"):
        found = listed(name)
        assert found is not None
        assert found.spdx == "GPL-3.0-only"


def test_exceptions_are_no_licences() -> None:
    """They are known as what they are, and never by a folded name."""
    found = listed("Classpath-exception-2.0")

    assert found is not None
    assert found.exception
    assert folded("classpath exception 2") is None
    assert listed("no such thing") is None
