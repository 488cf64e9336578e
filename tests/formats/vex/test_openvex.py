"""Read OpenVEX documents."""

import pytest

from pratique.formats.vex.openvex import read_openvex
from pratique.model.errors import FormatError
from pratique.model.vex import VexProduct, VexStatus
from tests.formats.vex.samples import FLAW, IMAGE, PURL, openvex


def test_a_statement_is_read_whole() -> None:
    """Names, status, justification, time, version, author, document and place."""
    document = read_openvex(openvex({"impact_statement": "Never called."}), "a.json")
    (one,) = document.statements
    assert document.format == "OpenVEX 0.2.0"
    assert (one.names, one.status) == ((FLAW,), VexStatus.NOT_AFFECTED)
    assert one.products == (VexProduct(purls=(PURL,)),)
    assert (one.justification, one.detail) == ("vulnerable_code_not_present", "Never called.")
    assert (one.timestamp, one.version) == ("2024-01-01T00:00:00Z", "1")
    assert (one.author, one.document, one.place) == (
        "Example Security",
        "https://example.com/vex/1",
        "a.json",
    )


def test_the_statements_own_time_counts_before_the_documents() -> None:
    """last_updated, timestamp, then the document's."""
    said = ({"timestamp": "2024-05-01T00:00:00Z"}, {"last_updated": "2024-06-01T00:00:00Z"}, {})
    found = read_openvex(openvex(*said, last_updated="2024-02-02T00:00:00Z"), "a").statements
    assert [one.timestamp[:10] for one in found] == ["2024-05-01", "2024-06-01", "2024-02-02"]


def test_products_by_identifier_hash_and_part() -> None:
    """An @id that is no package URL is passed over; parts limit the product."""
    product = {
        "@id": "https://example.com/app",
        "identifiers": {"purl": IMAGE, "cpe23": "cpe:2.3:a:x:y:1:*:*:*:*:*:*:*"},
        "hashes": {"sha-256": "AB"},
        "subcomponents": [{"@id": PURL}],
    }
    (one,) = read_openvex(openvex({"products": [product]}), "a").statements
    assert one.products == (VexProduct(purls=(IMAGE,), digests=("sha256:ab",), parts=(PURL,)),)


def test_a_product_limited_to_unknown_parts_means_nothing() -> None:
    """Not the whole product."""
    product = {"@id": IMAGE, "subcomponents": [{"@id": "https://example.com/part"}]}
    (one,) = read_openvex(openvex({"products": [product]}), "a").statements
    assert one.products == (VexProduct(),)


def test_the_older_form_is_read() -> None:
    """0.0.1: plain text."""
    said = {"vulnerability": FLAW, "products": [IMAGE], "subcomponents": [PURL]}
    (one,) = read_openvex(openvex(said), "a").statements
    assert (one.names, one.products) == ((FLAW,), (VexProduct(purls=(IMAGE,), parts=(PURL,)),))


def test_all_names_of_the_flaw_are_kept() -> None:
    """The name, or the end of its address, and the aliases."""
    said = {"vulnerability": {"@id": f"https://nvd.example/{FLAW}", "aliases": ["GHSA-x"]}}
    assert read_openvex(openvex(said), "a").statements[0].names == (FLAW, "GHSA-x")


@pytest.mark.parametrize(
    "said",
    [
        {"status": "fine"},
        {"justification": ""},
        {"vulnerability": {}},
        {"products": []},
        {"products": 3},
    ],
)
def test_what_lacks_a_demand_is_refused(said: dict[str, object]) -> None:
    """Status, justification, vulnerability, products."""
    with pytest.raises(FormatError):
        read_openvex(openvex({}, said), "a")


def test_another_context_is_refused() -> None:
    """It only looks like OpenVEX."""
    with pytest.raises(FormatError):
        read_openvex(openvex({}).replace(b"openvex.dev", b"other.example"), "a")
