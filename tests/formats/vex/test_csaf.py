"""Read CSAF documents."""

import pytest

from pratique.formats.vex.csaf import read_csaf
from pratique.model.errors import FormatError
from pratique.model.vex import VexProduct, VexStatus
from tests.formats.vex.samples import FLAW, IMAGE, PURL, csaf

DIGEST = "sha256:" + "b" * 64


def test_a_product_is_known_by_url_and_hash() -> None:
    """Flag, impact, date, version, author and document come along."""
    document = read_csaf(csaf(known_not_affected=["OS"]), "a.json")
    (one,) = document.statements
    assert (document.format, document.problems) == ("CSAF 2.0", ())
    assert (one.names, one.status) == ((FLAW,), VexStatus.NOT_AFFECTED)
    assert one.products == (VexProduct(purls=(f"{PURL}@1.2-1",), digests=(DIGEST,)),)
    assert (one.justification, one.detail) == ("component_not_present", "Not built in.")
    assert (one.timestamp[:10], one.version) == ("2024-03-02", "3")
    assert (one.author, one.document) == ("Example Security", "EX-1")


def test_a_component_of_a_product_is_limited_to_it() -> None:
    """The relationship names both."""
    (one,) = read_csaf(csaf(fixed=["PART"]), "a").statements
    assert one.status is VexStatus.FIXED
    assert one.products == (
        VexProduct(purls=(IMAGE,), digests=(DIGEST,), parts=(f"{PURL}@1.2-1",)),
    )


@pytest.mark.parametrize("name", ["NAMELESS", "LOST", "ABSENT"])
def test_what_cannot_be_known_is_told(name: str) -> None:
    """No identification helper: of the product, of what it is part of, or no product at all."""
    document = read_csaf(csaf(known_not_affected=[name]), "a")
    assert document.statements == ()
    assert name in document.problems[0]


def test_every_status_is_translated() -> None:
    """Recommended versions state nothing."""
    said = csaf(
        first_fixed=["OS"],
        known_affected=["OS"],
        last_affected=["OS"],
        under_investigation=["OS"],
        recommended=["OS"],
    )
    assert [one.status for one in read_csaf(said, "a").statements] == [
        VexStatus.FIXED,
        VexStatus.AFFECTED,
        VexStatus.AFFECTED,
        VexStatus.UNDER_INVESTIGATION,
    ]


def test_products_with_different_words_are_different_statements() -> None:
    """The impact is said of one of them only."""
    found = read_csaf(csaf(known_not_affected=["OS", "APP"]), "a").statements
    assert [one.detail for one in found] == ["Not built in.", ""]


def test_other_json_is_refused() -> None:
    """No csaf_version."""
    with pytest.raises(FormatError):
        read_csaf(b'{"document": {}}', "a")
