"""An expression is as mild as its mildest choice and as strict as its strictest part."""

import pytest
from license_expression import get_license_index

from pratique.licences.classes import SEVERITIES, class_of
from pratique.model.licence import LicenceClass


@pytest.mark.parametrize(
    ("expression", "known"),
    [
        ("MIT", "permissive"),
        ("CC0-1.0", "public-domain"),
        ("LicenseRef-public-domain", "public-domain"),
        ("LGPL-2.1-or-later", "weak-copyleft"),
        ("MPL-2.0", "weak-copyleft"),
        ("GPL-2.0-only", "strong-copyleft"),
        ("AGPL-3.0-or-later", "network-copyleft"),
        ("EUPL-1.2", "network-copyleft"),
        ("SSPL-1.0", "restricted"),
        ("BUSL-1.1", "restricted"),
        ("CC-BY-NC-4.0", "restricted"),
        ("LicenseRef-proprietary", "restricted"),
        ("LicenseRef-Whatever", "unknown"),
        ("", "unknown"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "weak-copyleft"),
        ("GPL-2.0-or-later WITH cryptsetup-OpenSSL-exception", "strong-copyleft"),
        ("AGPL-3.0-only OR MIT", "permissive"),
        ("MIT AND (GPL-3.0-only OR LGPL-3.0-only)", "weak-copyleft"),
        ("MIT AND LicenseRef-Whatever", "unknown"),
        ("GPL-3.0-only AND LicenseRef-Whatever", "strong-copyleft"),
        ("GPL-3.0-only OR LicenseRef-Whatever", "strong-copyleft"),
    ],
)
def test_classes(expression: str, known: str) -> None:
    """Of single licences and of expressions."""
    assert class_of(expression).value == known


def test_every_licence_of_the_list_has_a_class_unless_the_list_states_none() -> None:
    """So that a new category of the list is seen here, not as unknown licences of users."""
    rows = [
        row
        for row in get_license_index()
        if (row.get("spdx_license_key") or "LicenseRef").startswith("LicenseRef") is False
        and not row["is_exception"]
        and row["category"] != "Unstated License"
    ]
    unknown = [
        row["spdx_license_key"]
        for row in rows
        if class_of(row["spdx_license_key"]) is LicenceClass.UNKNOWN
    ]

    assert len(rows) > 600
    assert unknown == []


def test_every_class_has_a_grade() -> None:
    """A finding needs one."""
    assert set(SEVERITIES) == set(LicenceClass)
