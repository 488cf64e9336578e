"""Read how conda writes addresses and specifications."""

import pytest

from pratique.extractors.conda._conda import (
    archive_of,
    channel_of,
    conda_url,
    is_subdir,
    names_of,
    runs_on_linux,
)


@pytest.mark.parametrize(
    "url", ["", "https://x/a.zip", "https://x/linux-64/a-1.conda", "https://x/-1-0.tar.bz2"]
)
def test_what_is_no_archive(url: str) -> None:
    """Name, version and build are needed, and an ending of conda's."""
    assert archive_of(url) is None


def test_names_with_dashes_are_split_from_the_right() -> None:
    """Versions and builds have none."""
    found = archive_of("https://repo.anaconda.com/pkgs/main/linux-64/a-b-c-1.0-h1_2.tar.bz2#00")

    assert found is not None
    assert (found.name, found.version, found.build) == ("a-b-c", "1.0", "h1_2")
    assert (found.subdir, found.channel) == ("linux-64", "main")


def test_channels_are_short_names() -> None:
    """Of an address with or without its platform, or of nothing."""
    assert channel_of("conda-forge", "") == "conda-forge"
    assert channel_of("https://conda.anaconda.org/conda-forge/", "") == "conda-forge"
    assert channel_of(None, "") == channel_of({"name": "x"}, "") == ""


def test_platforms() -> None:
    """An unknown one may run on Linux."""
    assert is_subdir("osx-arm64")
    assert not is_subdir("main")
    assert [runs_on_linux(one) for one in ("linux-64", "noarch", "", "win-64")] == [
        True,
        True,
        True,
        False,
    ]


def test_an_address_without_an_archive_has_no_type() -> None:
    """Names and qualifiers stand as they are."""
    assert conda_url("a_b", "1", {"build": "0"}) == "pkg:conda/a_b@1?build=0"


def test_names_in_specifications() -> None:
    """Without channels, versions and brackets; virtual packages are the system's."""
    wanted = ["a>=1", "c::b=1", "d[version='>1']", "__osx", "", "e <2"]

    assert names_of(wanted) == ("a", "b", "d", "e")
