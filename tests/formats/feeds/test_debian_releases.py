"""Code names and numbers of Debian's releases."""

from pratique.formats.feeds.debian_releases import RELEASES, ecosystem_of


def test_numbers_rise_by_one() -> None:
    """Debian has numbered its releases without a gap since wheezy."""
    numbers = [int(number) for number in RELEASES.values()]

    assert numbers == list(range(7, 7 + len(numbers)))


def test_what_is_not_known_stands_for_itself() -> None:
    """A release named after this was written is looked up under its own name, not dropped."""
    assert ecosystem_of("sid") == "Debian:sid"
    assert ecosystem_of("zurg") == "Debian:zurg"
