"""Names are spelt the one way their ecosystem compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.feeds.package_names import MAX_CHARS, normal_name


@pytest.mark.parametrize(
    ("ecosystem", "name", "spelt"),
    [
        ("PyPI", "Zope.Interface", "zope-interface"),
        ("PyPI", "ruamel__yaml-.x", "ruamel-yaml-x"),
        ("NuGet", "Newtonsoft.Json", "newtonsoft.json"),
        ("Packagist", "Symfony/Http-Kernel", "symfony/http-kernel"),
        ("npm", "JSONStream", "JSONStream"),
        ("Maven", "org.apache:Log4j", "org.apache:Log4j"),
        ("Debian:12", "libX11", "libX11"),
        ("GitHub Actions", "Actions/Checkout", "actions/checkout"),
        ("SwiftURL", "https://GitHub.com/apple/Swift-NIO.git", "github.com/apple/Swift-NIO"),
    ],
)
def test_each_ecosystem_has_its_rule(ecosystem: str, name: str, spelt: str) -> None:
    """What the registry holds for one package gets one spelling; all else stays as it is."""
    assert normal_name(ecosystem, name) == spelt


@given(st.sampled_from(["PyPI", "NuGet", "npm", "SwiftURL", "Debian:12"]), st.text(max_size=600))
def test_spelling_is_stable(ecosystem: str, name: str) -> None:
    """Spelling a spelt name changes nothing, except where a suffix stood twice; it is bounded."""
    once = normal_name(ecosystem, name)

    assert len(once) <= 4 * MAX_CHARS  # one character may become several in lower case
    if ecosystem != "SwiftURL":
        assert normal_name(ecosystem, once) == once or len(name) > MAX_CHARS
