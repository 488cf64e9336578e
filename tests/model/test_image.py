"""Values of an image read as the OCI specifications write them, and do not change."""

import pytest

from pratique.model.digest import Digest
from pratique.model.image import Descriptor, Platform


@pytest.mark.parametrize(
    ("platform", "text"),
    [
        (Platform("linux", "amd64"), "linux/amd64"),
        (Platform("linux", "arm", "v7"), "linux/arm/v7"),
        (Platform("windows", "amd64", ""), "windows/amd64"),
    ],
)
def test_a_platform_reads_as_docker_writes_it(platform: Platform, text: str) -> None:
    """``os/architecture[/variant]``."""
    assert text == str(platform)


def test_platforms_can_be_sorted_and_looked_up() -> None:
    """Lists of platforms have one order, and a platform can be a key."""
    arm, amd = Platform("linux", "arm64"), Platform("linux", "amd64")

    assert [amd, arm] == sorted([arm, amd])
    assert {amd: 1}[Platform("linux", "amd64")] == 1


def test_a_descriptor_does_not_change() -> None:
    """What was verified stays what it was."""
    blob = Descriptor(media_type="x", digest=Digest("sha256:" + "0" * 64), size_bytes=3)

    with pytest.raises(AttributeError):
        blob.size_bytes = 4  # type: ignore[misc]
