"""Name the advisory data of packages of languages."""

import pytest

from pratique.formats.language_ecosystem import ECOSYSTEMS, ecosystem_of, full_name
from pratique.formats.versions.order import key_for
from pratique.model.package import PackageType
from tests.makers.lookup import package


@pytest.mark.parametrize(
    ("kind", "name", "purl", "full"),
    [
        (PackageType.NPM, "core", "pkg:npm/%40babel/core@7.0.0", "@babel/core"),
        (PackageType.NPM, "@babel/core", "pkg:npm/%40babel/core@7.0.0", "@babel/core"),
        (PackageType.GOLANG, "github.com/A/b", "pkg:golang/github.com/a/b@v1#s", "github.com/A/b"),
        (PackageType.GOLANG, "b", "pkg:golang/github.com/a/b@v1?type=module", "github.com/a/b"),
        (PackageType.MAVEN, "y", "pkg:maven/org.x/y@1", "org.x:y"),
        (PackageType.MAVEN, "org.x:y", "pkg:maven/org.x/y@1", "org.x:y"),
        (
            PackageType.COMPOSER,
            "http-kernel",
            "pkg:composer/symfony/http-kernel@1",
            "symfony/http-kernel",
        ),
        (PackageType.PYPI, "Zope.Interface", "pkg:pypi/zope-interface", "Zope.Interface"),
        (PackageType.PYPI, "", "pkg:pypi/six", "six"),
        (PackageType.PYPI, "six", "something else", "six"),
    ],
)
def test_the_name_is_the_packages_own_and_the_rest_the_purls(
    kind: PackageType, name: str, purl: str, full: str
) -> None:
    """A package URL fills in the namespace, and never changes how the name is written."""
    assert full_name(package(kind, name, "1", purl=purl)) == full


def test_every_ecosystem_has_an_order() -> None:
    """What is looked up can be compared."""
    for name in ECOSYSTEMS.values():
        key_for(name)


def test_what_has_no_data_has_no_ecosystem() -> None:
    """Conda packages are not taken for the Python projects of their names."""
    for kind in (PackageType.CONDA, PackageType.CPAN, PackageType.GENERIC, PackageType.DEB):
        assert ecosystem_of(package(kind, "requests", "1")) == ""
