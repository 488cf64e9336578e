from msgspec.structs import replace

from pratique.reports import _html_parts as parts
from tests.makers import report as made


def test_only_web_addresses_become_links():
    """A reference of another kind is no link."""
    finding = replace(made.findings()[0], evidence=(), references=("javascript:alert(1)",))
    assert "href" not in "".join(parts.findings([finding]))


def test_severity_sorts_by_rank():
    """The column of grades carries a key: critical before high before unknown."""
    rows = "".join(parts.findings(made.findings()[:10]))
    assert rows.index('data-key="0"') < rows.index('data-key="1"') < rows.index('data-key="5"')


def test_rows_say_what_they_are_filtered_by():
    """Kind, part and state of a finding stand at its row; a baseline marks what is new."""
    flaw, secret = made.in_parts([made.findings()[0], made.others()[1]])
    rows = parts.findings([flaw, secret], frozenset({secret.id}))
    assert 'data-kind="vulnerability" data-part="base" data-state="fixable exploited"' in rows[2]
    assert 'data-kind="secret" data-part="base" data-state="hidden new"' in rows[3]
    assert ">NEW<" in rows[3]
    assert ">NEW<" not in rows[2]


def test_a_secret_is_shown_by_its_mask_and_place():
    """The path with its line and the mask are there, and that the bytes still ship."""
    (row,) = parts.findings([made.others()[1]])[2:-1]
    assert "<code>srv/web/.env:12</code> <code>AKIA…(20)</code>" in row
    assert "hidden by layer 1, still shipped" in row
