"""What users of Dockle and the CIS benchmark know is here under the names they know."""

from pratique.kit import registry

DOCKLE = {f"CIS-DI-{number:04}" for number in (1, 5, 6, 7, 8, 9, 10)}
DOCKLE |= {f"DKL-DI-{number:04}" for number in range(1, 7)}
DOCKLE |= {f"DKL-LI-{number:04}" for number in range(1, 4)}
CIS = {f"CIS-Docker-4.{number}" for number in range(1, 13)}


def test_all_sixteen_checks_of_dockle() -> None:
    """Each id leads to one of ours at least."""
    known = {alias for unit in registry.load("checks").values() for alias in unit.ALIASES}

    assert len(DOCKLE) == 16
    assert known >= DOCKLE
    assert known >= CIS
