"""Laws: versions compare as their ecosystem does; what cannot be compared lies in no range."""

import pytest
from msgspec.structs import replace

from pratique.model.errors import FormatError
from pratique.model.package import PackageType, Purl
from pratique.policy.version_range import in_range, parse_range
from tests.policy.cases import OPENSSL


@pytest.mark.parametrize(
    ("kind", "version", "text", "inside"),
    [
        ("deb", "1.0~rc1-1", "<1.0", True),
        ("deb", "1:1.0", "<2", False),
        ("pypi", "1.10", ">1.9, <2", True),
        ("npm", "2.0.0-beta", "<2.0.0", True),
        ("npm", "2.0.0", "!=2.0.0", False),
        ("npm", "1.2.3", "1.2.3", True),
        ("npm", "not a version", "<99", False),
        ("npm", "1.0.0", "<not,a,version", False),
    ],
)
def test_ranges(kind: str, version: str, text: str, inside: bool) -> None:
    purl = Purl(f"pkg:{kind}/x@{version}")
    package = replace(OPENSSL, type=PackageType(kind), version=version, purl=purl)
    assert in_range(package, text) is inside


@pytest.mark.parametrize("text", ["", "~1", ">=", "1 2", "<1,,"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        parse_range(text)
