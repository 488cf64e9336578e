import msgspec

from pratique.formats.vex.openvex_document import Product, Statement, Vulnerability


def test_what_is_unset_is_left_out():
    """The specification tells an absent field from an empty one."""
    made = Statement(
        vulnerability=Vulnerability("CVE-1"), products=(Product("pkg:npm/a@1"),), status="fixed"
    )
    assert msgspec.to_builtins(made) == {
        "vulnerability": {"name": "CVE-1"},
        "products": ({"@id": "pkg:npm/a@1"},),
        "status": "fixed",
    }
