"""A quoted text is the text again for YAML."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.detections.baseline.profiles._quoting import quoted
from pratique.formats.documents.yaml import parse_yaml


@given(st.text())
def test_round_trip(text: str) -> None:
    found = quoted(text)
    valid = text.encode("utf-16", "replace").decode("utf-16", "replace")
    assert parse_yaml(f"- {found}".encode()) == [valid]
    assert found.isascii()
    assert found.isprintable()


def test_a_hostile_text_stays_in_its_quotes() -> None:
    assert parse_yaml(("- " + quoted('a"b\n: #')).encode()) == ['a"b\n: #']
