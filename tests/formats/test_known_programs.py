"""The table of identities is spelt as the other databases spell."""

import re

from pratique.formats.known_programs import PRODUCTS, PROGRAMS


def test_products_are_pairs_of_vendor_and_product() -> None:
    """Lower case, one colon, as in the CPE dictionary; no product stands for two programs."""
    named = [product for identity in PROGRAMS.values() for product in identity.cpes]
    assert all(re.fullmatch(r"[a-z0-9_.-]+:[a-z0-9_./-]+", product) for product in named)
    assert len(named) == len(set(named)) == len(PRODUCTS)


def test_names_are_sorted_and_each_is_known_somewhere() -> None:
    """A program that no database knows would only be listed."""
    assert list(PROGRAMS) == sorted(PROGRAMS)
    assert all(one.cpes or one.bitnami or one.go or one.node for one in PROGRAMS.values())
