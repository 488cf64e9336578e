"""yum, dnf and zypper are read alike: what they ask, keep and install."""

import pytest

from pratique.checks.dockerfile._rpm import DNF, YUM, ZYPPER, Manager, uncleaned, unpinned
from pratique.checks.dockerfile.interface import scene_of


@pytest.mark.parametrize(
    ("script", "count"),
    [
        ("yum install -y a && rm -rf /var/cache/yum", 0),
        ("yum install -y a && rm -rf /var/cache/*", 0),
        ("yum install -y a && rm -rf /var/tmp", 1),
        ("yum install -y a && yum install -y b", 1),
        ("yum list a", 0),
    ],
)
def test_caches(script: str, count: int) -> None:
    """One fault for each RUN; deleting the folder is cleaning too."""
    assert len(list(uncleaned(scene_of(f"FROM a\nRUN {script}\n"), YUM))) == count


@pytest.mark.parametrize(
    ("manager", "script", "keys"),
    [
        (YUM, "yum install a b-1.2", ["a"]),
        (DNF, "microdnf install a-b @group c=1", ["a-b"]),
        (ZYPPER, "zypper -n in 'a>=1' b", ["b"]),
        (DNF, "dnf upgrade a", []),
    ],
)
def test_versions(manager: Manager, script: str, keys: list[str]) -> None:
    """A version, a group, a comparison is a pin; a dash in a name is none."""
    assert [one.key for one in unpinned(scene_of(f"FROM a\nRUN {script}\n"), manager)] == keys
