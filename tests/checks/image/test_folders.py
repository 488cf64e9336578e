"""Folders that everybody may write to are known by name or by their mode."""

from pratique.checks.image._folders import is_open, unsafe_folders
from pratique.checks.image.interface import File, sample
from tests.makers.checked import scene_of_sample


def test_open_folders() -> None:
    """Those of temporary files, and those of the image's own tree."""
    scene = scene_of_sample(sample((("opt/", File(mode=0o777)), ("srv/", File(mode=0o755)))))

    assert [is_open(scene, one) for one in ("/tmp/x", "/opt", "srv", "/none")] == [
        True,
        True,
        False,
        False,
    ]


def test_unsafe_folders() -> None:
    """Relative, empty, open; variables are not known."""
    scene = scene_of_sample(sample())

    assert len(unsafe_folders(scene, "bin::/tmp:/usr/bin:$HOME/bin")) == 3
