import pytest

from pratique.extractors.javascript._manifest import installed_package, own_package
from pratique.model.errors import FormatError


def test_a_byte_order_mark_is_passed_over() -> None:
    """Tools on Windows write one."""
    found = installed_package(b'\xef\xbb\xbf{"name": "a", "version": "1.0.0"}', "a", "unit", "")

    assert found is not None
    assert found.version == "1.0.0"


def test_odd_fields_elsewhere_do_not_matter() -> None:
    """Only what is read must be sound."""
    content = b'{"name": "a", "version": "1.0.0", "private": 7, "files": {"x": []}, "license": {}}'

    assert own_package(content, "unit") is not None


@pytest.mark.parametrize("content", [b"{", b'"a"', b'{"version": []}'])
def test_a_damaged_manifest_is_a_format_error(content: bytes) -> None:
    """It is never taken for "no package"."""
    with pytest.raises(FormatError):
        installed_package(content, "a", "unit", "")
