from msgspec.structs import replace

from pratique.reports import _html_parts as parts
from tests.makers import report as made


def test_text_is_bounded_and_harmless():
    """Long strings are cut; quotes cannot end an attribute."""
    assert len(parts.text("x" * 9000)) == 2000
    assert parts.text("\"'\x1b") == "&quot;&#x27;\ufffd"


def test_only_web_addresses_become_links():
    """A reference of another kind is no link."""
    finding = replace(made.findings()[0], evidence=(), references=("javascript:alert(1)",))
    assert "href" not in "".join(parts.findings([finding]))


def test_severity_sorts_by_rank():
    """The column of grades carries a key: critical before high before unknown."""
    rows = "".join(parts.findings(made.findings()[:10]))
    assert rows.index('data-key="0"') < rows.index('data-key="1"') < rows.index('data-key="5"')


def test_a_single_layer_is_no_table():
    """Who brought what is only worth saying of several layers."""
    one = made.subject(packages=made.PACKAGES[:1], findings=())
    assert parts.layers(one, ()) == []
