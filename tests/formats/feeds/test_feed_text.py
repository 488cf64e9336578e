"""Text of feeds is bounded and tidy."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.feeds.feed_text import cut, cves_in, cwes_in, is_cve, links, unique


@given(st.text(), st.integers(1, 50))
def test_cut_text_fits(text: str, most: int) -> None:
    """What comes out is never longer than asked."""
    assert len(cut(text, most)) <= most


def test_names_once_in_order() -> None:
    """Doubles and empty names go, order stays, at most as many as asked."""
    assert unique(["b", "", "a", "b", "c"], 2) == ("b", "a")


def test_only_web_addresses_are_links() -> None:
    """A reference that is no http address is left out."""
    found = links([" https://a.example ", "javascript:x", "http://b.example", "https://a.example"])

    assert found == ("https://a.example", "http://b.example")


def test_ids_in_text() -> None:
    """CVE and CWE ids are found where they stand."""
    assert cves_in("fix CVE-2026-1001, CVE-2026-1001 and CVE-1") == ("CVE-2026-1001",)
    assert cwes_in(["CWE-79 XSS", "NVD-CWE-noinfo"]) == ("CWE-79",)
    assert not is_cve("CVE-2026-1001 ")
