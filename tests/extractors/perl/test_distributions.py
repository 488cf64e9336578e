"""Read names of distributions on CPAN."""

import pytest

from pratique.extractors.perl._distributions import author_of, split_distribution


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Moo-2.005005", ("Moo", "2.005005")),
        ("Math-BigInt-GMP-1.6011", ("Math-BigInt-GMP", "1.6011")),
        ("Foo-1.0_01", ("Foo", "1.0_01")),
        ("Foo-", ("Foo-", "")),
        ("Foo-v", ("Foo-v", "")),
        ("-1", ("-1", "")),
        ("", ("", "")),
    ],
)
def test_the_last_dash_before_a_digit_parts_them(text: str, parts: tuple[str, str]) -> None:
    """A v may stand before the digit."""
    assert split_distribution(text) == parts


def test_authors_stand_below_their_initials() -> None:
    """Other places on CPAN name none."""
    assert author_of("authors/id/S/SR/SRI/Mojo-1.tar.gz") == "SRI"
    assert author_of("S/XX/SRI/Mojo-1.tar.gz") == author_of("") == ""
