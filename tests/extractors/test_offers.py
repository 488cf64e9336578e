"""Tell what an OS package says it holds."""

import pytest

from pratique.extractors._offers import debian_names, is_offered
from pratique.model.package import PackageType
from tests.makers.lookup import package

OWNER = package(PackageType.DEB, "node-got", "11.8.5+~cs58.13.36-3")


@pytest.mark.parametrize(
    ("kind", "name", "version", "offer", "same"),
    [
        (PackageType.NPM, "cacheable-request", "7.0.2", ("node-cacheable-request", "7.0.2"), True),
        (PackageType.NPM, "cacheable-request", "7.0.3", ("node-cacheable-request", "7.0.2"), False),
        (PackageType.NPM, "cacheable", "7.0.2", ("node-cacheable-request", "7.0.2"), False),
        (PackageType.NPM, "@types/keyv", "3.1.4", ("node-types-keyv", "3.1.4"), True),
        (PackageType.NPM, "@types/keyv", "3.1.4", ("node-types-keyv", "3.1.4+~cs1-2"), True),
        (PackageType.GEM, "cacheable-request", "7.0.2", ("node-cacheable-request", "7.0.2"), False),
        (PackageType.GEM, "net_http", "0.2.0", ("ruby-net-http", "0.2.0"), True),
        (PackageType.PYPI, "Attrs", "22.2.0", ("python3-attrs", "22.2"), True),
        (PackageType.CARGO, "libc", "1", ("node-libc", "1"), False),
        (PackageType.NPM, "x", "not a version", ("node-x", "1.0"), False),
        (PackageType.NPM, "x", "1.0.0", ("node-x", "no version"), False),
    ],
)
def test_name_and_version_must_be_those_of_an_offer(
    kind: PackageType, name: str, version: str, offer: tuple[str, str], same: bool
) -> None:
    """In the spelling of Debian's policy, and in the order of the language."""
    assert is_offered(OWNER, package(kind, name, version), [("other", "1"), offer]) is same


def test_only_dpkg_writes_them_so() -> None:
    """The names are those of Debian's policy: an offer of another distribution means another thing."""
    rpm = package(PackageType.RPM, "nodejs", "18.0-1")
    assert not is_offered(rpm, package(PackageType.NPM, "x", "1.0.0"), [("node-x", "1.0.0")])


def test_a_type_without_a_policy_has_no_name() -> None:
    """Nothing is guessed."""
    assert list(debian_names(package(PackageType.GOLANG, "x", "v1"))) == []
