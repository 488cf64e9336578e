"""buildah is found or asked for, confined, given time, and leaves nothing behind."""

import stat
from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.pipelines.building import Recipe
from pratique.pipelines.run_buildah import Buildah

UNSHARE = (
    '#!/bin/sh\necho "$@" >> "$0.log"\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n'
)
BUILDAH = """#!/bin/sh
echo "$@" >> "$0.log"
case "$*" in
    --version) echo buildah version 9.9 extra ;;
    info) echo '{"store": {"GraphDriverName": "vfs", "GraphRoot": "/theirs"}}' ;;
    *" build "*) if [ -e "$0.slow" ]; then sleep 30; fi; if [ -e "$0.bad" ]; then echo one; echo two; exit 3; fi ;;
    *" pull "*absent*) echo not there; exit 1 ;;
    *" pull "*) echo warning; echo abc123 ;;
    *" inspect "*) echo '{"Docker": {"config": {"User": "u"}}}' ;;
esac
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a buildah that notes how it was called, as the only one on PATH."""
    for name, text in (("buildah", BUILDAH), ("unshare", UNSHARE)):
        place = tmp_path / name
        place.write_text(text)
        place.chmod(place.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def calls(programs: Path, name: str = "buildah") -> list[str]:
    """Return how a program was called."""
    return (programs / f"{name}.log").read_text().splitlines()


def test_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """One line, and how to get it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="needs buildah") as raised:
        Buildah()
    assert "apt-get install buildah" in raised.value.hint()


def test_build_arguments_are_handed_on(programs: Path):
    """As they are, one by one."""
    with Buildah() as builder:
        builder.build(Recipe(content=b"FROM a\n", arguments={"A": "1=2", "B": ""}))
    (call,) = (one for one in calls(programs) if " build " in one)

    assert "--build-arg A=1=2 --build-arg B= " in call


def test_a_build_is_confined(programs: Path):
    """No network, no pulling, its own store with the user's below it, Docker's format."""
    with Buildah() as builder:
        baked = builder.build(Recipe(content=b"FROM a\n", context=programs))
        folder = baked.archive.parent if baked.archive else None
    (call,) = (one for one in calls(programs) if " build " in one)

    assert "--net" in calls(programs, "unshare")[0]
    assert "--kill-child" in calls(programs, "unshare")[0]
    for words in (
        f"--root {folder}/root",
        "vfs.imagestore=/theirs",
        "--isolation chroot",
        "--pull-never",
        "--format docker",
        "--timestamp 0",
    ):
        assert words in call
    assert call.endswith(str(programs))
    assert baked.config == b'{"config": {"User": "u"}}'
    assert folder is not None
    assert not folder.exists()


def test_a_network_is_given_when_asked_for(programs: Path):
    """Then images may be pulled too, and it is said."""
    with Buildah(network=True) as builder:
        builder.build(Recipe(content=b"FROM a\n"))
        assert builder.version == "buildah 9.9, with a network"
    (call,) = (one for one in calls(programs) if " build " in one)

    assert "--net" not in calls(programs, "unshare")[0].split()
    assert "--pull-never" not in call


def test_a_build_that_fails(programs: Path):
    """The last lines that it said are the reason."""
    (programs / "buildah.bad").touch()
    with Buildah() as builder:
        assert builder.build(Recipe(content=b"")).problem == "one | two"


def test_a_build_that_takes_too_long(programs: Path):
    """It is ended, and that is the reason."""
    (programs / "buildah.slow").touch()
    with Buildah(seconds=1) as builder:
        assert builder.build(Recipe(content=b"")).problem == "it took more than 1 s"


def test_bases(programs: Path):
    """Archives are loaded under a name of ours; a name is one already."""
    with Buildah() as builder:
        assert builder.base("oci-archive:x.tar") == "localhost/pratique-base:1"
        assert builder.base("debian:12") == "debian:12"
        with pytest.raises(UsageError, match=r"absent\.tar cannot be loaded: not there"):
            builder.base("oci-archive:absent.tar")
    assert any("tag abc123 localhost/pratique-base:1" in one for one in calls(programs))


def test_the_ignore_file_of_a_dockerfile(programs: Path):
    """It is named, since the Dockerfile that is built lies elsewhere."""
    with Buildah() as builder:
        builder.build(Recipe(content=b"", context=programs, ignored=programs / "x"))
    assert any(f"--ignorefile {programs}/x" in one for one in calls(programs))
