from pratique.extractors.os import os_release
from tests.makers import os_packages as make
from tests.makers.tree import MemoryTree


def test_the_distribution_is_the_result() -> None:
    """No packages of its own."""
    tree = MemoryTree({"etc/os-release": make.os_release(id="debian", version_id="12")})
    found = os_release.extract(tree)

    assert found.distro is not None
    assert (found.distro.id, found.distro.version) == ("debian", "12")
    assert found.packages == ()


def test_what_is_read_is_in_the_patterns() -> None:
    """The unit asks for every file it looks at."""
    tree = MemoryTree(dict.fromkeys(os_release.PATTERNS.paths, b"x"))

    assert sorted(tree.matching(os_release.PATTERNS)) == sorted(os_release.PATTERNS.paths)
