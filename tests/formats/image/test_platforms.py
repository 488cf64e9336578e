"""Platforms are compared and chosen as containerd does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.platforms import best, host_platform, normalised, parse_platform
from pratique.model.errors import UsageError
from pratique.model.image import Platform


def platforms(*texts):
    return [Platform(*text.split("/")) for text in texts]


@pytest.mark.parametrize(
    ("wanted", "offered", "position"),
    [
        ("linux/arm64", ["linux/amd64", "linux/arm64/v8"], 1),
        ("linux/arm64/v8", ["linux/arm64"], 0),
        ("linux/arm", ["linux/arm/v6", "linux/arm/v7", "linux/arm/v8"], 1),
        ("linux/arm/v7", ["linux/arm/v5", "linux/arm/v6"], 1),
        ("linux/arm/v6", ["linux/arm/v7"], None),
        ("linux/amd64", ["linux/amd64/v2", "linux/amd64"], 1),
        ("linux/amd64", ["linux/amd64/v3", "linux/amd64/v2"], 1),
        ("linux/amd64/v3", ["linux/amd64", "linux/amd64/v2"], 1),
        ("linux/amd64", ["windows/amd64"], None),
        ("linux/amd64", ["linux/amd64", "linux/amd64"], 0),
        ("linux/386", ["linux/amd64"], None),
        ("linux/amd64", [], None),
    ],
)
def test_best(wanted, offered, position):
    """Exact first, then the best the processor runs, the first of equals."""
    assert best(*platforms(wanted), platforms(*offered)) == position


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("linux/arm64", "linux/arm64"),
        ("arm/v7", "linux/arm/v7"),
        ("x86_64", "linux/amd64"),
        ("armv6l", "linux/arm/v6"),
        ("Windows/AMD64", "windows/amd64"),
    ],
)
def test_parsed(text, platform):
    """Short forms and names of `uname -m` are understood."""
    assert str(parse_platform(text)) == platform


@pytest.mark.parametrize("text", ["", "/", "linux", "Windows", "linux/", "a/b/c/d", "linux/\n"])
def test_refused(text):
    """Anything else is a usage error."""
    with pytest.raises(UsageError):
        parse_platform(text)


def test_host():
    """What `uname -m` may say is a platform."""
    assert [str(host_platform(name)) for name in ("aarch64", "riscv64", "")] == [
        "linux/arm64",
        "linux/riscv64",
        "linux/amd64",
    ]


PARTS = st.builds(
    Platform,
    st.sampled_from(["linux", "windows"]),
    st.sampled_from(["amd64", "arm64", "arm", "386", "x86_64"]),
    st.sampled_from(["", "v1", "v2", "v7", "v8", "8", "vx", "v9999999"]),
)


@given(PARTS, st.lists(PARTS, max_size=5))
def test_best_is_among_what_is_offered(wanted, offered):
    """A choice has the wanted system and processor; an exact match is always found."""
    position = best(wanted, offered)

    if position is not None:
        asked, given_ = normalised(wanted), normalised(offered[position])
        assert (asked.os, asked.architecture) == (given_.os, given_.architecture)
    assert best(wanted, [*offered, wanted]) is not None
