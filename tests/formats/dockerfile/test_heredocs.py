"""What announces a here-document, and what does not."""

import pytest

from pratique.formats.dockerfile.heredocs import announced
from pratique.formats.dockerfile.tree import Folded


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("cat <<EOF > x", ["EOF"]),
        ("<<'E F' x", []),
        ("<<E<<F", []),
        ("'<<E'", []),
        ("a<<E", []),
        ("<<< x", []),
        ("<<-E 3<<F", ["E", "F"]),
        ("<< E", []),
    ],
)
def test_announcements(text: str, names: list[str]) -> None:
    assert [one.name for one in announced(Folded(text, ((0, 0),)), "\\")] == names


def test_any_quote_keeps_the_body_as_it_is() -> None:
    said = announced(Folded('<<"A" <<B"C" <<\\D <<E', ((0, 0),)), "\\")
    assert [(one.name, one.expand) for one in said] == [
        ("A", False),
        ("BC", False),
        ("D", False),
        ("E", True),
    ]
