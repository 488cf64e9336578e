"""Prove when the data of a release are too few to speak for it."""

from collections.abc import Mapping

import pytest

from pratique.matchers._thin import COVERED, THIN, thin
from tests.makers.lookup import MemoryLookup


class Sized(MemoryLookup):
    """Data of which only the number is known."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        super().__init__()
        self.sizes = sizes

    def releases(self, base: str) -> frozenset[str]:
        """Return the names with a statement."""
        return frozenset(name for name, size in self.sizes.items() if size)

    def statements(self, ecosystem: str, most: int) -> int:
        """Return how many there are."""
        return min(self.sizes.get(ecosystem, 0), most)


EL7 = ("Red Hat:enterprise_linux:7::server", "Red Hat:enterprise_linux:7")
EL9 = "Red Hat:enterprise_linux:9::baseos"


@pytest.mark.parametrize(
    ("own", "other", "covered"),
    [
        ((7, 0), COVERED, False),
        ((THIN - 1, 0), COVERED, False),
        ((THIN - 10, 10), COVERED, True),
        ((7, 0), COVERED - 1, True),
        ((7, 0), 0, True),
    ],
)
def test_few_beside_many_are_thin(own: tuple[int, int], other: int, covered: bool) -> None:
    """All names of the release count together; a small base says nothing."""
    sizes = dict(zip(EL7, own, strict=True)) | {EL9: other}
    assert (thin(EL7, Sized(sizes)) == "") is covered


def test_the_reason_says_how_few() -> None:
    """A person sees what the answer would rest on."""
    said = thin(EL7, Sized({EL7[0]: 1, EL9: COVERED}))
    assert said == f"the advisory data for Red Hat hold only 1 statement on {EL7[0]}"
