"""List the feeds that speak of unfixed flaws too."""

import pytest

from pratique.kit import registry
from pratique.matchers._comprehensive import COMPREHENSIVE, is_comprehensive


def test_the_table_names_feeds_and_shards_that_there_are() -> None:
    """Every feed is a unit, and it has data for that distribution."""
    feeds = registry.load("advisories")
    for base, names in COMPREHENSIVE.items():
        for name in names:
            assert base in feeds[name].SHARDS or feeds[name].SHARDS == ("*",)


@pytest.mark.parametrize(
    ("ecosystem", "feed"),
    [
        ("Alpine:v3.20", "alpine-secdb"),
        ("Wolfi", "osv"),
        ("SUSE:Linux Enterprise Server 15 SP5", "osv"),
        ("Amazon Linux:2023", "amazon"),
        ("AlmaLinux:9", "osv"),
        ("Rocky Linux:9", "osv"),
        ("Oracle Linux:9", "oracle"),
        ("Photon OS:5.0", "photon"),
        ("Red Hat:enterprise_linux:9::baseos", "osv"),
        ("Fedora:40", "osv"),
    ],
)
def test_who_publishes_fixes_only_is_not_listed(ecosystem: str, feed: str) -> None:
    """Their silence and an old fix look the same."""
    assert not is_comprehensive(ecosystem, feed)
