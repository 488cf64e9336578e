import pytest
from hypothesis import given

from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.rpmdb.header import RpmRecord
from pratique.formats.packages.rpmdb.manifest import parse_manifest
from pratique.kit.limits import Limits
from pratique.model.errors import LimitExceeded
from tests.makers import rpmdb as make
from tests.makers.mutation import damaged

SAMPLE = make.manifest(
    [
        {"name": "glibc", "evr": "2.35-3.cm2", "source": "glibc-2.35-3.cm2.src.rpm"},
        {"name": "openssl-libs", "evr": "1.1.1k-20.cm2", "epoch": "1", "arch": "aarch64"},
    ]
)


def test_packages_are_read() -> None:
    """Epoch 0 counts as none."""
    first, second = (item for item in parse_manifest(SAMPLE) if isinstance(item, RpmRecord))

    assert (first.name, first.evr, first.arch) == ("glibc", "2.35-3.cm2", "x86_64")
    assert (first.source_rpm, first.vendor) == ("glibc-2.35-3.cm2.src.rpm", "Microsoft Corporation")
    assert (second.evr, second.arch, second.source_rpm) == ("1:1.1.1k-20.cm2", "aarch64", "")


@pytest.mark.parametrize(
    "line", [b"glibc\t2-1\n", b"a b" + b"\t1-1" * 9 + b"\n", b"\t" * 9 + b"\n"]
)
def test_another_line_is_damaged(line: bytes) -> None:
    """The lines around it stand."""
    found = list(parse_manifest(SAMPLE + line + SAMPLE))

    assert [isinstance(item, Damaged) for item in found] == [False, False, True, False, False]


def test_lines_are_bounded() -> None:
    """More packages than the limit are refused."""
    with pytest.raises(LimitExceeded):
        list(parse_manifest(SAMPLE, Limits(packages=1)))


@given(damaged([SAMPLE]))
def test_any_bytes_are_read(content: bytes) -> None:
    """Nothing escapes, whatever the lines."""
    list(parse_manifest(content))
