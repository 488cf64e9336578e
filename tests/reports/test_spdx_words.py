from pratique.reports._spdx_words import declared, element_id, source_info
from tests.makers import report as made


def test_identifiers_differ_where_their_content_does():
    """Names that become equal in SPDX's alphabet are told apart by a hash."""
    assert element_id("Package-a+b", "a+b") != element_id("Package-a b", "a b")
    assert element_id("", "x").isalnum()


def test_licences_apply_together():
    """Several are joined, each once; an alternative is bracketed; words become references."""
    custom: dict[str, str] = {}
    assert (
        declared(("MIT", "MIT", "GPL-2.0+ or Zlib"), custom) == "MIT AND (GPL-2.0-or-later OR Zlib)"
    )
    assert custom == {}
    reference = declared(("Public Domain!",), custom)
    assert custom == {reference: "Public Domain!"}
    assert declared((" ", ""), custom) == ""


def test_the_source_is_said_where_it_is_known():
    """The words are those that Syft and Trivy use, so other readers understand them."""
    assert source_info(made.PACKAGES[3]) == "built package from: curl 7.88.1-10+deb12u5"
    assert source_info(made.LANGUAGES[1]) == ""
