"""Release names of Ubuntu's tracker become OSV ecosystems."""

import pytest

from pratique.formats.feeds.ubuntu_releases import ecosystem_of


@pytest.mark.parametrize(
    ("release", "ecosystem"),
    [
        ("jammy", "Ubuntu:22.04:LTS"),
        ("oracular", "Ubuntu:24.10"),
        ("resolute", "Ubuntu:26.04:LTS"),
        ("esm-infra/bionic", "Ubuntu:Pro:18.04:LTS"),
        ("esm-apps/noble", "Ubuntu:Pro:24.04:LTS"),
        ("esm-infra-legacy/trusty", "Ubuntu:Pro:14.04:LTS"),
        ("precise/esm", "Ubuntu:Pro:12.04:LTS"),
        ("fips/focal", "Ubuntu:Pro:FIPS:20.04:LTS"),
        ("fips-updates/jammy", "Ubuntu:Pro:FIPS-updates:22.04:LTS"),
        ("realtime/jammy", "Ubuntu:Pro:Realtime:22.04:LTS"),
        ("ros-esm/xenial", ""),
        ("vivid/stable-phone-overlay", ""),
        ("upstream", ""),
        ("devel", ""),
        ("esm-infra/unheard", ""),
        ("unheard", "Ubuntu:unheard"),
    ],
)
def test_names(release: str, ecosystem: str) -> None:
    """Products are told apart; what no image installs from is empty; new releases are kept."""
    assert ecosystem_of(release) == ecosystem
