"""CISA's catalogue names the flaws that attackers use."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given

from pratique.formats.feeds.kev import exploited
from pratique.model.advisory import Exploited
from pratique.model.errors import FormatError
from tests.makers.cve_samples import kev, kev_entry
from tests.makers.mutations import mutated, only_format_errors


def test_entries() -> None:
    """Days and ransomware come across; only "Known" counts."""
    content = kev(kev_entry("CVE-2026-1001", "Known"), kev_entry("CVE-2026-1002"))

    assert list(exploited(io.BytesIO(content))) == [
        ("CVE-2026-1001", Exploited(added="2026-01-02", due="2026-01-23", ransomware=True)),
        ("CVE-2026-1002", Exploited(added="2026-01-02", due="2026-01-23", ransomware=False)),
    ]


def test_an_entry_without_a_cve_is_refused() -> None:
    """The catalogue is about CVEs only."""
    with pytest.raises(FormatError):
        list(exploited(io.BytesIO(kev(kev_entry("GHSA-1")))))


@given(mutated(kev(kev_entry("CVE-2026-1001"))))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: exploited(io.BytesIO(c)), content)


def test_the_mirror(shared: Path) -> None:
    """As many entries as the catalogue says it has: 1,662."""
    folder = shared / "mirror/cisa-kev/sites/default/files/feeds"
    content = (folder / "known_exploited_vulnerabilities.json").read_bytes()
    found = dict(exploited(io.BytesIO(content)))

    assert len(found) == json.loads(content)["count"] == 1662
    assert all(entry.added and entry.due for entry in found.values())
